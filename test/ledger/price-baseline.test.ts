import { describe, expect, test } from 'vitest'
import { carryOver } from '../../src/ledger/carry-over.ts'
import { ledgerContext } from '../../src/ledger/ledger-context.ts'
import { type ScopeItem, listScope } from '../../src/ledger/list-scope.ts'
import { type CarriedItem, priceBaseline } from '../../src/ledger/price-baseline.ts'
import { type Micro, microMoney, microSize, moneyOf, sizeOf } from '../../src/model/amounts.ts'
import type { Phase, ProgressTechnique } from '../../src/model/plan.ts'
import { BUILD, born, changed, childOf, item, phase, plan, state } from './build.ts'
import { familyOf } from './family.ts'

const euro = (amount: number): Micro => microMoney(amount, 'EUR')
const budget = (amount: number): Phase['budget'] => ({ amount, spread: { kind: 'linear' } })
const listed = (subject: number, size: number, done = false, phaseNo = 1): ScopeItem => ({
  subject,
  phaseNo,
  size: microSize(size),
  estimated: true,
  done,
})
const told = (phases: readonly Phase[], scope: readonly ScopeItem[], carried: readonly CarriedItem[] | null = null) => {
  const priced = priceBaseline(plan(phases), scope, carried)
  return {
    phases: priced.phases.map(({ phaseNo, value, scope: own, poolSize, poolValue }) => ({
      phaseNo,
      value: moneyOf(value, 'EUR'),
      scope: own === null ? null : sizeOf(own),
      pool: [sizeOf(poolSize), moneyOf(poolValue, 'EUR')],
    })),
    items: priced.items.map(({ subject, value }) => [subject, moneyOf(value, 'EUR')]),
  }
}

describe('The budget of a phase is shared by its listed items and its open pool', () => {
  test('5 of 120 points of 180,000 are worth 7,500, whatever they are estimated later', () => {
    const build = phase(1, 'build', { size: 120, budget: budget(180_000) })
    expect(told([build], [listed(7, 5)])).toEqual({
      phases: [{ phaseNo: 1, value: 180_000, scope: 120, pool: [115, 172_500] }],
      items: [[7, 7500]],
    })
  })

  test('items beyond the stated size are the scope', () => {
    const build = phase(1, 'build', { size: 10, budget: budget(900) })
    expect(told([build], [listed(1, 10), listed(2, 20)])).toEqual({
      phases: [{ phaseNo: 1, value: 900, scope: 30, pool: [0, 0] }],
      items: [
        [1, 300],
        [2, 600],
      ],
    })
  })

  test('100 euro by three are shared exactly, to the last millionth of a cent', () => {
    const { items } = priceBaseline(
      plan([phase(1, 'build', { budget: budget(100) })]),
      [listed(1, 1), listed(2, 1), listed(3, 1)],
      null,
    )
    expect(items.map(({ value }) => value)).toEqual([3_333_333_334n, 3_333_333_333n, 3_333_333_333n])
  })

  test('items without any size share evenly', () => {
    expect(told([phase(1, 'build', { budget: budget(100) })], [listed(1, 0), listed(2, 0)]).items).toEqual([
      [1, 50],
      [2, 50],
    ])
  })

  test('neither items nor a size: the budget is there, the scope is not known', () => {
    expect(told([phase(1, 'build', { budget: budget(100) })], []).phases).toEqual([
      { phaseNo: 1, value: 100, scope: null, pool: [0, 0] },
    ])
  })

  test('without any budget a phase is worth its scope, in points', () => {
    const priced = priceBaseline(plan([phase(1, 'build', { size: 8 })]), [listed(1, 5)], null)
    expect(priced.valueUnit).toBe('points')
    expect(priced.phases[0]).toMatchObject({ value: microSize(8), poolValue: microSize(3) })
    expect(priced.items[0]?.value).toBe(microSize(5))
  })

  test.each<ProgressTechnique['kind']>(['milestones', 'manual', 'level-of-effort', '0/100', '50/50', 'units'])(
    'progress %s: items are listed for their size and earn nothing by themselves',
    (kind) => {
      const progress = { kind } as ProgressTechnique
      expect(told([phase(1, 'build', { size: 8, budget: budget(100), progress })], [listed(1, 5)])).toEqual({
        phases: [{ phaseNo: 1, value: 100, scope: 8, pool: [3, 0] }],
        items: [[1, 0]],
      })
    },
  )
})

describe("A phase's figures include its children's", () => {
  const parent = (amount: number | null, size: number | null = null) =>
    phase(1, 'build', { budget: amount === null ? null : budget(amount), size })
  const child = (no: number, amount: number | null, size: number | null = null) =>
    phase(no, `child-${no}`, { parent: 'build', level: 1, budget: amount === null ? null : budget(amount), size })

  test('180k with children of 60k and 60k keeps 60k for itself: the total is 180k', () => {
    const { phases } = told([parent(180_000), child(2, 60_000), child(3, 60_000)], [])
    expect(phases.map(({ value }) => value)).toEqual([60_000, 60_000, 60_000])
  })
  test('without a figure it is the sum of its children, and keeps nothing for itself', () => {
    const { phases } = told([parent(null), child(2, 60_000), child(3, 60_000)], [])
    expect(phases.map(({ value }) => value)).toEqual([0, 60_000, 60_000])
  })
  test('children above their parent are an error that says what to do', () => {
    expect(() => told([parent(100), child(2, 60), child(3, 60)], [])).toThrow(/phase=build.*raise it or lower theirs/)
    expect(() => told([parent(100, 10), child(2, 60, 6), child(3, 20, 6)], [])).toThrow(/larger size/)
  })
  test('the rest of a stated size belongs to the parent itself', () => {
    const { phases } = told([parent(300, 100), child(2, 100, 40), child(3, 100)], [listed(1, 25, false, 3)])
    expect(phases.map(({ scope }) => scope)).toEqual([35, 40, 25])
  })
})

describe('A second baseline prices what is left, never what was earned', () => {
  const build = phase(1, 'build', { budget: budget(800) })
  const scope = [listed(1, 100, true), listed(2, 100), listed(3, 100), listed(4, 100)]

  test('a is done and carries 100 into a budget of 800; b, c and d share 700', () => {
    expect(told([build], scope, [{ subject: 1, phaseNo: 1, value: euro(100) }]).items).toEqual([
      [1, 100],
      [2, 233.33333334],
      [3, 233.33333333],
      [4, 233.33333333],
    ])
  })
  test('a budget below what was earned is refused', () => {
    expect(() =>
      told([phase(1, 'build', { budget: budget(99) })], scope, [{ subject: 1, phaseNo: 1, value: euro(100) }]),
    ).toThrow(/less than what has been earned: phase=build/)
  })
  test('what the pool had earned is carried by the done items that filled it, by size', () => {
    const done = [listed(1, 10, true), listed(2, 30, true), listed(3, 5), listed(4, 10, true)]
    const filledBy = new Map([
      [2, microSize(30)],
      [4, microSize(10)],
    ])
    const carried = carryOver(done, [{ subject: 1, phaseNo: 1, value: euro(50) }], new Map([[1, euro(40)]]), filledBy)
    expect(told([build], done, carried).items).toEqual([
      [1, 50],
      [2, 30],
      [3, 710],
      [4, 10],
    ])
  })
  test('what a split item had earned is carried by its done children, not by items that earned their own', () => {
    const done = [listed(1, 5, true), listed(7, 3, true), listed(8, 4, true), listed(9, 5)]
    const earned = [
      { subject: 1, phaseNo: 1, value: euro(125) },
      { subject: 6, phaseNo: 1, value: euro(56) },
    ]
    const carried = carryOver(done, earned, new Map([[1, euro(100)]]), new Map([[8, microSize(4)]]))
    expect(told([build], done, carried).items.slice(0, 3)).toEqual([
      [1, 125],
      [7, 56],
      [8, 100],
    ])
  })
  test('a done item that moved is paid for by the phase that had budgeted it; its size counts where it is', () => {
    const moved = [
      { ...listed(1, 100, true), phaseNo: 2 },
      { ...listed(2, 100), phaseNo: 2 },
    ]
    const carried = carryOver(moved, [{ subject: 1, phaseNo: 1, value: euro(90) }], new Map())
    expect(carried).toEqual([{ subject: 1, phaseNo: 1, value: euro(90) }])
    const phases = [phase(1, 'build', { budget: budget(90) }), phase(2, 'launch', { budget: budget(50) })]
    const priced = priceBaseline(plan(phases), moved, carried)
    const items = priced.items.map(({ subject, phaseNo, value }) => [subject, phaseNo, value])
    expect(items).toEqual([
      [1, 1, euro(90)],
      [2, 2, euro(50)],
    ])
    expect(priced.phases.map(({ value, carried: kept, scope }) => [value, kept, scope])).toEqual([
      [euro(90), euro(90), null],
      [euro(50), 0n, microSize(200)],
    ])
  })

  test('done work that has left the plan goes on earning, and weighs nothing', () => {
    const carried = carryOver([listed(2, 100)], [{ subject: 1, phaseNo: 1, value: euro(100) }], new Map())
    const { phases, items } = told([build], [listed(2, 100)], carried)
    expect(items).toEqual([
      [2, 700],
      [1, 100],
    ])
    expect(phases[0]?.scope).toBe(100)
  })
})

describe('The list of a baseline is the work in scope at the end of its work day', () => {
  const PLAN = plan([BUILD], { zone: 'Europe/Berlin' })
  const subjects = [
    item(1, born('2026-03-01', 'build', 5)),
    item(2, [...born('2026-03-01', 'build', 3), state('2026-03-05', 'done')]),
    item(3, [...born('2026-03-01', 'build', null)]),
    item(4, [...born('2026-03-01', 'build', 8), state('2026-03-04', 'dropped')]),
    item(5, [...born('2026-03-01', 'build', 8), changed('2026-03-04', 'presence', 'deleted')]),
    item(6, born('2026-03-01', 'other', 8)),
    item(7, born('2026-03-01', 'build', 20)),
    item(8, [...born('2026-03-02', 'build', 13), childOf('2026-03-02', 7)]),
    item(9, [
      ...born('2026-03-01', 'build', 2),
      state('2026-03-03', 'done'),
      changed('2026-03-04', 'presence', 'archived'),
    ]),
    item(10, born('2026-03-05T22:59:59.999Z', 'build', 1)),
    item(11, born('2026-03-05T23:00:00.000Z', 'build', 1)),
  ]
  const list = (workDay: string) =>
    listScope(subjects, ledgerContext(PLAN, [], familyOf(subjects)), workDay).map(
      ({ subject, size, estimated, done }) =>
        [`#${subject}`, sizeOf(size), estimated ? '' : 'unestimated', done ? 'done' : '']
          .filter((word) => word !== '')
          .join(' '),
    )

  test('without dropped, deleted, unmapped and containers; with what was done before it was archived', () => {
    expect(list('2026-03-05')).toEqual(['#1 5', '#2 3 done', '#3 1 unestimated', '#8 13', '#9 2 done', '#10 1'])
  })
  test('as it stood then, though more is known now', () => {
    expect(list('2026-03-01')).toEqual(['#1 5', '#2 3', '#3 1 unestimated', '#4 8', '#5 8', '#7 20', '#9 2'])
  })
})
