import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LedgerSubject } from '../../src/ledger/ledger-context.ts'
import { type Fact, byOccurrence } from '../../src/model/fact.ts'
import { workingDays } from '../../src/model/calendar.ts'
import { BLANK_FIELDS, type ItemFields } from '../../src/model/work-item.ts'
import { freezeBaseline } from '../../src/plan/freeze-baseline.ts'
import { addDays } from '../../src/model/time.ts'
import { planVariance } from '../../src/reports/plan-variance.ts'
import { BUILD, LAUNCH, born, changed, plan } from '../ledger/build.ts'
import { histories } from '../ledger/histories.ts'
import { learn, newPlan, newSource, pulledItem } from '../settle/books.ts'
import { type TestStore, eachDatabase, openTestStore } from '../support/databases.ts'
import { expectRules } from './report-rules.ts'

const FREEZE = '2026-03-20'
const BUDGET = 1_000
const STATED = 10
const RATE = 90
const document = plan(
  [
    {
      ...BUILD,
      start: '2026-03-09',
      finish: '2026-04-10',
      size: STATED,
      budget: { amount: BUDGET, spread: { kind: 'linear' } },
    },
    LAUNCH,
  ],
  {
    resources: [
      {
        no: 1,
        id: 'ana',
        name: 'Ana',
        kind: 'person',
        rates: [{ from: null, microPerHour: String(RATE * 100 * 1_000_000), currency: 'EUR' }],
        capacityHoursPerDay: null,
        accounts: ['github:ana'],
      },
    ],
  },
)

/** Without parents, which the ledger's own tests recount; all time is Ana's. */
const alone = (subjects: readonly LedgerSubject[]): readonly LedgerSubject[] =>
  subjects.map((subject) => ({
    ...subject,
    facts: subject.facts
      .filter(({ field }) => field !== 'parent')
      .map((fact) => (fact.field === 'worklog' ? { ...fact, value: { ...fact.value, account: 'github:ana' } } : fact)),
  }))

// The obvious way: walk through an item's days, and count.

interface Walked {
  readonly phase: 'build' | 'launch' | null
  readonly fields: ItemFields
  readonly inScope: boolean
  readonly size: number
  /** Done in the plan, and not undone since. */
  readonly earning: boolean
  /** Size when it was completed. */
  readonly completedSize: number
  readonly everMapped: boolean
}

const phaseOf = ({ labels }: ItemFields): Walked['phase'] =>
  labels.includes('build') ? 'build' : labels.includes('launch') ? 'launch' : null

const walk = ({ facts }: LedgerSubject, asOf: string): Walked | null => {
  const known = [...facts]
    .sort(byOccurrence)
    .filter((fact) => fact.field !== 'worklog' && fact.occurredAt.slice(0, 10) <= asOf)
  if (known.length === 0) return null
  let fields: ItemFields = BLANK_FIELDS
  let walked = null as Walked | null
  for (const [index, fact] of known.entries()) {
    if (fact.field !== 'created') fields = { ...fields, [fact.field]: fact.value }
    const next = known[index + 1]
    if (next?.occurredAt === fact.occurredAt && !(fact.field === 'status' && next.field === 'status')) continue
    const phase = phaseOf(fields)
    const { state } = fields.status
    const gone = fields.presence !== 'present' && state !== 'done' && state !== 'dropped'
    const inScope = phase !== null && !gone && state !== 'dropped'
    const size = fields.points ?? 1
    walked = {
      phase,
      fields,
      inScope,
      size,
      earning: state === 'done' && (phase !== null || walked?.earning === true),
      completedSize: !inScope || state !== 'done' ? 0 : walked?.completedSize || size,
      everMapped: phase !== null || walked?.everMapped === true,
    }
  }
  return walked
}

const recount = (subjects: readonly LedgerSubject[], asOf: string) => {
  const at = (day: string) => subjects.map((subject) => ({ subject, now: walk(subject, day) }))
  const list = new Map(
    at(FREEZE).flatMap(({ subject, now }) => (now?.inScope ? [[subject.subject, now] as const] : [])),
  )
  const listed = [...list.values()].filter(({ phase }) => phase === 'build')
  const listedSize = sum(listed, ({ size }) => size)
  const scope = Math.max(STATED, listedSize)
  const pool = scope - listedSize
  const present = at(asOf).filter(({ now }) => now?.inScope && now.phase === 'build')
  const outside = present.filter(({ subject }) => !list.has(subject.subject))
  const earned = sum(at(asOf), ({ subject, now }) => {
    const share = list.get(subject.subject)
    return now?.earning && share?.phase === 'build' ? (share.size / scope) * BUDGET : 0
  })
  const byPool =
    pool === 0 ? 0 : (pool / scope) * BUDGET * Math.min(1, sum(outside, ({ now }) => now!.completedSize) / pool)
  const seconds = sum(
    subjects.filter((subject) => walk(subject, '2099-01-01')?.everMapped),
    ({ facts }) =>
      sum(facts, (fact) =>
        fact.field === 'worklog' && fact.occurredAt.slice(0, 10) <= asOf ? (fact.value.seconds ?? 0) : 0,
      ),
  )
  const days = workingDays(document.calendar, '2026-03-09', '2026-04-10')
  const passed =
    asOf < '2026-03-09' ? 0 : workingDays(document.calendar, '2026-03-09', asOf < '2026-04-10' ? asOf : '2026-04-10')
  const all = at(asOf).filter(({ now }) => now?.inScope)
  const count = (state: string) => all.filter(({ now }) => now!.fields.status.state === state).length
  return {
    plannedValue: (BUDGET * passed) / days,
    earnedValue: earned + byPool,
    actualCost: (seconds / 3600) * RATE,
    baseline: scope,
    current:
      sum(present, ({ now }) => now!.size) +
      pool -
      Math.min(
        pool,
        sum(outside, ({ now }) => now!.size),
      ),
    done: sum(present, ({ now }) => (now!.fields.status.state === 'done' ? now!.size : 0)),
    items: {
      todo: count('todo'),
      doing: count('doing'),
      done: count('done'),
      unestimated: all.filter(({ now }) => now!.fields.points === null).length,
    },
  }
}

const sum = <T>(values: readonly T[], of: (value: T) => number): number =>
  values.reduce((total, value) => total + of(value), 0)

eachDatabase((kind) => {
  let store: TestStore
  beforeAll(async () => {
    store = await openTestStore(kind)
  })
  afterAll(() => store.close())

  test('a phase that an item only passed through still shows what came and what went', async () => {
    await store.truncate()
    const source = await newSource(store)
    await newPlan(store, document)
    await freezeBaseline(store, {
      plan: 'checkout',
      reason: 'approved',
      asOf: FREEZE,
      actor: 'test',
      now: new Date('2026-03-21T08:00:00Z'),
    })
    const facts = [...born('2026-03-21', 'launch', 3), changed('2026-03-22', 'labels', ['build'])]
    await learn(store, source, [pulledItem(1, facts)], '2026-03-23T00:00:00.000Z')
    const { total, rows } = await planVariance(store, {
      plan: 'checkout',
      asOf: '2026-03-23',
      now: new Date('2026-06-02T00:00:00Z'),
    })
    expect([rows[1]!, total].map(({ scope }) => [scope.added, scope.movedIn, scope.movedOut, scope.current])).toEqual([
      [3, 0, 3, 0],
      [3, 3, 3, 10],
    ])
  })

  describe('a report of any history', () => {
    test('says what a slow and obvious count of the raw facts says, and keeps the rules of every report', {
      timeout: 120_000,
    }, async () => {
      const days = fc.array(fc.nat(60), { minLength: 1, maxLength: 3 })
      await fc.assert(
        fc.asyncProperty(histories.map(alone), days, async (subjects, offsets) => {
          await store.truncate()
          const source = await newSource(store)
          await newPlan(store, document)
          const until = (fact: Fact) => fact.occurredAt.slice(0, 10) <= FREEZE
          const early = subjects
            .map((subject) => ({ ...subject, facts: subject.facts.filter(until) }))
            .filter(({ facts }) => facts.length > 0)
          await learn(
            store,
            source,
            early.map((subject) => pulledItem(subject.subject, subject.facts)),
            `${FREEZE}T23:59:59.000Z`,
          )
          await freezeBaseline(store, {
            plan: 'checkout',
            reason: 'approved',
            asOf: FREEZE,
            actor: 'test',
            now: new Date('2026-03-21T08:00:00Z'),
          })
          await learn(
            store,
            source,
            subjects.map((subject) => pulledItem(subject.subject, subject.facts)),
            '2026-06-01T00:00:00.000Z',
          )
          for (const offset of offsets) {
            const asOf = addDays('2026-03-01', offset)
            const report = await planVariance(store, { plan: 'checkout', asOf, now: new Date('2026-06-02T00:00:00Z') })
            expectRules(report)
            const expected = recount(subjects, asOf)
            const [build] = report.rows
            expect(build!.plannedValue).toBeCloseTo(expected.plannedValue, 5)
            expect(build!.earnedValue).toBeCloseTo(expected.earnedValue, 5)
            expect(report.total.actualCost).toBeCloseTo(expected.actualCost, 5)
            expect(build!.scope.baseline).toBeCloseTo(expected.baseline, 6)
            expect(build!.scope.current).toBeCloseTo(expected.current, 6)
            expect(build!.scope.done).toBeCloseTo(expected.done, 6)
            expect(report.total.items).toMatchObject(expected.items)
          }
        }),
        { numRuns: 10 },
      )
    })
  })
})
