import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Phase } from '../../src/model/plan.ts'
import { freezeBaseline } from '../../src/plan/freeze-baseline.ts'
import { explainMeasure } from '../../src/reports/explain-measure.ts'
import { planCurves } from '../../src/reports/plan-curves.ts'
import { planVariance } from '../../src/reports/plan-variance.ts'
import { BUILD, born, phase, plan, state } from '../ledger/build.ts'
import { learn, newPlan, newSource, pulledItem } from '../settle/books.ts'
import { type TestStore, eachDatabase, openTestStore } from '../support/databases.ts'
import { expectRules } from './report-rules.ts'

const dated = {
  start: '2026-03-02',
  finish: '2026-03-27',
  budget: { amount: 1000, spread: { kind: 'linear' as const } },
}
const entry = (date: string, said: object) => ({
  subject: 900,
  date,
  cost: null,
  percent: null,
  units: null,
  note: null,
  ...said,
})
const milestone = (id: string, actual: string) => ({ id, name: id, date: actual, weight: null, actual, tracker: null })

const PHASES: readonly Phase[] = [
  { ...BUILD, ...dated },
  phase(2, 'manual', {
    ...dated,
    progress: { kind: 'manual' },
    actuals: [
      entry('2026-03-06', { percent: 40 }),
      entry('2026-03-13', { percent: 100 }),
      entry('2026-03-20', { percent: 100 }),
      entry('2026-04-10', { cost: 900 }),
    ],
  }),
  phase(3, 'units', {
    ...dated,
    progress: { kind: 'units' },
    unitsTotal: 40,
    actuals: [
      entry('2026-03-04', { units: 0 }),
      entry('2026-03-05', { units: 10 }),
      entry('2026-03-12', { units: 40 }),
    ],
  }),
  phase(4, 'steps', {
    ...dated,
    progress: { kind: 'milestones' },
    milestones: [milestone('a', '2026-03-09'), milestone('b', '2026-03-18')],
  }),
  phase(5, 'follows', { ...dated, progress: { kind: 'apportioned', phase: 'build', factor: 1 } }),
]

eachDatabase((kind) => {
  let store: TestStore
  beforeAll(async () => {
    store = await openTestStore(kind)
    const source = await newSource(store)
    await newPlan(store, plan(PHASES))
    const now = new Date('2026-03-01T12:00:00Z')
    const know = (facts: ReturnType<typeof born>) =>
      learn(store, source, [pulledItem(1, facts)], '2026-03-20T00:00:00.000Z')
    await know(born('2026-03-01', 'build', 5))
    await freezeBaseline(store, { plan: 'checkout', reason: 'approved', asOf: '2026-03-01', actor: 'test', now })
    await know([...born('2026-03-01', 'build', 5), state('2026-03-03', 'doing'), state('2026-03-11', 'done')])
  })
  afterAll(() => store?.close())

  const datesOn = async (asOf: string) => {
    const report = await planVariance(store, { plan: 'checkout', asOf, now: new Date('2026-07-01T00:00:00Z') })
    expectRules(report)
    return Object.fromEntries(report.rows.map((row) => [row.id, [row.actualStart, row.actualFinish]]))
  }

  test('phases without items began and finished when their entries say so; an invoice afterwards moves nothing', async () => {
    const { build: _build, ...entered } = await datesOn('2026-06-30')
    expect(entered).toEqual({
      manual: ['2026-03-06', '2026-03-13'],
      units: ['2026-03-05', '2026-03-12'],
      steps: ['2026-03-09', '2026-03-18'],
      follows: ['2026-03-03', '2026-03-11'],
    })
    expect((await datesOn('2026-03-05')).manual).toEqual([null, null])
    expect((await datesOn('2026-03-12')).steps).toEqual(['2026-03-09', null])
  })

  test('what follows another phase stops with it: its time variance no longer changes', async () => {
    const report = await planVariance(store, {
      plan: 'checkout',
      asOf: '2026-06-30',
      now: new Date('2026-07-01T00:00:00Z'),
    })
    const [build, follows] = ['build', 'follows'].map((id) => report.rows.find((row) => row.id === id)!)
    expect([follows!.timeVariance, follows!.expectedFinish]).toEqual([build!.timeVariance, '2026-03-11'])
    expect(report.total.actualFinish).toBe('2026-03-18')
  })

  test('the curve of a phase that follows another ends on its value', async () => {
    const question = { plan: 'checkout', phase: 'follows', asOf: '2026-03-18', now: new Date('2026-07-01T00:00:00Z') }
    const { dates, earnedValue } = await planCurves(store, question)
    expect(earnedValue[dates.indexOf('2026-03-18')]).toBe(1000)
  })

  test('earned schedule is explained with the days and values that give it', async () => {
    const question = { plan: 'checkout', phase: 'units', asOf: '2026-03-10', now: new Date('2026-07-01T00:00:00Z') }
    const explain = (measure: string) => explainMeasure(store, { ...question, measure })
    // 10 of 40 units are 250; 50 are planned a day.
    expect((await explain('earnedSchedule')).formula).toMatch(
      /= 5 \+ \(250 − 250\) ÷ \(300 − 250\), 5 = last day with 250 ≤ 250 = 5$/,
    )
    expect((await explain('timeVariance')).formula).toContain('5 − 7')
    expect((await explain('timePerformanceIndex')).formula).toMatch(/= 5 ÷ 7 = 0\.7143$/)
  })
})
