import { Document, Pair, Scalar, YAMLMap, YAMLSeq, visit } from 'yaml'
import type { Setup } from './setup.ts'
import { Reference, writtenConnection, writtenPlan, writtenResource } from './written.ts'

/** Lists whose entries are written on one line each. */
const ONE_LINE_ENTRIES: readonly string[] = [
  'after',
  'map',
  'milestones',
  'actuals',
  'declared',
  'allocations',
  'risks',
  'stakeholders',
  'rates',
]
/** Maps and lists that are written on one line as a whole. */
const ONE_LINE: readonly string[] = ['calendar', 'budget', 'progress', 'units', 'accounts', 'plans']
/** Sections whose things are written on one line each. */
const ONE_LINE_THINGS: readonly string[] = ['connections', 'sources', 'resources']

/**
 * A set-up as YAML that `parseSetup` reads back as the same set-up. Secrets are never written: in their place stands
 * `${NAME}`, with the variable that they came from or one made of the connection's id.
 *
 * @returns '' for an empty set-up
 */
export const exportSetup = (setup: Setup): string => {
  const sections = {
    connections: byId(setup.connections, writtenConnection),
    sources: byId(setup.sources, ({ connection, settings }) => ({ connection, ...settings })),
    resources: byId(setup.resources, writtenResource),
    plans: byId(setup.plans, writtenPlan),
    portfolios: byId(setup.portfolios, ({ id, name, plans }) => ({ ...(name === id ? {} : { name }), plans })),
  }
  const stated = Object.fromEntries(Object.entries(sections).filter(([, things]) => Object.keys(things).length > 0))
  if (Object.keys(stated).length === 0) return ''
  const document = new Document(asText(stated), { aliasDuplicateObjects: false, version: '1.2' })
  visit(document, {
    Pair: (_, pair, path) => {
      const depth = path.filter((node) => node instanceof Pair).length
      const key = pair.key instanceof Scalar ? String(pair.key.value) : ''
      if (depth === 0 && ONE_LINE_THINGS.includes(key)) setFlowOfEach(pair.value)
      if (depth === 0) return
      if (ONE_LINE.includes(key)) setFlow(pair.value)
      if (ONE_LINE_ENTRIES.includes(key)) setFlowOfEach(pair.value)
    },
  })
  return document.toString({ lineWidth: 120 })
}

const byId = <T extends { readonly id: string }>(things: readonly T[], write: (thing: T) => unknown) =>
  Object.fromEntries(things.map((thing) => [thing.id, write(thing)]))

const setFlow = (node: unknown): void => {
  if (node instanceof YAMLMap || node instanceof YAMLSeq) node.flow = true
}

const setFlowOfEach = (node: unknown): void => {
  if (node instanceof YAMLMap) for (const pair of node.items) setFlow(pair.value)
  if (node instanceof YAMLSeq) for (const entry of node.items) setFlow(entry)
}

/** Plain values as they stand in a file: references spelt out, and what only looks like one made plain. */
const asText = (value: unknown): unknown => {
  if (value instanceof Reference) return `\${${value.name}}`
  if (typeof value === 'string') return value.replaceAll('${', () => '$${')
  if (Array.isArray(value)) return value.map(asText)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, asText(part)]))
}
