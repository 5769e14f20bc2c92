import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Phase, PlanDocument } from '../../src/model/plan.ts'
import { freezeBaseline } from '../../src/plan/freeze-baseline.ts'
import { planVariance } from '../../src/reports/plan-variance.ts'
import { listBaselineItems } from '../../src/store/baseline-items.ts'
import { listBaselines } from '../../src/store/baselines.ts'
import { rows } from '../../src/store/database.ts'
import { BUILD, LAUNCH, born, changed, childOf, phase, plan, state, worked } from '../ledger/build.ts'
import { learn, newPlan, newSource, pulledItem, writePlan } from '../settle/books.ts'
import { type TestStore, eachDatabase, openTestStore } from '../support/databases.ts'

const linear = (amount: number) => ({ amount, spread: { kind: 'linear' as const } })
const build = (change: Partial<Phase> = {}): Phase => ({
  ...BUILD,
  start: '2026-03-02',
  finish: '2026-06-26',
  budget: linear(180_000),
  ...change,
})
const ana = {
  no: 1,
  id: 'ana',
  name: 'Ana',
  kind: 'person' as const,
  rates: [{ from: null, microPerHour: String(9_500n * 1_000_000n), currency: 'EUR' }],
  capacityHoursPerDay: null,
  accounts: ['github:ana'],
}

eachDatabase((kind) => {
  let store: TestStore
  let source: number
  let planNo: number
  beforeAll(async () => {
    store = await openTestStore(kind)
  })
  beforeEach(async () => {
    source = await newSource(store)
  })
  afterEach(() => store.truncate())
  afterAll(() => store.close())

  const setUp = async (phases: readonly Phase[], change: Partial<PlanDocument> = {}) => {
    planNo = await newPlan(store, plan(phases, { resources: [ana], ...change }))
  }
  const know = (day: string, ...items: Parameters<typeof pulledItem>[]) =>
    learn(
      store,
      source,
      items.map((item) => pulledItem(...item)),
      `${day}T20:00:00.000Z`,
    )
  const freeze = (asOf: string | undefined, on: string, change = {}) =>
    freezeBaseline(store, {
      plan: 'checkout',
      reason: 'approved',
      asOf,
      actor: 'test',
      now: new Date(`${on}T21:00:00Z`),
      ...change,
    })
  const report = (asOf: string, change: { knownAt?: string; baseline?: number } = {}) =>
    planVariance(store, { plan: 'checkout', asOf, now: new Date('2026-12-01T00:00:00Z'), ...change })
  const row = async (id: string, asOf: string) => (await report(asOf)).rows.find((each) => each.id === id)!
  const itemValues = async (number: number) =>
    (await listBaselineItems(store.db, planNo, number, {})).map((item) => Number(item.value) / 100_000_000)

  test('an item earns its share of the freeze, whatever its estimate does later', async () => {
    await setUp([build({ size: 120 })])
    await know('2026-03-01', [7, born('2026-03-01', 'build', 5)])
    await freeze('2026-03-01', '2026-03-01')
    await know('2026-04-10', [
      7,
      [...born('2026-03-01', 'build', 5), changed('2026-03-20', 'points', 8), state('2026-04-10', 'done')],
    ])
    const { total } = await report('2026-04-30')
    expect(total).toMatchObject({
      earnedValue: 7_500,
      budgetAtCompletion: 180_000,
      scope: { baseline: 120, reestimated: 3, current: 123, done: 8 },
    })
  })

  test('the open pool is earned by what comes, not in the order in which it came', async () => {
    await setUp([build({ size: 120 })])
    await freeze('2026-02-28', '2026-02-28')
    const a = [1, born('2026-03-02', 'build', 100)] as const
    const b = [2, [...born('2026-03-05', 'build', 40), state('2026-03-06', 'done')]] as const
    await know('2026-03-10', [...a], [...b])
    const before = (await report('2026-03-15')).total
    expect(before).toMatchObject({
      earnedValue: 60_000,
      scope: { baseline: 120, filled: 120, added: 140, current: 140 },
    })
    await know('2026-03-20', [3, born('2026-03-01', 'build', 30)])
    expect((await report('2026-03-15')).total).toMatchObject({
      earnedValue: 60_000,
      scope: { baseline: 120, filled: 120, added: 170, current: 170 },
    })
  })

  test('the columns of scope add up when an old item is learned of late, and when one moves', async () => {
    await setUp([build(), LAUNCH])
    await know('2026-03-01', [1, born('2026-02-20', 'build', 60)], [2, born('2026-02-20', 'build', 60)])
    await freeze('2026-03-01', '2026-03-01')
    await know('2026-04-02', [9, born('2026-02-20', 'build', 5)])
    await know('2026-04-03', [2, [...born('2026-02-20', 'build', 60), changed('2026-04-01', 'labels', ['launch'])]])
    const { total, rows: phases } = await report('2026-04-10')
    expect(total.scope).toMatchObject({ baseline: 120, added: 5, removed: 0, movedIn: 60, movedOut: 60, current: 125 })
    expect(phases.map(({ id, scope }) => [id, scope.added, scope.movedIn, scope.movedOut, scope.current])).toEqual([
      ['build', 5, 0, 60, 65],
      ['launch', 0, 60, 0, 60],
    ])
  })

  describe('a second baseline', () => {
    const four = (done: readonly number[]) =>
      [1, 2, 3, 4].map(
        (id) =>
          [id, [...born('2026-02-01', 'build', 100), ...(done.includes(id) ? [state('2026-02-20', 'done')] : [])]] as [
            number,
            ReturnType<typeof born>,
          ],
      )
    /** 40 working days, 20 of them by the end of February. */
    const dates = { start: '2026-02-02', finish: '2026-03-27' }
    const rebudget = (amount: number, change: Partial<Phase> = {}) =>
      writePlan(
        store,
        planNo,
        plan([build({ ...dates, budget: linear(amount), ...change })]),
        '2026-03-02T08:00:00.000Z',
      )
    beforeEach(async () => {
      await setUp([build({ ...dates, budget: linear(400) })])
      await know('2026-02-01', ...four([]))
      await freeze('2026-02-01', '2026-02-01')
      await know('2026-02-25', ...four([1]))
    })

    test('leaves closed days as they were: what was earned is carried, the rest is shared anew', async () => {
      const before = (await report('2026-02-28')).total
      expect(before).toMatchObject({ plannedValue: 200, earnedValue: 100, scheduleVariance: -100 })
      await rebudget(800)
      await freeze('2026-02-28', '2026-03-03')
      expect(await itemValues(2)).toEqual([100, 233.33333334, 233.33333333, 233.33333333])
      const closed = await report('2026-02-28')
      expect([closed.baseline!.number, closed.total.scheduleVariance]).toEqual([1, -100])
      const asked = await report('2026-02-28', { baseline: 2 })
      expect([asked.total.plannedValue, asked.total.earnedValue, asked.total.scheduleVariance]).toEqual([
        200, 100, -100,
      ])
      const open = await report('2026-03-02')
      expect(open.baseline!.number).toBe(2)
      expect(open.total).toMatchObject({ plannedValue: 230, earnedValue: 100, budgetAtCompletion: 800 })
    })

    test('is refused when it is worth less than what was earned, when it looks ahead, and without a reason', async () => {
      await rebudget(99)
      await expect(freeze('2026-02-28', '2026-03-03')).rejects.toMatchObject({ name: 'Fault', kind: 'invalid' })
      await expect(freeze('2026-03-04', '2026-03-03')).rejects.toMatchObject({ kind: 'invalid' })
      await expect(freeze('2026-02-28', '2026-03-03', { reason: ' ' })).rejects.toMatchObject({ kind: 'invalid' })
      await expect(freeze('2026-02-28', '2026-03-03', { plan: 'nobody' })).rejects.toMatchObject({ kind: 'notFound' })
      expect(await listBaselines(store.db, planNo, {})).toHaveLength(1)
    })

    test('cannot begin before the one that it follows', async () => {
      await freeze('2026-02-28', '2026-03-03')
      await expect(freeze('2026-02-28', '2026-03-03')).rejects.toMatchObject({ kind: 'invalid' })
      expect((await freeze('2026-03-01', '2026-03-03')).number).toBe(3)
    })

    test('keeps what a pool had earned', async () => {
      await writePlan(store, planNo, plan([build({ ...dates, budget: linear(400), size: 400 })]))
      const outside = [5, [...born('2026-02-10', 'build', 80), state('2026-02-20', 'done')]] as [
        number,
        ReturnType<typeof born>,
      ]
      await know('2026-02-26', outside)
      await freeze('2026-02-28', '2026-03-03', { reason: 'with room' })
      expect((await report('2026-03-02')).total.earnedValue).toBe((await report('2026-02-28')).total.earnedValue)
    })
  })

  test('money stays where the work was done, value where it was budgeted', async () => {
    await setUp([
      build({ budget: linear(50_000) }),
      { ...LAUNCH, start: '2026-03-02', finish: '2026-06-26', size: 40, budget: linear(40_000) },
    ])
    const facts = [...born('2026-03-01', 'build', 5), worked('2026-03-10', 'a', 36_000, 'github:ana')]
    await know('2026-03-01', [7, born('2026-03-01', 'build', 5)])
    await freeze('2026-03-01', '2026-03-01')
    await know('2026-04-20', [7, [...facts, changed('2026-04-01', 'labels', ['launch']), state('2026-04-20', 'done')]])
    const { rows: phases } = await report('2026-04-30')
    expect(
      phases.map(({ id, actualCost, earnedValue, items, scope }) => [
        id,
        actualCost,
        earnedValue,
        items.done,
        scope.filled,
      ]),
    ).toEqual([
      ['build', 950, 50_000, 0, 0],
      ['launch', 0, 0, 1, 0],
    ])
    expect((await row('build', '2026-03-31')).actualCost).toBe(950)
  })

  describe('a listed item', () => {
    beforeEach(() => setUp([build({ budget: linear(30_000) })]))
    const epic = [1, born('2026-03-01', 'build', 20)] as [number, ReturnType<typeof born>]
    const part = (id: number, points: number, done: boolean) =>
      [
        id,
        [
          ...born('2026-03-10', 'build', points),
          childOf('2026-03-10', 1),
          ...(done ? [state('2026-03-20', 'done')] : []),
        ],
      ] as [number, ReturnType<typeof born>]

    test('that gets children earns by them, and they are no additions', async () => {
      await know('2026-03-01', epic)
      await freeze('2026-03-01', '2026-03-01')
      await know('2026-03-21', epic, part(2, 3, true), part(3, 5, false))
      expect((await report('2026-03-31')).total).toMatchObject({
        earnedValue: 11_250,
        scope: { baseline: 20, added: 0, reestimated: -12, filled: 0, current: 8, done: 3 },
      })
      await know('2026-03-22', part(3, 5, true))
      expect((await report('2026-03-31')).total.earnedValue).toBe(30_000)
    })

    test('that is deleted after it was done stays done; before that it leaves scope, and no budget leaves with it', async () => {
      await know('2026-03-01', epic, [4, born('2026-03-01', 'build', 10)])
      await freeze('2026-03-01', '2026-03-01')
      await know('2026-04-10', [1, [...epic[1], state('2026-04-10', 'done')]])
      await learn(store, source, [], '2026-06-10T00:00:00.000Z', [
        { externalId: 'id-1', presence: 'deleted' },
        { externalId: 'id-4', presence: 'deleted' },
      ])
      expect((await report('2026-06-30')).total).toMatchObject({
        earnedValue: 20_000,
        budgetAtCompletion: 30_000,
        items: { total: 1, done: 1 },
        scope: { baseline: 30, removed: 10, current: 20, done: 20 },
      })
    })
  })

  describe('nested phases', () => {
    const child = (no: number, id: string, amount: number) =>
      phase(no, id, {
        parent: 'build',
        level: 1,
        start: '2026-03-02',
        finish: '2026-03-31',
        budget: linear(amount),
        map: [{ label: [id] }],
      })

    test('a parent’s budget includes its children’s; what is left is its own', async () => {
      await setUp([build({ budget: linear(180_000) }), child(2, 'api', 60_000), child(3, 'page', 60_000)])
      await freeze('2026-03-01', '2026-03-01')
      const found = await report('2026-03-01')
      expect(found.rows.map(({ id, budgetAtCompletion }) => [id, budgetAtCompletion])).toEqual([
        ['build', 180_000],
        ['api', 60_000],
        ['page', 60_000],
      ])
      expect(found.total.budgetAtCompletion).toBe(180_000)
    })

    test('children above their parent cannot be frozen', async () => {
      await setUp([build({ budget: linear(100_000) }), child(2, 'api', 60_000), child(3, 'page', 60_000)])
      await expect(freeze('2026-03-01', '2026-03-01')).rejects.toMatchObject({ name: 'Fault', kind: 'invalid' })
      expect(await listBaselines(store.db, planNo, {})).toEqual([])
    })
  })

  test('level of effort does not colour the judgement: 0.89 as a sum, judged by 0.80', async () => {
    const effort = phase(2, 'lead', {
      start: '2026-03-02',
      finish: '2026-03-31',
      budget: linear(40_000),
      progress: { kind: 'level-of-effort' },
    })
    await setUp([build({ finish: '2026-03-31', budget: linear(50_000) }), effort])
    const items = [1, 2, 3, 4, 5].map(
      (id) =>
        [id, [...born('2026-03-01', 'build', 1), ...(id < 5 ? [state('2026-03-20', 'done')] : [])]] as [
          number,
          ReturnType<typeof born>,
        ],
    )
    await know(
      '2026-03-01',
      ...items.map(([id]) => [id, born('2026-03-01', 'build', 1)] as [number, ReturnType<typeof born>]),
    )
    await freeze('2026-03-01', '2026-03-01')
    await know('2026-03-21', ...items)
    const { total } = await report('2026-03-31')
    expect([total.earnedValue, total.plannedValue]).toEqual([80_000, 90_000])
    expect(total.schedulePerformanceIndex).toBeCloseTo(0.8889, 4)
    expect(total.judged!.schedulePerformanceIndex).toBe(0.8)
    expect(total.judged!.share).toBeCloseTo(50_000 / 90_000, 10)
  })

  test('a phase of which nothing is known blanks the sum only once something was planned of it', async () => {
    await setUp([
      build({ finish: '2026-08-31' }),
      { ...LAUNCH, start: '2026-09-01', finish: '2026-09-30', budget: linear(10_000) },
    ])
    await know('2026-03-01', [1, born('2026-03-01', 'build', 5)])
    expect((await freeze('2026-03-01', '2026-03-01')).phasesWithoutScope).toEqual(['launch'])
    expect((await report('2026-08-31')).total.earnedValue).toBe(0)
    const { total, rows: phases } = await report('2026-09-01')
    expect([total.earnedValue, total.undefinedBecause.earnedValue]).toEqual([null, 'partsUnknown'])
    expect(phases.map(({ undefinedBecause }) => undefinedBecause.earnedValue)).toEqual([undefined, 'noBaselineScope'])
    expect(total.judged!.earnedValue).toBe(0)
  })

  describe('techniques without items', () => {
    const progress = (kind: '0/100' | '50/50' | 'milestones' | 'units' | 'manual', change: Partial<Phase> = {}) =>
      build({ budget: linear(1_000), progress: { kind }, ...change })
    const entry = (date: string, given: object) => ({
      subject: 900,
      date,
      cost: null,
      percent: null,
      units: null,
      note: null,
      ...given,
    })

    test('0/100 stays earned when an item comes after the finish', async () => {
      await setUp([progress('0/100')])
      await know('2026-03-01', [1, born('2026-03-01', 'build', 5)])
      await freeze('2026-03-01', '2026-03-01')
      await know('2026-04-01', [1, [...born('2026-03-01', 'build', 5), state('2026-04-01', 'done')]])
      await know('2026-04-10', [2, born('2026-04-10', 'build', 5)])
      expect((await report('2026-04-30')).total.earnedValue).toBe(1_000)
      expect((await report('2026-03-31')).total.earnedValue).toBe(0)
    })

    test('50/50 earns half when the first listed item is started', async () => {
      await setUp([progress('50/50')])
      const two = (first: ReturnType<typeof born>) =>
        [
          [1, first],
          [2, born('2026-03-01', 'build', 1)],
        ] as [number, ReturnType<typeof born>][]
      await know('2026-03-01', ...two(born('2026-03-01', 'build', 9)))
      await freeze('2026-03-01', '2026-03-01')
      await know('2026-04-01', ...two([...born('2026-03-01', 'build', 9), state('2026-04-01', 'doing')]))
      expect([(await report('2026-03-31')).total.earnedValue, (await report('2026-04-01')).total.earnedValue]).toEqual([
        0, 500,
      ])
    })

    test('milestones earn their weights, units their share, a percentage what was entered last', async () => {
      const milestone = (id: string, weight: number, actual: string | null) => ({
        id,
        name: id,
        date: '2026-04-01',
        weight,
        actual,
        tracker: null,
      })
      await setUp([
        progress('milestones', { milestones: [milestone('a', 0.4, '2026-04-02'), milestone('b', 0.6, null)] }),
        { ...progress('units', { unitsTotal: 8, actuals: [entry('2026-04-03', { units: 2 })] }), no: 2, id: 'units' },
        {
          ...progress('manual', {
            actuals: [entry('2026-04-03', { percent: 30 }), entry('2026-04-10', { percent: 35 })],
          }),
          no: 3,
          id: 'manual',
        },
        {
          ...progress('manual'),
          no: 4,
          id: 'follows',
          progress: { kind: 'apportioned', phase: 'manual', factor: 0.5 },
        },
      ])
      await freeze('2026-03-01', '2026-03-01')
      const { rows: phases } = await report('2026-04-30')
      expect(phases.map(({ id, earnedValue }) => [id, earnedValue])).toEqual([
        ['build', 400],
        ['units', 250],
        ['manual', 350],
        ['follows', 175],
      ])
    })
  })

  test('what was frozen cannot be changed, and its hash covers it', async () => {
    await setUp([build({ size: 120 })])
    await know('2026-03-01', [7, born('2026-03-01', 'build', 5)])
    await freeze('2026-03-01', '2026-03-01')
    const [frozen] = await listBaselines(store.db, planNo, {})
    expect(frozen!.hash).toMatch(/^[0-9a-f]{64}$/)
    for (const statement of [
      `update baselines set name = 'other'`,
      `update baseline_items set value_micro = 0`,
      `delete from baselines`,
      `delete from baseline_items`,
    ])
      await expect(rows(store.db, sql.raw(statement))).rejects.toThrow(/insert-only/)
    await writePlan(store, planNo, plan([build({ size: 60, budget: linear(1) })]), '2026-04-01T00:00:00.000Z')
    expect(await listBaselines(store.db, planNo, {})).toEqual([frozen])
  })

  test('before its freeze nobody knew of a baseline, whatever status date is asked for', async () => {
    await setUp([build({ size: 120 })])
    await know('2026-03-01', [7, born('2026-03-01', 'build', 5)])
    await freeze('2026-03-01', '2026-04-15')
    const early = await report('2026-04-30', { knownAt: '2026-04-01T00:00:00.000Z' })
    expect([early.baseline, early.total.earnedValue, early.total.undefinedBecause.earnedValue]).toEqual([
      null,
      null,
      'noBaseline',
    ])
    expect((await report('2026-02-01')).baseline!.number).toBe(1)
    await expect(report('2026-04-30', { knownAt: '2026-02-01T00:00:00.000Z' })).rejects.toThrow('notKnownYet')
    await expect(report('2026-04-30', { baseline: 2 })).rejects.toMatchObject({ kind: 'notFound' })
    await expect(report('2027-04-30')).rejects.toMatchObject({ kind: 'invalid' })
  })

  test('the audit trail names the freeze', async () => {
    await setUp([build({ size: 120 })])
    await freeze('2026-03-01', '2026-03-01')
    const [entry] = await rows<{ action: string; subject: string; actor: string }>(store.db, sql`select * from audit`)
    expect(entry).toMatchObject({ action: 'frozen', subject: 'baseline/checkout/1', actor: 'test' })
  })
})
