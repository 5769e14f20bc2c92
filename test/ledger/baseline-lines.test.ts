import { describe, expect, test } from 'vitest'
import { desiredLines } from '../../src/ledger/desired-lines.ts'
import { type LedgerBaseline, type LedgerSubject, ledgerContext } from '../../src/ledger/ledger-context.ts'
import { sumPostings } from '../../src/ledger/sum-postings.ts'
import { microMoney, microSize, moneyOf, sizeOf } from '../../src/model/amounts.ts'
import type { Fact } from '../../src/model/fact.ts'
import type { PlanDocument } from '../../src/model/plan.ts'
import { BUILD, LAUNCH, born, changed, childOf, item, plan, state, told } from './build.ts'
import { familyOf } from './family.ts'

const PLAN = plan([BUILD, LAUNCH])

/** Baseline 1 lists items by number with their value in euro, all in Build. */
const baseline = (values: Record<number, number>, given: Partial<LedgerBaseline> = {}): LedgerBaseline => ({
  number: 1,
  zone: 'UTC',
  firstDay: null,
  plan: PLAN,
  items: new Map(
    Object.entries(values).map(([subject, euro]) => [Number(subject), { phaseNo: 1, value: microMoney(euro, 'EUR') }]),
  ),
  ...given,
})

const linesOf = (subjects: readonly LedgerSubject[], baselines: readonly LedgerBaseline[], of: PlanDocument = PLAN) => {
  const context = ledgerContext(of, baselines, familyOf(subjects))
  return subjects.flatMap((subject) => desiredLines(subject, context))
}
/** What baseline 1 lets each phase earn, event by event: day, phase, cause, euro. */
const earned = (subjects: readonly LedgerSubject[], baselines: readonly LedgerBaseline[]) =>
  linesOf(subjects, baselines)
    .filter(({ amounts }) => amounts.earned !== 0n)
    .map(({ day, phaseNo, cause, amounts }) => `${day} ${phaseNo} ${cause} ${moneyOf(amounts.earned, 'EUR')}`)
/** What comes from outside the list of baseline 1, by phase: size in scope and size completed. */
const outside = (subjects: readonly LedgerSubject[], baselines: readonly LedgerBaseline[]) =>
  Object.fromEntries(
    sumPostings(
      linesOf(subjects, baselines)
        .filter(({ book, amounts }) => book === 1 && amounts.earned === 0n)
        .map((line) => ({ ...line, day: 'ever' })),
    ).map(({ phaseNo, amounts }) => [phaseNo, { size: sizeOf(amounts.size), outside: sizeOf(amounts.outside) }]),
  )

describe('A listed item earns its frozen value on the day it is done', () => {
  test('re-estimated from 5 to 8 it earns 7,500 as frozen, not 12,000', () => {
    const seven = item(7, [
      ...born('2026-03-02', 'build', 5),
      changed('2026-03-05', 'points', 8),
      state('2026-03-10', 'done'),
    ])
    expect(earned([seven], [baseline({ 7: 7500 })])).toEqual(['2026-03-10 1 completed 7500'])
  })

  test('reopened it gives it back, done again it earns it again', () => {
    const seven = item(7, [
      ...born('2026-03-02', 'build', 5),
      state('2026-03-10', 'done'),
      state('2026-03-12', 'doing'),
      state('2026-03-15', 'done'),
    ])
    expect(earned([seven], [baseline({ 7: 7500 })])).toEqual([
      '2026-03-10 1 completed 7500',
      '2026-03-12 1 reopened -7500',
      '2026-03-15 1 completed 7500',
    ])
  })

  test('two baselines side by side are two values in two books', () => {
    const seven = item(7, [...born('2026-03-02', 'build', 5), state('2026-03-10', 'done')])
    const lines = linesOf(
      [seven],
      [baseline({ 7: 7500 }), baseline({ 7: 9000 }, { number: 2, firstDay: '2026-03-05' })],
    )
    expect(lines.filter(({ book }) => book > 0).map(told)).toEqual([
      'book 1 2026-03-10 1 completed: done +1, earned +750000',
      'book 2 2026-03-10 1 completed: done +1, earned +900000',
    ])
  })

  test('listed in Build, moved to Launch on 04-01, done there on 04-20: Build earns, and no pool is filled', () => {
    const seven = item(7, [
      ...born('2026-03-02', 'build', 5),
      changed('2026-04-01', 'labels', ['launch']),
      state('2026-04-20', 'done'),
    ])
    expect(earned([seven], [baseline({ 7: 7500 })])).toEqual(['2026-04-20 1 completed 7500'])
    expect(outside([seven], [baseline({ 7: 7500 })])).toEqual({})
  })

  test('done on 04-10 and deleted in a June clean-up, it keeps what it earned', () => {
    const seven = item(7, [
      ...born('2026-03-02', 'build', 5),
      state('2026-04-10', 'done'),
      changed('2026-06-01', 'presence', 'deleted'),
    ])
    expect(earned([seven], [baseline({ 7: 7500 })])).toEqual(['2026-04-10 1 completed 7500'])
  })

  test('deleted or dropped before it was done it earns nothing', () => {
    const deleted = item(7, [...born('2026-03-02', 'build', 5), changed('2026-06-01', 'presence', 'deleted')])
    const dropped = item(8, [...born('2026-03-02', 'build', 5), state('2026-06-01', 'dropped')])
    expect(earned([deleted, dropped], [baseline({ 7: 7500, 8: 7500 })])).toEqual([])
  })

  test('finished work that leaves the plan later keeps what it earned', () => {
    const seven = item(7, [
      ...born('2026-03-02', 'build', 5),
      state('2026-04-10', 'done'),
      changed('2026-05-01', 'labels', []),
    ])
    expect(earned([seven], [baseline({ 7: 7500 })])).toEqual(['2026-04-10 1 completed 7500'])
  })

  test('on the day in the zone of the baseline, whatever the plan says now', () => {
    const seven = item(7, [...born('2026-03-02', 'build', 5), state('2026-03-10T23:30:00.000Z', 'done')])
    const lines = linesOf([seven], [baseline({ 7: 7500 }, { zone: 'Europe/Berlin' })])
    expect(lines.filter(({ cause }) => cause === 'completed').map(({ book, day }) => [book, day])).toEqual([
      [0, '2026-03-10'],
      [1, '2026-03-11'],
    ])
  })
})

describe('A listed item that is split earns by its children', () => {
  const epic = item(20, born('2026-03-01', 'build', 20))
  const child = (subject: number, points: number, ...more: Fact[]) =>
    item(subject, [...born('2026-03-10', 'build', points), childOf('2026-03-10', 20), ...more])

  test('an epic of 20 points and 30,000 gets children of 3 and 5: the 3 done earn 11,250, both done earn all', () => {
    const three = child(3, 3, state('2026-03-20', 'done'))
    const five = child(5, 5, state('2026-04-20', 'done'))
    expect(earned([epic, three, five], [baseline({ 20: 30_000 })])).toEqual([
      '2026-03-20 1 completed 11250',
      '2026-04-20 1 completed 18750',
    ])
  })

  test('its children are no additions and fill no pool: the split is shown as such', () => {
    const subjects = [epic, child(3, 3), child(5, 5, state('2026-04-20', 'done'))]
    expect(outside(subjects, [baseline({ 20: 30_000 })])).toEqual({})
    expect(
      linesOf(subjects, [baseline({ 20: 30_000 })])
        .filter(({ book }) => book === 0)
        .map(told),
    ).toEqual([
      '2026-03-01 1 added: items +1, size +20',
      '2026-03-10 1 split: items -1, size -20',
      '2026-03-10 1 split: items +1, size +3',
      '2026-03-10 1 split: items +1, size +5',
      '2026-04-20 1 completed: done +1, doneSize +5',
    ])
  })

  test('detail may lower what a done epic had earned, and says so', () => {
    const done = item(20, [...epic.facts, state('2026-03-05', 'done')])
    expect(earned([done, child(3, 3, state('2026-03-20', 'done')), child(5, 5)], [baseline({ 20: 30_000 })])).toEqual([
      '2026-03-05 1 completed 30000',
      '2026-03-10 1 split -30000',
      '2026-03-20 1 completed 11250',
    ])
  })

  test('grandchildren count, their parent does not', () => {
    const story = child(3, 3, state('2026-03-11', 'done'))
    const task = item(31, [...born('2026-03-15', 'build', 1), childOf('2026-03-15', 3), state('2026-03-20', 'done')])
    const other = item(32, [...born('2026-03-15', 'build', 3), childOf('2026-03-15', 3)])
    expect(earned([epic, story, task, other], [baseline({ 20: 30_000 })])).toEqual([
      '2026-03-11 1 completed 30000',
      '2026-03-15 1 reopened -30000',
      '2026-03-20 1 completed 7500',
    ])
    expect(outside([epic, story, task, other], [baseline({ 20: 30_000 })])).toEqual({})
  })

  test('when its last child leaves the plan it counts itself again', () => {
    const only = child(3, 3, state('2026-03-20', 'dropped'))
    expect(
      linesOf([epic, only], [baseline({ 20: 30_000 })])
        .filter(({ book, day }) => book === 0 && day === '2026-03-20')
        .map(told),
    ).toEqual(['2026-03-20 1 split: items +1, size +20', '2026-03-20 1 dropped: items -1, dropped +1, size -3'])
  })

  test('a child outside the plan does not make it a container', () => {
    const elsewhere = item(3, [...born('2026-03-10', 'other', 3), childOf('2026-03-10', 20)])
    expect(linesOf([epic, elsewhere], []).map(told)).toEqual(['2026-03-01 1 added: items +1, size +20'])
  })

  test('parents that form a circle are cut, not followed for ever', () => {
    const a = item(1, [...born('2026-03-01', 'build', 1), childOf('2026-03-02', 2)])
    const b = item(2, [...born('2026-03-01', 'build', 2), childOf('2026-03-02', 1)])
    expect(linesOf([a, b], [baseline({})]).length).toBeGreaterThan(0)
    expect(
      linesOf([b, a], [baseline({})])
        .map(told)
        .sort(),
    ).toEqual(
      linesOf([a, b], [baseline({})])
        .map(told)
        .sort(),
    )
  })
})

describe('What no list holds comes from outside', () => {
  test('b (40) arrives beside a (100): both fill, and only b is done, whatever c says later', () => {
    const a = item(1, born('2026-03-02', 'build', 100))
    const b = item(2, [...born('2026-03-05', 'build', 40), state('2026-03-06', 'done')])
    const c = item(3, born('2026-03-01', 'build', 30))
    expect(outside([a, b], [baseline({})])).toEqual({ 1: { size: 140, outside: 40 } })
    expect(outside([c, b, a], [baseline({})])).toEqual({ 1: { size: 170, outside: 40 } })
  })

  test('it counts at its size when completed, though it is re-estimated afterwards', () => {
    const a = item(1, [
      ...born('2026-03-02', 'build', 5),
      state('2026-03-06', 'done'),
      changed('2026-03-09', 'points', 8),
    ])
    expect(outside([a], [baseline({})])).toEqual({ 1: { size: 8, outside: 5 } })
  })

  test('reopened it takes its completed size back', () => {
    const a = item(1, [
      ...born('2026-03-02', 'build', 5),
      state('2026-03-06', 'done'),
      changed('2026-03-09', 'points', 8),
      state('2026-03-10', 'todo'),
    ])
    expect(outside([a], [baseline({})])).toEqual({ 1: { size: 8, outside: 0 } })
  })

  test('it is in the phase that it is in', () => {
    const a = item(1, [
      ...born('2026-03-02', 'build', 5),
      changed('2026-03-04', 'labels', ['launch']),
      state('2026-03-06', 'done'),
    ])
    expect(outside([a], [baseline({})])).toEqual({ 1: { size: 0, outside: 0 }, 2: { size: 5, outside: 5 } })
  })

  test('below a listed item it is neither, from the day it is put there, also when its own parent is put there', () => {
    const epic = item(20, born('2026-03-01', 'build', 20))
    const story = item(21, [...born('2026-03-01', 'build', 8), childOf('2026-03-20', 20)])
    const task = item(22, [...born('2026-03-02', 'build', 3), childOf('2026-03-02', 21)])
    const lines = linesOf([epic, story, task], [baseline({ 20: 30_000 })])
    expect(lines.filter(({ book, amounts }) => book === 1 && amounts.size !== 0n).map(told)).toEqual([
      'book 1 2026-03-01 1 added: size +8',
      'book 1 2026-03-02 1 split: size -8',
      'book 1 2026-03-02 1 added: size +3',
      'book 1 2026-03-20 1 split: size -3',
    ])
  })

  test('sizes are told in the unit of the baseline', () => {
    const a = item(1, [...born('2026-03-02', 'build', 5), changed('2026-03-02', 'estimateSeconds', 7200)])
    const hours = baseline({}, { plan: plan([BUILD], { unit: 'hours' }) })
    expect(linesOf([a], [hours]).map(told)).toEqual([
      '2026-03-02 1 added: items +1, size +5',
      'book 1 2026-03-02 1 added: size +2',
    ])
  })

  test('it has neither cost nor hours in the book of a baseline', () => {
    const a = item(1, [...born('2026-03-02', 'build', 5), state('2026-03-06', 'done')])
    const book = sumPostings(linesOf([a], [baseline({})])).filter((day) => day.book === 1)
    expect(
      book.map(({ day, amounts }) => [day, amounts.size, amounts.outside, amounts.doneSize, amounts.items]),
    ).toEqual([
      ['2026-03-02', microSize(5), 0n, 0n, 0],
      ['2026-03-06', 0n, microSize(5), 0n, 0],
    ])
  })
})
