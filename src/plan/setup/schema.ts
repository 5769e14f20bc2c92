import { z } from 'zod'
import type { MappingRule, PhaseLink, ProgressTechnique } from '../../model/plan.ts'
import {
  capacity,
  currency,
  date,
  exception,
  id,
  lag,
  notNegative,
  number,
  oneOf,
  optional,
  percent,
  positive,
  rate,
  region,
  share,
  text,
  workdays,
  zone,
} from './scalars.ts'
import { anyOf, keys, list, named } from './schema-parts.ts'
import type { SetupPhase } from './setup.ts'
import { RULE_KEYS } from './words.ts'

const rule = keys({
  source: anyOf,
  milestone: anyOf,
  epic: anyOf,
  parent: anyOf,
  label: anyOf,
  type: anyOf,
  component: anyOf,
  sprint: anyOf,
  key: anyOf,
  title: anyOf,
  from: optional(date),
}).transform((written, context): MappingRule => {
  const matched: { -readonly [K in keyof MappingRule]: MappingRule[K] } = {}
  for (const key of RULE_KEYS) if (written[key] !== undefined) matched[key] = written[key]
  if (Object.keys(matched).length === 0)
    context.addIssue({ code: 'custom', message: `the rule matches every item; name one of ${RULE_KEYS.join(', ')}` })
  if (written.from !== null) matched.from = written.from
  return matched
})

const link = z.union(
  [
    text.transform((phase): PhaseLink => ({ phase, type: 'FS', lagDays: 0 })),
    keys({ phase: text, type: optional(oneOf(['FS', 'SS', 'FF', 'SF'])), lag: optional(lag) }).transform(
      (written): PhaseLink => ({ phase: written.phase, type: written.type ?? 'FS', lagDays: written.lag ?? 0 }),
    ),
  ],
  { error: 'write the phase before this one: its id, or { phase, type: FS|SS|FF|SF, lag: 2d }' },
)

const links = z
  .union([link.transform((one) => [one]), z.array(link)], { error: 'write a list of { phase, type, lag }' })
  .nullish()
  .transform((value) => value ?? [])

const SHAPES = ['linear', 'front', 'back', 'bell'] as const
const budget = z.union(
  [
    notNegative.transform((amount) => ({ amount, spread: { kind: 'linear' as const } })),
    keys({
      amount: optional(notNegative),
      spread: optional(oneOf(SHAPES)),
      periods: z.array(keys({ until: date, amount: number }), { error: 'write a list of { until, amount }' }).nullish(),
    }).transform(({ amount, spread, periods }, context) => {
      const wrong = (message: string) => {
        context.addIssue({ code: 'custom', message })
        return z.NEVER
      }
      if (periods == null)
        return amount === null
          ? wrong('the budget has no amount; write amount: 180000')
          : { amount, spread: { kind: spread ?? ('linear' as const) } }
      if (spread !== null) return wrong('spread and periods exclude each other; keep one')
      const sum = periods.reduce((total, period) => total + period.amount, 0)
      if (amount !== null && Math.abs(sum - amount) >= 0.005)
        return wrong(`the periods sum to ${sum}, the amount is ${amount}; make them equal or leave the amount out`)
      const unordered = periods.findIndex((period, index) => index > 0 && period.until <= periods[index - 1]!.until)
      if (unordered > 0) return wrong(`period ${periods[unordered]!.until} does not come after the one before it`)
      if (periods.length === 0) return wrong('the list of periods is empty')
      return { amount: amount ?? Math.round(sum * 1e6) / 1e6, spread: { kind: 'periods' as const, periods } }
    }),
  ],
  { error: 'write an amount (180000), { amount, spread: linear|front|back|bell } or { periods: [{ until, amount }] }' },
)

const TECHNIQUES = ['items', '0/100', '50/50', 'milestones', 'manual', 'level-of-effort', 'units'] as const
const progress = z.union(
  [
    oneOf(TECHNIQUES).transform((kind): ProgressTechnique => ({ kind })),
    keys({ apportioned: text, factor: optional(notNegative) }).transform(
      (written): ProgressTechnique => ({
        kind: 'apportioned',
        phase: written.apportioned,
        factor: written.factor ?? 1,
      }),
    ),
  ],
  { error: `write one of ${TECHNIQUES.join(', ')} or { apportioned: PHASE, factor }` },
)

const milestone = keys({
  id,
  name: optional(text),
  date,
  weight: optional(notNegative),
  actual: optional(date),
  tracker: optional(keys({ source: text, milestone: text })),
}).transform((written) => ({ ...written, name: written.name ?? written.id }))

const actual = keys({
  date,
  cost: optional(number),
  percent: optional(percent),
  units: optional(notNegative),
  note: optional(text),
}).transform((written, context) => {
  if (written.cost === null && written.percent === null && written.units === null)
    context.addIssue({ code: 'custom', message: 'the entry says nothing; write cost, percent or units' })
  return written
})

const declared = keys({ date, status: oneOf(['on-track', 'at-risk', 'off-track']), comment: optional(text) })

const phase: z.ZodType<SetupPhase> = z.lazy(() =>
  keys({
    id,
    name: optional(text),
    owner: optional(text),
    start: optional(date),
    finish: optional(date),
    size: optional(notNegative),
    budget: optional(budget),
    after: links,
    progress: optional(progress),
    units: optional(keys({ total: positive })),
    map: list(rule),
    objectives: list(text),
    milestones: list(milestone),
    actuals: list(actual),
    actualStart: optional(date),
    actualFinish: optional(date),
    actualCost: optional(oneOf(['logged', 'entered', 'both'])),
    declared: list(declared),
    phases: list(phase),
  }).transform(
    ({ units, name, progress, actualCost, ...written }): SetupPhase => ({
      ...written,
      name: name ?? written.id,
      progress: progress ?? { kind: 'items' },
      actualCost: actualCost ?? 'both',
      unitsTotal: units?.total ?? null,
    }),
  ),
)

const calendar = keys({
  workdays: optional(workdays),
  hoursPerDay: optional(positive.max(24, { error: 'a day has 24 hours' })),
  holidays: optional(region),
  exceptions: z.record(date, exception, { error: 'write a map from day to off, on or hours' }).nullish(),
}).transform((written) => {
  const hoursPerDay = written.hoursPerDay ?? 8
  const exceptions = Object.entries(written.exceptions ?? {}).map(
    ([day, hours]) => [day, hours ?? hoursPerDay] as const,
  )
  return {
    workdays: written.workdays ?? ([true, true, true, true, true, false, false] as const),
    hoursPerDay,
    holidays: written.holidays,
    exceptions: Object.fromEntries(exceptions.sort(([a], [b]) => (a < b ? -1 : 1))),
  }
})

const objective = keys({
  id,
  name: optional(text),
  indicator: optional(
    keys({
      unit: text,
      from: number,
      target: number,
      actuals: z.record(date, number, { error: 'write a map from day to value' }).nullish(),
    }).transform((written) => ({ ...written, actuals: written.actuals ?? {} })),
  ),
}).transform((written) => ({ ...written, name: written.name ?? written.id }))

const risk = keys({
  id,
  name: optional(text),
  probability: share('write a probability from 0 to 1, or 30%'),
  impact: optional(keys({ days: optional(number), cost: optional(number) })),
  phase: optional(text),
  owner: optional(text),
  response: optional(text),
  mitigation: list(text),
  review: optional(date),
}).transform((written) => ({
  ...written,
  name: written.name ?? written.id,
  impact: written.impact ?? { days: null, cost: null },
}))

const plan = keys({
  name: optional(text),
  timezone: optional(zone),
  currency: optional(currency),
  unit: optional(oneOf(['points', 'hours', 'items'])),
  missingSize: optional(notNegative),
  calendar: optional(calendar),
  objectives: list(objective),
  phases: list(phase),
  allocations: list(
    keys({ resource: text, phase: text, share: share('write a share from 0% to 100%, e.g. 60% or 0.6') }),
  ),
  risks: list(risk),
  stakeholders: list(
    keys({
      name: text,
      email: optional(text.regex(/^[^\s@]+@[^\s@]+$/, { error: 'write an e-mail address, e.g. sponsor@acme.test' })),
      role: optional(text),
      digest: optional(text),
    }),
  ),
})

const resource = keys({
  name: optional(text),
  kind: optional(oneOf(['person', 'equipment', 'material'])),
  rate: optional(rate),
  rates: list(keys({ from: optional(date), rate })),
  capacity: optional(capacity),
  accounts: list(text.regex(/^[^:\s]+:\S/, { error: 'write an account as tracker:name, e.g. github:ana-k' })),
}).transform((written, context) => {
  if (written.rate !== null && written.rates.length > 0)
    context.addIssue({ code: 'custom', message: 'rate and rates exclude each other; keep rates if the past differs' })
  const days = written.rates.map((dated) => dated.from ?? 'ever')
  if (new Set(days).size < days.length)
    context.addIssue({ code: 'custom', message: 'two rates begin on the same day; keep one', path: ['rates'] })
  return written
})

const settings = z.record(z.string(), z.unknown(), { error: 'write a map of settings' })

/** The format of set-up files. Defaults are filled in by what reads it; `io: 'input'` of its JSON Schema is for editors. */
export const setupSchema = keys({
  connections: named(settings),
  sources: named(settings),
  resources: named(resource),
  plans: named(plan),
  portfolios: named(keys({ name: optional(text), plans: list(text) })),
})

export type WrittenSetup = z.output<typeof setupSchema>
