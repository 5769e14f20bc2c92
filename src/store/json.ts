import { type SQL, sql } from 'drizzle-orm'

/**
 * JSON text that `jsonb` takes: amounts (bigint) become decimal text; NUL and halves of surrogate pairs, which it
 * refuses, become U+FFFD.
 */
export const toJson = (value: unknown): string => {
  const text = JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? part.toString() : part)) ?? 'null'
  return UNSTORABLE.test(text) ? JSON.stringify(value, storable) : text
}

/** The value as it comes back from `jsonb`: what a database refuses is replaced now, so that both compare equal. */
export const asStored = <T>(value: T): T => {
  const text = JSON.stringify(value)
  return UNSTORABLE.test(text) ? (JSON.parse(toJson(value)) as T) : value
}

/** A parameter of type jsonb; `null` is the database's null. */
export const jsonb = (value: unknown): SQL => (value === null ? sql`null::jsonb` : sql`${toJson(value)}::jsonb`)

/** Numbers or texts as one parameter, to be read with `jsonb_array_elements_text`: `where no in ${anyOf(nos)}`. */
export const anyOf = (values: readonly (number | string)[], type: 'int' | 'bigint' | 'text' = 'text'): SQL =>
  sql`(select value::${sql.raw(type)} from jsonb_array_elements_text(${toJson(values)}::jsonb))`

/** Text without what a `text` column refuses. */
export const storableText = (text: string): string => text.toWellFormed().replaceAll('\u0000', '\ufffd')

const UNSTORABLE = /\\u0000|\\ud[89a-f]/i

const storable = (_: string, part: unknown): unknown => {
  if (typeof part === 'bigint') return part.toString()
  if (typeof part === 'string') return storableText(part)
  if (typeof part !== 'object' || part === null || Array.isArray(part)) return part
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [storableText(key), value]))
}

/** Cuts a list into pieces, so that one statement stays small. */
export const pieces = <T>(values: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(values.length / size) }, (_, index) => values.slice(index * size, (index + 1) * size))
