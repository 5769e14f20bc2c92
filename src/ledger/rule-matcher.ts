import type { MappingRule } from '../model/plan.ts'
import type { IsoDate } from '../model/time.ts'
import type { ItemFields, Reference } from '../model/work-item.ts'

/** Where an item lives and what people call it: the part of it that rules can ask for beside its fields. */
export interface ItemIdentity {
  readonly source: string
  readonly key: string
  readonly externalId: string
}

export type RuleMatcher = (fields: ItemFields, item: ItemIdentity, day: IsoDate) => boolean

/**
 * A mapping rule as a function: every key that is given must match, a list means any of its values.
 * A rule without keys matches nothing: it would swallow every item by accident.
 */
export const ruleMatcher = (rule: MappingRule): RuleMatcher => {
  const tests: RuleMatcher[] = []
  const given = <T>(values: readonly T[] | undefined, test: (values: readonly T[]) => RuleMatcher) => {
    if (values !== undefined) tests.push(test(values))
  }
  given(rule.source, (sources) => (_, item) => sources.includes(item.source))
  given(rule.key, keyMatcher)
  given(rule.type, (names) => byName(names, (fields) => (fields.type === null ? [] : [fields.type])))
  given(rule.label, (names) => byName(names, (fields) => fields.labels))
  given(rule.component, (names) => byName(names, (fields) => fields.components))
  given(rule.sprint, (names) => byName(names, (fields) => fields.sprints))
  given(rule.milestone, (names) => byReference(names, (fields) => fields.milestones))
  given(rule.epic, (names) => byReference(names, parentOf))
  given(rule.parent, (names) => byReference(names, parentOf))
  given(rule.title, (texts) => titleMatcher(texts))
  if (tests.length === 0) return () => false
  const from = rule.from
  return (fields, item, day) => (from === undefined || day >= from) && tests.every((test) => test(fields, item, day))
}

const parentOf = (fields: ItemFields): readonly Reference[] => (fields.parent === null ? [] : [fields.parent])

const byName = (names: readonly string[], read: (fields: ItemFields) => readonly string[]): RuleMatcher => {
  const wanted = new Set(names.map(fold))
  return (fields) => read(fields).some((name) => wanted.has(fold(name)))
}

const byReference = (names: readonly string[], read: (fields: ItemFields) => readonly Reference[]): RuleMatcher => {
  const ids = new Set(names)
  const keys = new Set(names.map(fold))
  return (fields) => read(fields).some(({ id, key }) => ids.has(id) || keys.has(fold(key)))
}

const keyMatcher = (patterns: readonly string[]): RuleMatcher => {
  const exact = new Set(patterns.filter((pattern) => !pattern.endsWith('*')).map(fold))
  const prefixes = patterns.filter((pattern) => pattern.endsWith('*')).map((pattern) => fold(pattern.slice(0, -1)))
  return (_, item) => {
    const key = fold(item.key)
    return exact.has(key) || prefixes.some((prefix) => key.startsWith(prefix))
  }
}

const titleMatcher = (texts: readonly string[]): RuleMatcher => {
  const wanted = texts.map((text) =>
    text
      .split(/\s+/)
      .filter((word) => word !== '')
      .map(fold),
  )
  return (fields) => {
    const title = fold(fields.title)
    return wanted.some((words) => words.length > 0 && words.every((word) => hasWord(title, word)))
  }
}

/** Whether `word` stands in the title as a word of its own; `*` in it stands for any text. */
const hasWord = (title: string, word: string): boolean => {
  const parts = word.split('*')
  const first = parts[0]!
  for (let start = title.indexOf(first); start !== -1; start = title.indexOf(first, start + 1)) {
    if (first !== '' && isLetter(title[start - 1])) continue
    if (restMatches(title, start + first.length, parts)) return true
    if (first === '') return false
  }
  return false
}

const restMatches = (title: string, from: number, parts: readonly string[]): boolean => {
  const last = parts.length - 1
  if (last === 0) return !isLetter(title[from])
  let position = from
  for (let index = 1; index < last; index += 1) {
    const found = title.indexOf(parts[index]!, position)
    if (found === -1) return false
    position = found + parts[index]!.length
  }
  const tail = parts[last]!
  if (tail === '') return true
  for (let found = title.indexOf(tail, position); found !== -1; found = title.indexOf(tail, found + 1))
    if (!isLetter(title[found + tail.length])) return true
  return false
}

const isLetter = (character: string | undefined): boolean => character !== undefined && /[\p{L}\p{N}]/u.test(character)

const fold = (text: string): string => text.toLowerCase()
