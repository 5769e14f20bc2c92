import { type CsvValue, csv } from '../../../files/csv.ts'

/** The part of a JSON schema that tells columns. */
interface JsonSchema {
  readonly properties?: Readonly<Record<string, unknown>> | undefined
  readonly anyOf?: readonly unknown[] | undefined
}

/**
 * Objects as comma-separated values: a column for each key of their schema, nested keys joined by dots, whatever the
 * objects hold; lists joined by `; `, maps as `key: value`.
 */
export const csvOf = (schema: unknown, records: readonly object[]): string => {
  const paths = pathsOf(schema)
  return csv(
    paths.map((path) => path.join('.')),
    records.map((record) => paths.map((path) => cellOf(valueAt(record, path)))),
  )
}

const pathsOf = (schema: unknown, path: readonly string[] = []): readonly (readonly string[])[] => {
  const { properties, anyOf } = schema as JsonSchema
  const shape = properties ?? anyOf?.map((each) => (each as JsonSchema).properties).find((each) => each !== undefined)
  return shape === undefined ? [path] : Object.entries(shape).flatMap(([key, part]) => pathsOf(part, [...path, key]))
}

const valueAt = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (part, key) => (typeof part === 'object' && part !== null ? (part as Record<string, unknown>)[key] : null),
    value,
  )

const cellOf = (value: unknown): CsvValue => {
  if (value === null || value === undefined) return null
  if (Array.isArray(value)) return value.map(String).join('; ')
  if (typeof value !== 'object') return value as CsvValue
  return Object.entries(value)
    .map(([key, part]) => `${key}: ${part}`)
    .join('; ')
}
