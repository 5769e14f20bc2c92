import { type IsoInstant, isoInstant } from '../../model/time.ts'

/** An issue with its history, gathered from one or more calls. Values are as Jira sent them. */
export interface RawIssue {
  readonly id: string
  readonly key: string
  readonly fields: Readonly<Record<string, unknown>>
  readonly histories: readonly RawHistory[]
  /** False when Jira cut the history short and would not give the rest. */
  readonly historyComplete: boolean
  readonly worklogs: readonly RawWorklog[]
}

export interface RawHistory {
  readonly id?: string | undefined
  readonly author?: unknown
  readonly created?: unknown
  readonly items?: readonly RawChange[] | undefined
}

/** One changed field. `toString` is only Jira's when it is a string: every object has a function of that name. */
export interface RawChange {
  readonly field?: string | undefined
  readonly fieldId?: string | undefined
  readonly fieldtype?: string | undefined
  readonly from?: string | null | undefined
  readonly fromString?: string | null | undefined
  readonly to?: string | null | undefined
}

export interface RawWorklog {
  readonly id?: string | undefined
  readonly author?: unknown
  readonly started?: unknown
  readonly timeSpentSeconds?: number | undefined
}

/** A site's field, from its metadata. */
export interface RawField {
  readonly id: string
  readonly name: string
  readonly custom: boolean
  /** Custom field type, e.g. `com.pyxis.greenhopper.jira:jsw-story-points`. */
  readonly type: string | null
}

/** The written form of a change's side; `null` when empty. */
export const writtenSide = (change: RawChange, side: 'from' | 'to'): string | null => {
  const value: unknown =
    side === 'from' ? change.fromString : Object.hasOwn(change, 'toString') ? change.toString : null
  return typeof value === 'string' && value !== '' ? textOf(value) : null
}

/** Text that a database can hold: no NUL, no half of a surrogate pair. */
export const textOf = (value: unknown): string =>
  typeof value === 'string'
    ? value.replaceAll('\u0000', '\uFFFD').toWellFormed()
    : value === null || value === undefined
      ? ''
      : String(value)

/**
 * Any of Jira's ways to write an instant: text with `+0000` or `+01:00`, milliseconds, seconds, a `Date` that a schema
 * made of seconds taken for milliseconds.
 *
 * @returns null when it is none of them
 */
export const instantOf = (value: unknown): IsoInstant | null => {
  const ms =
    value instanceof Date
      ? value.getTime()
      : typeof value === 'number'
        ? value
        : typeof value === 'string'
          ? /^\d+$/.test(value)
            ? Number(value)
            : Date.parse(value.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))
          : Number.NaN
  if (Number.isNaN(ms)) return null
  // Jira is younger than 1973: a smaller number was in seconds.
  return isoInstant(new Date(Math.abs(ms) < 100_000_000_000 && typeof value !== 'string' ? ms * 1000 : ms))
}

/** Property of an unknown object. */
export const at = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** `jira:<account id>` on Cloud, `jira:<user key or name>` on Data Center. */
export const accountOf = (user: unknown): string | null => {
  const id = at(user, 'accountId') ?? at(user, 'key') ?? at(user, 'name')
  return typeof id === 'string' && id !== '' ? `jira:${textOf(id)}` : null
}
