import fc from 'fast-check'
import type { MappingRule } from '../../../src/model/plan.ts'
import { dateOfDay } from '../../../src/model/time.ts'
import type { Setup, SetupPhase, SetupPlan } from '../../../src/plan/setup/setup.ts'
import { environment } from './trackers.ts'

/** Text that people write, and text that only looks like something else. */
const text = fc.oneof(
  fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }),
  fc.constantFrom(
    '2.0',
    'true',
    'null',
    '~',
    '2026-03-01',
    `\${X}`,
    `$\${X}`,
    '- a',
    '#1',
    ' pad ',
    'a: b',
    '0x1F',
    '\r\n',
    '%',
  ),
)
const date = fc.integer({ min: 20_000, max: 22_000 }).map(dateOfDay)
const amount = fc.integer({ min: 0, max: 10_000_000 }).map((cents) => cents / 100)
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null })
const words = fc.array(text, { minLength: 1, maxLength: 3 })

const rate = fc.record({
  amount: fc.double({ min: 0.01, max: 1e6, noNaN: true }),
  per: fc.constantFrom('h' as const, 'd' as const),
  currency: orNull(fc.constantFrom('EUR', 'USD', 'JPY')),
})

const rule: fc.Arbitrary<MappingRule> = fc
  .record(
    {
      source: fc.constant(['web']),
      milestone: words,
      epic: words,
      parent: words,
      label: words,
      type: words,
      component: words,
      sprint: words,
      key: words,
      title: words,
      from: date,
    },
    { requiredKeys: ['milestone'] },
  )
  .map((record) => record)

/** Phases p0, p1…: links only lead back, children have no budget, so that every plan is sound. */
const phaseNo = (no: number, depth: number): fc.Arbitrary<SetupPhase> =>
  fc
    .record({
      days: fc.tuple(orNull(date), orNull(date)),
      actualDays: fc.tuple(orNull(date), orNull(date)),
      name: text,
      owner: orNull(fc.constant('ana')),
      size: depth === 0 ? orNull(amount) : fc.constant(null),
      budget:
        depth > 0
          ? fc.constant(null)
          : orNull(
              fc
                .oneof(
                  fc.record({
                    amount,
                    spread: fc.record({ kind: fc.constantFrom('linear' as const, 'front' as const, 'bell' as const) }),
                  }),
                  fc.tuple(amount, amount, date).map(([first, second, day]) => ({
                    amount: first + second,
                    spread: {
                      kind: 'periods' as const,
                      periods: [
                        { until: day, amount: first },
                        { until: `${day.slice(0, 4)}-12-31`, amount: second },
                      ].filter(({ until }, index) => index === 0 || until > day),
                    },
                  })),
                )
                .filter(
                  ({ amount: whole, spread }) =>
                    !('periods' in spread) ||
                    Math.abs(spread.periods.reduce((sum, period) => sum + period.amount, 0) - whole) < 0.005,
                ),
            ),
      after: fc.array(
        fc.record({
          phase: fc.integer({ min: 0, max: Math.max(0, no - 1) }).map((before) => `p${before}`),
          type: fc.constantFrom('FS' as const, 'SS' as const, 'FF' as const, 'SF' as const),
          lagDays: fc.integer({ min: -20, max: 20 }),
        }),
        { maxLength: no === 0 || depth > 0 ? 0 : 2 },
      ),
      progress: fc.oneof(
        fc.record({
          kind: fc.constantFrom(
            'items' as const,
            '0/100' as const,
            '50/50' as const,
            'level-of-effort' as const,
            'units' as const,
          ),
        }),
        ...(no === 0
          ? []
          : [fc.record({ kind: fc.constant('apportioned' as const), phase: fc.constant('p0'), factor: amount })]),
      ),
      map: fc.array(rule, { maxLength: 3 }),
      objectives: fc.constantFrom([], ['goal']),
      milestones: fc.constant([]),
      actuals: fc.array(
        fc.oneof(
          fc.record({
            date,
            cost: fc.integer(),
            percent: fc.constant(null),
            units: fc.constant(null),
            note: orNull(text),
          }),
          fc.record({
            date,
            cost: fc.constant(null),
            percent: fc.double({ min: 0, max: 100, noNaN: true }).map((value) => value + 0),
            units: orNull(amount),
            note: fc.constant(null),
          }),
        ),
        { maxLength: 3 },
      ),
      actualCost: fc.constantFrom('logged' as const, 'entered' as const, 'both' as const),
      unitsTotal: orNull(amount.map((value) => value + 1)),
      declared: fc.array(
        fc.record({ date, status: fc.constantFrom('on-track' as const, 'at-risk' as const), comment: orNull(text) }),
        { maxLength: 2 },
      ),
      phases: depth >= 2 ? fc.constant([]) : fc.array(fc.constant(null), { maxLength: 2 }),
    })
    .chain(({ days, actualDays, phases, ...same }) => {
      const [start, finish] = inOrder(days)
      const [actualStart, actualFinish] = inOrder(actualDays)
      const id = depth === 0 ? `p${no}` : `p${no}-${depth}`
      const milestones = fc.array(
        fc.record({
          name: text,
          date,
          weight: orNull(amount),
          actual: orNull(date),
          tracker: orNull(fc.constant({ source: 'web', milestone: 'v2.0' })),
        }),
        { maxLength: 2 },
      )
      return fc.tuple(milestones, ...(phases.length === 0 ? [] : [phaseNo(no, depth + 1)])).map(
        ([marks, ...children]): SetupPhase => ({
          ...same,
          id,
          start,
          finish,
          actualStart,
          actualFinish,
          milestones: marks.map((mark, index) => ({ ...mark, id: `${id}-m${index}` })),
          phases: children,
        }),
      )
    })

const inOrder = ([a, b]: readonly [string | null, string | null]): readonly [string | null, string | null] =>
  a !== null && b !== null && b < a ? [b, a] : [a, b]

const flags = fc.tuple(fc.boolean(), fc.boolean(), fc.boolean(), fc.boolean(), fc.boolean(), fc.boolean())

export const anyPlan: fc.Arbitrary<SetupPlan> = fc.integer({ min: 0, max: 4 }).chain((count) =>
  fc.record({
    id: fc.constant('checkout'),
    name: text,
    zone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York'),
    currency: fc.constant('EUR'),
    unit: fc.constantFrom('points' as const, 'hours' as const, 'items' as const),
    missingSize: amount,
    calendar: fc.record({
      workdays: flags.map((days) => [...days, true] as const),
      hoursPerDay: fc.double({ min: 0.5, max: 24, noNaN: true }),
      holidays: orNull(fc.constantFrom('DE-BE', 'US-CA', 'FR')),
      exceptions: fc.dictionary(date, fc.constantFrom(0, 4, 7.5), { noNullPrototype: true, maxKeys: 3 }).map(sortKeys),
    }),
    objectives: fc.constant([
      {
        id: 'goal',
        name: 'Raise conversion',
        indicator: { unit: '%', from: 2.1, target: 3, actuals: { '2026-06-30': 2.3 } },
      },
    ]),
    phases: fc.tuple(...Array.from({ length: count }, (_, no) => phaseNo(no, 0))),
    allocations:
      count === 0
        ? fc.constant([])
        : fc.array(
            fc.record({
              resource: fc.constant('ana'),
              phase: fc.constant('p0'),
              share: fc.double({ min: 0, max: 1, noNaN: true }).map((share) => share + 0),
            }),
            { maxLength: 2 },
          ),
    risks: fc
      .array(
        fc.record({
          name: text,
          probability: fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100),
          impact: fc.record({ days: orNull(fc.integer({ min: 0, max: 99 })), cost: orNull(amount) }),
          phase: fc.constant(null),
          owner: orNull(fc.constant('ana')),
          response: orNull(text),
          mitigation: fc.array(text, { maxLength: 2 }),
          review: orNull(date),
        }),
        { maxLength: 2 },
      )
      .map((risks) => risks.map((risk, index) => ({ ...risk, id: `r${index}` }))),
    stakeholders: fc.array(
      fc.record({ name: text, email: orNull(fc.constant('a@acme.test')), role: orNull(text), digest: orNull(text) }),
      { maxLength: 2 },
    ),
  }),
)

const sortKeys = <V>(record: Record<string, V>): Record<string, V> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)))

export const anySetup: fc.Arbitrary<Setup> = fc.record({
  connections: fc.constant([
    {
      id: 'acme',
      tracker: 'github',
      url: 'https://api.github.com',
      settings: {},
      secrets: { token: environment.GITHUB_TOKEN, webhookSecret: environment.GITHUB_HOOK },
      variables: { token: 'GITHUB_TOKEN', webhookSecret: 'GITHUB_HOOK' },
    },
  ]),
  sources: fc
    .record({ repository: text.map((name) => `acme/${name}`), pullRequests: fc.boolean() })
    .map((settings) => [{ id: 'web', connection: 'acme', settings }]),
  resources: fc
    .record({
      name: text,
      kind: fc.constantFrom('person' as const, 'equipment' as const, 'material' as const),
      rate: orNull(rate),
      later: rate,
      capacityHoursPerDay: orNull(fc.double({ min: 0, max: 24, noNaN: true }).map((hours) => hours + 0)),
      accounts: fc.array(fc.constantFrom('github:ana-k', 'jira:5b10ac'), { maxLength: 2 }),
    })
    .map(({ rate: scalar, later, ...same }) => [
      { ...same, id: 'ana', rate: scalar, rates: scalar === null ? [{ from: null, rate: later }] : [] },
    ]),
  plans: anyPlan.map((plan) => [plan]),
  portfolios: fc.record({ name: text }).map(({ name }) => [{ id: 'retail', name, plans: ['checkout'] }]),
})
