import { z } from 'zod'
import { setupSchema } from '../../src/plan/setup/schema.ts'
import type { Tracker } from '../../src/trackers/tracker.ts'
import type { DocumentedField } from './documented-fields.ts'

export type JsonSchema = { [key: string]: unknown }

/**
 * The format of set-up files as JSON Schema, for editors. What each field means is taken from the page that documents it,
 * the words of a choice from the reader's own hint, connections and sources from what the trackers say of themselves.
 */
export const setupJsonSchema = (
  trackers: readonly Tracker[],
  documented: ReadonlyMap<string, readonly DocumentedField[]>,
): JsonSchema => {
  const written = z.toJSONSchema(setupSchema, { io: 'input', target: 'draft-07', override: hinted }) as JsonSchema
  const schema = flat(written) as JsonSchema
  for (const { path, properties } of fieldMaps(schema))
    for (const { name, cells } of documented.get(path) ?? [])
      if (isSchema(properties[name])) properties[name].description = plainText(cells.at(-1) ?? '')
  const sections = propertiesOf(schema)
  sections.connections = ofTrackers(trackers, ['tracker', 'url'], (tracker) => tracker.connectionKeys)
  sections.sources = ofTrackers(trackers, ['connection'], (tracker) => tracker.sourceKeys)
  return { title: 'Plumbline set-up', ...schema }
}

export interface FieldMap {
  /** `plans.*.phases.budget`; the whole is `.` */
  readonly path: string
  readonly properties: JsonSchema
  readonly required: readonly string[]
}

/** Every map with known keys in a schema. Lists are not told apart from one entry; a map within itself is told once. */
export const fieldMaps = (schema: JsonSchema): readonly FieldMap[] => {
  const found = new Map<string, FieldMap>()
  const seen = new Set<unknown>()
  const walk = (node: unknown, path: string): void => {
    if (!isSchema(node) || seen.has(node)) return
    seen.add(node)
    if (typeof node.$ref === 'string') walk(definitionOf(schema, node.$ref), path)
    if (isSchema(node.properties)) {
      const required = Array.isArray(node.required) ? node.required.map(String) : []
      if (!found.has(path || '.')) found.set(path || '.', { path: path || '.', properties: node.properties, required })
      for (const [key, value] of Object.entries(node.properties)) walk(value, path === '' ? key : `${path}.${key}`)
    }
    if (isSchema(node.additionalProperties)) walk(node.additionalProperties, `${path}.*`)
    if (isSchema(node.items)) walk(node.items, path)
    for (const branch of branchesOf(node)) walk(branch, path)
  }
  walk(schema, '')
  return [...found.values()]
}

/** JSON as the formatter leaves it: lists of plain values on one line where they fit. */
export const formattedJson = (value: unknown): string =>
  `${JSON.stringify(value, null, 2).replace(
    /^(.*)\[\n((?:\s+(?:"[^"\n]*"|[\d.]+|null|true|false),?\n)+)\s*\](,?)$/gm,
    (whole, head: string, items: string, tail: string) => {
      const line = `${head}[${items
        .trim()
        .split('\n')
        .map((item) => item.trim())
        .join(' ')}]${tail}`
      return line.length <= 120 ? line : whole
    },
  )}\n`

/** A choice is written as text that the reader checks: its hint names the words, and each of them is tried. */
const hinted = ({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodTypes; jsonSchema: JsonSchema }): void => {
  if (jsonSchema.type !== 'string') return
  const refusal = z.safeParse(zodSchema, 0)
  const hint = refusal.success ? undefined : refusal.error.issues[0]?.message
  const words = /^write one of ([^:]+)$/.exec(hint ?? '')?.[1]?.split(', ') ?? []
  if (words.length > 1 && words.every((word) => z.safeParse(zodSchema, word).success)) jsonSchema.enum = words
}

const ofTrackers = (
  trackers: readonly Tracker[],
  own: readonly string[],
  keysOf: (tracker: Tracker) => Tracker['connectionKeys'],
): JsonSchema => ({
  type: ['object', 'null'],
  additionalProperties: {
    anyOf: trackers.map((tracker) => ({
      type: 'object',
      title: tracker.title,
      properties: {
        ...Object.fromEntries(own.map((name) => [name, name === 'tracker' ? { const: tracker.kind } : {}])),
        ...Object.fromEntries(keysOf(tracker).map(({ name, help }) => [name, { description: help }])),
      },
      required: [
        ...new Set([
          ...own.filter((name) => name !== 'url'),
          ...keysOf(tracker).flatMap(({ name, required }) => (required ? [name] : [])),
        ]),
      ],
    })),
  },
})

/** `anyOf` within `anyOf` says the same as one. */
const flat = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(flat)
  if (!isSchema(node)) return node
  const result: JsonSchema = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, flat(value)]))
  if (Array.isArray(result.anyOf))
    result.anyOf = result.anyOf.flatMap((branch: unknown) =>
      isSchema(branch) && Object.keys(branch).length === 1 && Array.isArray(branch.anyOf) ? branch.anyOf : [branch],
    )
  return result
}

const definitionOf = (schema: JsonSchema, reference: string): unknown =>
  reference
    .replace(/^#\//, '')
    .split('/')
    .reduce<unknown>((node, step) => (isSchema(node) ? node[step] : undefined), schema)

const branchesOf = ({ anyOf }: JsonSchema): readonly unknown[] => (Array.isArray(anyOf) ? anyOf : [])

const propertiesOf = (schema: JsonSchema): JsonSchema => (isSchema(schema.properties) ? schema.properties : {})

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const plainText = (cell: string): string => cell.replace(/\[([^\]]+)\]\([^)]*\)/g, '$1').replace(/[`*]/g, '')
