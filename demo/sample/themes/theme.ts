/** What the titles of one kind of work are made of. */
export interface Theme {
  /** Whole titles, used once each. */
  readonly single: readonly string[]
  /** Noun phrases that fit every template of the theme. */
  readonly things: readonly string[]
  /** Templates for stories and tasks; `{}` is a thing. */
  readonly work: readonly string[]
  /** Templates for bugs. */
  readonly bugs: readonly string[]
}
