import { MONDAY_TO_FRIDAY } from '../../model/calendar.ts'
import { Fault, type Problem } from '../../model/fault.ts'
import { checkPlan } from './check-plan.ts'
import { checkRates } from './check-rates.ts'
import { fillFromEnvironment, pathKey } from './environment.ts'
import { mergeDocuments } from './merge-documents.ts'
import { didYouMean } from './nearest.ts'
import {
  type ChildPlaces,
  type Finding,
  type Path,
  type Place,
  pathText,
  placeOf,
  placeText,
  valueAt,
} from './places.ts'
import { readConnection, readSource } from './read-trackers.ts'
import { readWritten } from './read-written.ts'
import { NOT_YAML, readYaml } from './read-yaml.ts'
import type { Setup, SetupFile, SetupPlan, TrackerWords } from './setup.ts'
import type { WrittenSetup } from './schema.ts'

export interface SetupContext {
  readonly trackers: readonly TrackerWords[]
  /** What is already there, so that a file may name it without repeating it. */
  readonly present?: Setup | undefined
}

/**
 * Reads set-up files (YAML 1.2) as one set-up: environment filled in, defaults filled in, everything checked.
 *
 * @param environment what `${NAME}` may read; values never appear in a message
 * @throws Fault `invalid` whose `problems` hold all that is wrong, each at `file:line:column`
 * @example parseSetup([{ name: 'plan.yaml', text }], environment, { trackers })
 */
export const parseSetup = (
  files: readonly SetupFile[],
  environment: Readonly<Record<string, string | undefined>>,
  { trackers, present }: SetupContext,
): Setup => {
  const problems: Problem[] = []
  const places = new WeakMap<object, ChildPlaces>()
  const documents = files.flatMap((file) => readYaml(file, places, problems))
  // What follows would only repeat what is wrong with the text itself.
  if (problems.some(({ message }) => message.startsWith(NOT_YAML))) throw refusal(problems)
  const nowhere: Place = { file: files[0]?.name ?? 'set-up', line: 1, column: 1 }
  const located = mergeDocuments(documents, nowhere, places, problems)
  const filled = fillFromEnvironment(located, environment)
  const read = readWritten(
    located.root,
    filled.findings.map(({ path }) => path),
  )
  const findings: Finding[] = [...filled.findings, ...read.findings]
  const checks: Finding[] = []
  const isBroken = (path: Path): boolean => filled.findings.some((finding) => pathKey(finding.path) === pathKey(path))
  const setup = understand(
    read.written,
    located.root,
    trackers,
    present,
    checks,
    (path) => filled.variables.get(pathKey(path)) ?? null,
  )
  for (const check of checks) {
    const path = read.originalPath(check.path)
    if (!isBroken(path)) findings.push({ ...check, path })
  }
  for (const { path, message, of } of findings) {
    const place = placeOf(located, path, of)
    const holder = of === 'key' ? path.slice(0, -1) : path
    const where = holder.length === 0 ? '' : `${pathText(holder)}${message.startsWith('is missing') ? ' ' : ': '}`
    problems.push({ at: placeText(place), message: filled.redact(`${where}${message}`, path) })
  }
  if (problems.length > 0) throw refusal(problems)
  return setup
}

const refusal = (problems: readonly Problem[]): Fault => {
  const sorted = [...problems].sort(byPlace)
  const first = sorted[0]!
  const count = sorted.length === 1 ? 'one problem' : `${sorted.length} problems`
  return new Fault(
    'invalid',
    `plan: the set-up has ${count}; nothing was changed, correct the file and apply it again: ${first.at}: ${first.message}`,
    { problems: sorted },
  )
}

const byPlace = (a: Problem, b: Problem): number => a.at.localeCompare(b.at, 'en', { numeric: true })

const understand = (
  written: WrittenSetup,
  raw: unknown,
  trackers: readonly TrackerWords[],
  present: Setup | undefined,
  findings: Finding[],
  variableAt: (path: Path) => string | null,
): Setup => {
  const idsOf = (section: keyof Setup): ReadonlySet<string> =>
    new Set([...keysOf(valueAt(raw, [section])), ...(present?.[section] ?? []).map(({ id }) => id)])
  const connections = Object.entries(written.connections).flatMap(([id, settings]) => {
    const connection = readConnection(id, settings, trackers, variableAt, findings)
    return connection === null ? [] : [connection]
  })
  const trackerOf = (id: string): TrackerWords | null => {
    const known =
      written.connections[id]?.tracker ?? present?.connections.find((connection) => connection.id === id)?.tracker
    return trackers.find(({ kind }) => kind === known) ?? null
  }
  const connectionIds = idsOf('connections')
  const sources = Object.entries(written.sources).flatMap(([id, settings]) => {
    const source = readSource(id, settings, trackerOf, connectionIds, findings)
    return source === null ? [] : [source]
  })
  const resources = Object.entries(written.resources).map(([id, { name, kind, capacity, ...resource }]) => ({
    ...resource,
    id,
    name: name ?? id,
    kind: kind ?? ('person' as const),
    capacityHoursPerDay: capacity,
  }))
  const plans = Object.entries(written.plans).map(([id, plan]) => asPlan(id, plan))
  for (const plan of plans)
    findings.push(
      ...checkPlan(plan, {
        sources: idsOf('sources'),
        resources: idsOf('resources'),
        phases: new Set(idsBelow(valueAt(raw, ['plans', plan.id, 'phases']))),
        objectives: new Set(idsBelow(valueAt(raw, ['plans', plan.id, 'objectives']))),
      }),
    )
  const others = (present?.plans ?? []).filter(({ id }) => !plans.some((plan) => plan.id === id))
  findings.push(...checkRates(resources, [...plans, ...others]))
  const planIds = idsOf('plans')
  const portfolios = Object.entries(written.portfolios).map(([id, portfolio]) => {
    for (const [index, plan] of portfolio.plans.entries())
      if (!planIds.has(plan))
        findings.push({
          path: ['portfolios', id, 'plans', index],
          message: `there is no plan "${plan}"${didYouMean(plan, planIds)}`,
        })
    return { id, name: portfolio.name ?? id, plans: portfolio.plans }
  })
  return { connections, sources, resources, plans, portfolios }
}

const asPlan = (id: string, { timezone, ...plan }: WrittenSetup['plans'][string]): SetupPlan => ({
  ...plan,
  id,
  name: plan.name ?? id,
  zone: timezone ?? 'UTC',
  unit: plan.unit ?? 'items',
  missingSize: plan.missingSize ?? 1,
  calendar: plan.calendar ?? { ...MONDAY_TO_FRIDAY, holidays: null },
})

const keysOf = (value: unknown): readonly string[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : []

/** Every `id` in a list of phases or objectives, nested ones too, well formed or not. */
const idsBelow = (value: unknown): readonly string[] =>
  Array.isArray(value)
    ? value.flatMap((entry: unknown) => {
        const own = valueAt(entry, ['id'])
        return [...(typeof own === 'string' ? [own] : []), ...idsBelow(valueAt(entry, ['phases']))]
      })
    : []
