import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { catalogue, measureOf } from '../../src/measures/catalogue.ts'
import { freezeBaseline } from '../../src/plan/freeze-baseline.ts'
import { explainMeasure } from '../../src/reports/explain-measure.ts'
import { planCurves } from '../../src/reports/plan-curves.ts'
import { planItems } from '../../src/reports/plan-items.ts'
import { planVariance } from '../../src/reports/plan-variance.ts'
import { portfolioReport } from '../../src/reports/portfolio.ts'
import { explanationSchema } from '../../src/reports/shapes/explanation.ts'
import { planCurvesSchema } from '../../src/reports/shapes/plan-curves.ts'
import { planItemsSchema } from '../../src/reports/shapes/plan-items.ts'
import type { PlanVariance } from '../../src/reports/shapes/plan-variance.ts'
import { portfolioSchema } from '../../src/reports/shapes/portfolio.ts'
import { compareBalances } from '../../src/store/balances.ts'
import { countItems } from '../../src/store/list-items.ts'
import { listSources } from '../../src/store/sources.ts'
import { runDue } from '../../src/sync/run-due.ts'
import { type TestStore, eachDatabase, openTestStore } from '../support/databases.ts'
import { ANCHOR, type SampleWorld, openSampleWorld } from '../support/sample-world.ts'
import { expectRules } from './report-rules.ts'

const PLANS = ['checkout', 'data-platform', 'mobile'] as const
const STATUS_DATE = '2026-10-23'
const NOW = new Date(`${ANCHOR}T12:00:00Z`)

eachDatabase((kind) => {
  let store: TestStore
  let world: SampleWorld
  let read: Readonly<Record<string, number | string>>
  const reports = new Map<string, PlanVariance>()

  beforeAll(async () => {
    store = await openTestStore(kind)
    world = await openSampleWorld(store)
    const tools = { ...world.tools, now: () => NOW }
    const outcomes = await runDue(tools)
    read = Object.fromEntries(outcomes.map(({ source, error, items }) => [source, error ?? items]))
    for (const baseline of world.sample.baselines) await freezeBaseline(store, { ...baseline, actor: 'test', now: NOW })
    for (const plan of PLANS) reports.set(plan, await planVariance(store, { plan, asOf: STATUS_DATE, now: NOW }))
  })
  afterAll(async () => {
    await world?.close()
    await store?.close()
  })

  const ask = <C extends object>(plan: string, change?: C) => ({
    plan,
    asOf: STATUS_DATE,
    now: NOW,
    ...(change ?? ({} as C)),
  })

  test('two trackers are read whole, without an error', async () => {
    expect(Object.keys(read).sort()).toEqual(['app', 'core', 'data', 'mobile', 'web'])
    const held = await countItems(store.db)
    const numbers = new Map((await listSources(store.db)).map((source) => [source.id, source.no]))
    for (const [source, items] of Object.entries(read)) {
      expect(items, source).toBe(held.get(numbers.get(source)!)!.total)
      expect(items, source).toBeGreaterThan(20)
    }
  })

  describe.each(PLANS.map((plan) => ({ plan })))('$plan', ({ plan }) => {
    test('keeps the rules of every report, on any status date, by month and by week', async () => {
      for (const asOf of ['2026-05-31', '2026-09-15', STATUS_DATE, ANCHOR])
        for (const period of ['month', 'week'] as const)
          expectRules(await planVariance(store, ask(plan, { asOf, period })))
    })

    test('is the report that was approved', async () => {
      const { knownAt: _knownAt, revision: _revision, trust, baseline, ...said } = reports.get(plan)!
      const shown = {
        ...said,
        baseline: baseline!.reason,
        trust: [trust.level, trust.remarks, trust.mapped, trust.unmapped],
      }
      await expect(`${JSON.stringify(shown, null, 2)}\n`).toMatchFileSnapshot(`../golden/report-${plan}.json`)
    })

    test('what a period added is the difference to the end of the one before', async () => {
      const now = reports.get(plan)!
      const before = await planVariance(store, ask(plan, { asOf: '2026-09-30', baseline: now.baseline!.number }))
      for (const key of ['plannedValue', 'earnedValue', 'actualCost'] as const) {
        const [a, b] = [now.total[key], before.total[key]]
        if (a === null || b === null) expect(now.total.current[key]).toBeNull()
        else expect(now.total.current[key]).toBeCloseTo(a - b, 4)
      }
    })

    test('its items are the ones that its numbers count', async () => {
      const { total } = reports.get(plan)!
      const items = await allItems(plan)
      const count = (state: string) => items.filter((item) => item.state === state).length
      expect({ todo: count('todo'), doing: count('doing'), done: count('done'), dropped: count('dropped') }).toEqual({
        todo: total.items.todo,
        doing: total.items.doing,
        done: total.items.done,
        dropped: total.items.dropped,
      })
      const sum = (key: 'size' | 'hours', among = items) => among.reduce((all, item) => all + item[key], 0)
      expect(
        sum(
          'size',
          items.filter(({ state }) => state === 'done'),
        ),
      ).toBeCloseTo(total.scope.done, 6)
      expect(sum('hours')).toBeCloseTo(total.hours.logged, 6)
      expect(
        items.filter(({ estimated, state }) => !estimated && ['todo', 'doing', 'done'].includes(state)).length,
      ).toBe(total.items.unestimated)
      const outside = await allItems(plan, { unmapped: true })
      expect(outside.length).toBe(reports.get(plan)!.unmapped.items)
    })

    test('its curves end where its numbers stand', async () => {
      const { total, rows } = reports.get(plan)!
      for (const row of [total, ...rows]) {
        const curves = await planCurves(store, ask(plan, row === total ? {} : { phase: row.id }))
        planCurvesSchema.parse(curves)
        const last = curves.dates.indexOf(STATUS_DATE)
        for (const key of ['plannedValue', 'earnedValue', 'actualCost'] as const)
          close(curves[key][last]!, row[key], `${row.id} ${key}`)
        close(curves.scope[last]!, row.scope.current, `${row.id} scope`)
        close(curves.done[last]!, row.scope.done, `${row.id} done`)
        expect(curves.earnedValue.slice(last + 1).every((value) => value === null)).toBe(true)
      }
    })

    test('what is a sum of lines is the sum of the lines that can be opened', { timeout: 120_000 }, async () => {
      const { total, rows } = reports.get(plan)!
      const busiest = rows.reduce((most, row) =>
        row.parent !== null && row.items.total > most.items.total ? row : most,
      )
      for (const [row, measures] of [
        [total, LINE_BACKED],
        [busiest, ['actualCost', 'scope.added', 'scope.done']],
      ] as const)
        for (const id of measures) {
          const lines = await allLines(plan, id, row === total ? undefined : row.id)
          const value = valueAt(row, id)
          if (typeof value !== 'number') continue
          expect(lines.sum, `${row.id} ${id}: lines`).toBeCloseTo(lines.total, 4)
          expect(lines.total, `${row.id} ${id}: value`).toBeCloseTo(value, 4)
        }
    })
  })

  test('every measure can be explained, with inputs that can be explained in turn and say the same', {
    timeout: 120_000,
  }, async () => {
    const { total, rows } = reports.get('mobile')!
    for (const { id } of catalogue) {
      const phase = id.length % 2 ? undefined : rows[0]!.id
      const explained = explanationSchema.parse(await explainMeasure(store, ask('mobile', { measure: id, phase })))
      const row = phase === undefined ? total : rows[0]!
      const value = valueAt(row, id)
      expect(explained.value ?? explained.text, id).toEqual(typeof value === 'boolean' ? (value ? 'yes' : 'no') : value)
      expect(explained.undefinedBecause, id).toBe(row.undefinedBecause[id] ?? null)
      // Steps of a calculation stand among the inputs too, and are no measures of their own.
      for (const input of explained.inputs.filter(({ measure }) => measure !== null)) {
        const of = input.phase === null ? total : rows.find((each) => each.id === input.phase)!
        expect(measureOf(input.measure!), input.measure!).not.toBeNull()
        const said = valueAt(of, input.measure!)
        expect(input.value ?? input.note, `${id}: ${input.measure}`).toEqual(
          said ?? of.undefinedBecause[input.measure!] ?? null,
        )
      }
    }
    await expect(explainMeasure(store, ask('mobile', { measure: 'luck' }))).rejects.toMatchObject({ kind: 'notFound' })
    await expect(
      explainMeasure(store, ask('mobile', { measure: 'earnedValue', phase: 'nobody' })),
    ).rejects.toMatchObject({
      kind: 'notFound',
    })
  })

  test('totals of the portfolio are sums of its plans, and what counts twice is told', async () => {
    const portfolio = portfolioSchema.parse(await portfolioReport(store, { asOf: STATUS_DATE, now: NOW }))
    expect(portfolio.plans.map(({ id }) => id)).toEqual([...PLANS])
    for (const plan of portfolio.plans) {
      const { total } = reports.get(plan.id)!
      expect([plan.earnedValue, plan.status, plan.expectedFinish]).toEqual([
        total.earnedValue,
        total.status,
        total.expectedFinish,
      ])
    }
    for (const key of ['plannedValue', 'earnedValue', 'actualCost', 'budgetAtCompletion'] as const) {
      const parts = PLANS.map((plan) => reports.get(plan)!.total[key])
      if (portfolio.total[key] === null)
        expect(portfolio.total.undefinedBecause[key]).toMatch(/partsUnknown|mixedCurrencies/)
      else
        close(
          portfolio.total[key],
          parts.reduce<number>((sum, part) => sum + part!, 0),
          key,
        )
    }
    await expect(portfolioReport(store, { portfolio: 'nobody', now: NOW })).rejects.toMatchObject({ kind: 'notFound' })
  })

  test('the sums that are read are the sums of the lines', async () => {
    for (const planNo of [1, 2, 3]) expect(await compareBalances(store.db, planNo)).toEqual([])
  })

  test('a report and an explanation keep their word when more becomes known', async () => {
    const known = reports.get('checkout')!
    const address = { knownAt: known.knownAt, baseline: known.baseline!.number }
    const before = JSON.stringify(await planVariance(store, ask('checkout', address)))
    const explained = await explainMeasure(store, ask('checkout', { ...address, measure: 'earnedValue' }))
    const link = new URL(explained.address, 'http://localhost')
    expect([...link.searchParams]).toEqual([
      ['as-of', STATUS_DATE],
      ['known-at', known.knownAt],
      ['baseline', String(known.baseline!.number)],
    ])
    world.play(`${ANCHOR}T00:00:00Z`)
    const later = new Date(NOW.getTime() + 3_600_000)
    const outcomes = await runDue({ ...world.tools, now: () => later })
    expect(outcomes.reduce((sum, { changed }) => sum + changed, 0)).toBeGreaterThan(0)
    expect((await planVariance(store, ask('checkout'))).revision).toBeGreaterThan(known.revision)
    expect(JSON.stringify(await planVariance(store, ask('checkout', address)))).toBe(before)
    expect(await explainMeasure(store, ask('checkout', { ...address, measure: 'earnedValue' }))).toEqual(explained)
  })

  const allItems = async (plan: string, change = {}) => {
    const items = []
    for (let after: string | undefined; ; ) {
      const page = planItemsSchema.parse(await planItems(store, { ...ask(plan), ...change, after, limit: 170 }))
      items.push(...page.items)
      if (page.next === null) break
      after = page.next
    }
    expect(new Set(items.map(({ subject }) => subject)).size).toBe(items.length)
    return items
  }

  const allLines = async (plan: string, measure: string, phase: string | undefined) => {
    let sum = 0
    for (let after: string | undefined; ; ) {
      const page = await explainMeasure(store, ask(plan, { measure, phase, after, limit: 5_000 }))
      for (const posting of page.postings) sum += posting.amount
      if (page.next === null) return { sum, total: page.postingsTotal }
      after = page.next
    }
  }
})

/** Scope in and out, work and cost: all of it stands in lines. Values of pools and of other techniques do not. */
const LINE_BACKED = [
  'actualCost',
  'current.actualCost',
  'hours.logged',
  'hours.unrated',
  'scope.added',
  'scope.removed',
  'scope.reestimated',
  'scope.movedIn',
  'scope.movedOut',
  'scope.done',
  'items.total',
  'items.done',
  'items.doing',
  'items.dropped',
  'items.unestimated',
]

const valueAt = (row: object, path: string): unknown =>
  path.split('.').reduce<unknown>((at, key) => (at === null ? null : (at as Record<string, unknown>)[key]), row)

const close = (actual: number | null, wanted: number | null, what: string): void => {
  if (wanted === null) expect(actual, what).toBeNull()
  else expect(actual, what).toBeCloseTo(wanted, 4)
}
