import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { PlanDocument } from '../../src/model/plan.ts'
import { freezeBaseline } from '../../src/plan/freeze-baseline.ts'
import { planItems } from '../../src/reports/plan-items.ts'
import { planVariance } from '../../src/reports/plan-variance.ts'
import { portfolioReport } from '../../src/reports/portfolio.ts'
import { appendPull } from '../../src/store/pulls.ts'
import { BUILD, LAUNCH, born, phase, plan, state } from '../ledger/build.ts'
import { learn, newPlan, newSource, pulledItem } from '../settle/books.ts'
import { type TestStore, eachDatabase, openTestStore } from '../support/databases.ts'
import { expectRules } from './report-rules.ts'

const NOW = new Date('2026-04-30T12:00:00Z')
const dated = { start: '2026-03-02', finish: '2026-05-29' }

eachDatabase((kind) => {
  let store: TestStore
  let source: number
  beforeAll(async () => {
    store = await openTestStore(kind)
  })
  beforeEach(async () => {
    source = await newSource(store)
  })
  afterEach(() => store.truncate())
  afterAll(() => store.close())

  const setUp = (document: PlanDocument) => newPlan(store, document)
  const know = (...items: Parameters<typeof pulledItem>[]) =>
    learn(
      store,
      source,
      items.map((item) => pulledItem(...item)),
      '2026-03-20T00:00:00.000Z',
    )
  const freeze = (id = 'checkout') =>
    freezeBaseline(store, {
      plan: id,
      reason: 'approved',
      asOf: '2026-03-01',
      actor: 'test',
      now: new Date('2026-03-01T12:00:00Z'),
    })
  const report = async (change = {}) => {
    const found = await planVariance(store, { plan: 'checkout', asOf: '2026-04-30', now: NOW, ...change })
    expectRules(found)
    return found
  }
  const read = (minute: number, error: string | null, reason: 'poll' | 'hint' = 'poll') => {
    const at = `2026-04-30T11:0${minute}:00.000Z`
    const pull = { sourceNo: source, reason, startedAt: at, endedAt: at, items: 1, changed: 0, missing: 0, calls: 1 }
    return appendPull(store.db, { ...pull, error, errorKind: error === null ? null : 'unavailable' })
  }

  test('a plan without phases has a total of nothing, and says so', async () => {
    await setUp(plan([]))
    const { rows, total } = await report()
    expect([rows, total.items.total, total.earnedValue, total.undefinedBecause.earnedValue]).toEqual([
      [],
      0,
      null,
      'noBaseline',
    ])
    await freeze()
    expect((await report()).total.items.total).toBe(0)
  })

  test('a plan without items has phases that hold nothing', async () => {
    await setUp(plan([{ ...BUILD, ...dated, budget: { amount: 100, spread: { kind: 'linear' } } }]))
    await freeze()
    const { total } = await report()
    expect([total.earnedValue, total.undefinedBecause.earnedValue]).toEqual([null, 'noBaselineScope'])
    expect([total.actualCost, total.plannedValue! > 0]).toEqual([0, true])
    expect((await planItems(store, { plan: 'checkout', now: NOW })).items).toEqual([])
  })

  test('without a baseline nothing is measured against one, and what is done is told all the same', async () => {
    await setUp(plan([{ ...BUILD, ...dated }]))
    await know(
      [1, [...born('2026-03-02', 'build', 3), state('2026-03-10', 'done')]],
      [2, born('2026-03-02', 'build', 5)],
    )
    const { baseline, total } = await report()
    expect(baseline).toBeNull()
    expect([total.scope.done, total.items.done, total.plannedStart]).toEqual([3, 1, '2026-03-02'])
    for (const key of [
      'plannedValue',
      'earnedValue',
      'budgetAtCompletion',
      'scheduleVariance',
      'baselineStart',
      'timeVariance',
    ])
      expect(total.undefinedBecause[key], key).toBe('noBaseline')
    expect(total.status).toBe('unknown')
  })

  test('a plan without money is measured in its unit', async () => {
    await setUp(plan([{ ...BUILD, ...dated, size: 16 }], { currency: null }))
    await freeze()
    await know(
      [1, [...born('2026-03-02', 'build', 3), state('2026-03-10', 'done')]],
      [2, born('2026-03-02', 'build', 5)],
    )
    const { valueUnit, currency, total } = await report()
    expect([valueUnit, currency, total.budgetAtCompletion, total.earnedValue]).toEqual(['points', null, 16, 3])
    expect([total.actualCost, total.undefinedBecause.actualCost]).toEqual([null, 'noBudget'])
    expect((await planItems(store, { plan: 'checkout', now: NOW })).items.map(({ cost }) => cost)).toEqual([null, null])
  })

  test('work that is slower than planned moves its successor’s expected finish, in working days', async () => {
    const after = [{ phase: 'build', type: 'FS' as const, lagDays: 0 }]
    const launch = {
      ...LAUNCH,
      start: '2026-06-01',
      finish: '2026-06-12',
      size: 10,
      after,
      budget: { amount: 100, spread: { kind: 'linear' as const } },
    }
    await setUp(plan([{ ...BUILD, ...dated, budget: { amount: 900, spread: { kind: 'linear' } } }, launch]))
    const items = (done: number) =>
      Array.from(
        { length: 20 },
        (_, id): Parameters<typeof pulledItem> => [
          id + 1,
          [...born('2026-03-01', 'build', 1), ...(id < done ? [state('2026-03-10', 'done')] : [])],
        ],
      )
    await know(...items(0))
    await freeze()
    await know(...items(6))
    const { rows, total } = await report({ asOf: '2026-04-30' })
    expect(rows[0]!.expectedFinish! > '2026-05-29').toBe(true)
    expect(rows[1]!.expectedFinish! > rows[0]!.expectedFinish!).toBe(true)
    expect(total.expectedFinish).toBe(rows[1]!.expectedFinish)
    expect(total.finishVarianceDays).toBeGreaterThan(15)
    expect(total.statusBecause.join(' ')).toContain('Expected to finish')
  })

  describe('trust', () => {
    beforeEach(() => setUp(plan([{ ...BUILD, map: [{ source: ['web'], label: ['build'] }] }])))

    test('says what limits it: items that no rule takes, items without an estimate, a source that is gone', async () => {
      await know([1, born('2026-03-02', 'build', null)], [2, born('2026-03-02', 'other', 5)])
      const { trust } = await report()
      expect(trust).toMatchObject({
        level: 'poor',
        mapped: 1,
        unmapped: 1,
        unestimated: 1,
        itemsSeen: 2,
        settling: false,
      })
      expect(trust.remarks).toEqual([
        'acme/web has never been read to its end: let a sync finish.',
        '1 of 2 items are taken by no rule: map them or leave their source out.',
        '1 of 1 items are not estimated and count 1 each.',
      ])
    })

    test('of a past revision is read from the log as it stood then', async () => {
      await know([1, born('2026-03-02', 'build', 3)])
      await read(1, null)
      await read(2, 'github: down')
      const at = (minute: number) => report({ knownAt: `2026-04-30T11:0${minute}:30.000Z` })
      expect((await at(0)).trust).toMatchObject({ level: 'poor', lastPollAt: null })
      expect((await at(1)).trust).toMatchObject({ level: 'good', lastPollAt: '2026-04-30T11:01:00.000Z', remarks: [] })
      expect((await at(2)).trust).toMatchObject({ level: 'limited', remarks: ['acme/web: github: down'] })
      await read(3, null)
      expect((await at(2)).trust.level).toBe('limited')
    })

    test('a look at single items is no reading of the source', async () => {
      await know([1, born('2026-03-02', 'build', 3)])
      await read(1, null, 'hint')
      expect((await report({ knownAt: '2026-04-30T11:02:00.000Z' })).trust).toMatchObject({
        level: 'poor',
        lastPollAt: null,
      })
    })
  })

  test('items are found by state, phase and words, page by page', async () => {
    await setUp(
      plan([
        BUILD,
        { ...LAUNCH, parent: null },
        phase(3, 'inner', { parent: 'build', level: 1, map: [{ label: ['inner'] }] }),
      ]),
    )
    await know(
      [1, born('2026-03-02', 'build', 3)],
      [2, [...born('2026-03-02', 'inner', null), state('2026-03-10', 'doing')]],
      [3, born('2026-03-02', 'launch', 5)],
      [4, born('2026-03-02', 'none', 1)],
    )
    const ask = async (change: object) => {
      const page = await planItems(store, { plan: 'checkout', asOf: '2026-04-30', now: NOW, ...change })
      return [page.items.map(({ key }) => key.split('#')[1]), page.next !== null]
    }
    expect(await ask({})).toEqual([['1', '2', '3'], false])
    expect(await ask({ limit: 2 })).toEqual([['1', '2'], true])
    expect(await ask({ phase: 'build' })).toEqual([['1', '2'], false])
    expect(await ask({ state: 'doing' })).toEqual([['2'], false])
    expect(await ask({ unestimated: true })).toEqual([['2'], false])
    expect(await ask({ unmapped: true })).toEqual([['4'], false])
    expect(await ask({ search: 'web#3' })).toEqual([['3'], false])
    await expect(ask({ phase: 'nobody' })).rejects.toMatchObject({ kind: 'notFound' })
  })

  test('plans in different units have no sum, and an item in two plans is told as overlap', async () => {
    await setUp(plan([{ ...BUILD, ...dated, budget: { amount: 100, spread: { kind: 'linear' } } }]))
    await setUp(plan([{ ...BUILD, ...dated, size: 5 }], { id: 'second', currency: null }))
    await freeze()
    await freeze('second')
    await know([1, born('2026-03-02', 'build', 3)])
    const { plans, total, overlap } = await portfolioReport(store, { asOf: '2026-04-30', now: NOW })
    expect(plans.map(({ id, valueUnit }) => [id, valueUnit])).toEqual([
      ['checkout', 'EUR'],
      ['second', 'points'],
    ])
    expect([total.plannedValue, total.undefinedBecause.plannedValue, overlap.items]).toEqual([
      null,
      'mixedCurrencies',
      1,
    ])
    expect((await portfolioReport(store, { now: NOW, knownAt: '2026-02-01T00:00:00.000Z' })).plans).toEqual([])
  })
})
