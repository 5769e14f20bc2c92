import { describe, expect, test } from 'vitest'
import { desiredLines } from '../../src/ledger/desired-lines.ts'
import { type LedgerSubject, ledgerContext } from '../../src/ledger/ledger-context.ts'
import { settleLines } from '../../src/ledger/settle-lines.ts'
import { netFlow, sumPostings } from '../../src/ledger/sum-postings.ts'
import { sizeOf } from '../../src/model/amounts.ts'
import type { BalanceAmounts } from '../../src/model/posting.ts'
import { BUILD, LAUNCH, born, changed, item, phase, plan, state } from './build.ts'

const PLAN = plan([BUILD, LAUNCH])
const balances = (...subjects: LedgerSubject[]) =>
  sumPostings(subjects.flatMap((subject) => desiredLines(subject, ledgerContext(PLAN))))
const causes = ({ added, removed, reestimated, movedIn, movedOut }: BalanceAmounts) =>
  Object.fromEntries(
    Object.entries({ added, removed, reestimated, movedIn, movedOut })
      .filter(([, size]) => size !== 0n)
      .map(([name, size]) => [name, sizeOf(size)]),
  )

describe('Size is summed by what changed it', () => {
  test('each in its own column, as positive numbers', () => {
    const life = item(7, [
      ...born('2026-03-01', 'build', 5),
      changed('2026-03-02', 'points', 8),
      state('2026-03-03', 'done'),
      changed('2026-03-04', 'labels', ['launch']),
      state('2026-03-05', 'dropped'),
      state('2026-03-06', 'todo'),
      changed('2026-03-07', 'presence', 'deleted'),
    ])
    expect(balances(life).map(({ phaseNo, day, amounts }) => [phaseNo, day, causes(amounts)])).toEqual([
      [1, '2026-03-01', { added: 5 }],
      [1, '2026-03-02', { reestimated: 3 }],
      [1, '2026-03-03', {}],
      [1, '2026-03-04', { movedOut: 8 }],
      [2, '2026-03-04', { movedIn: 8 }],
      [2, '2026-03-05', { removed: 8 }],
      [2, '2026-03-06', { added: 8 }],
      [2, '2026-03-07', { removed: 8 }],
    ])
  })

  test('an item moved from Build to Launch is neither added to the plan nor removed from it', () => {
    const moved = balances(item(7, [...born('2026-03-01', 'build', 5), changed('2026-03-04', 'labels', ['launch'])]))
    const total = moved.filter(({ day }) => day === '2026-03-04').map(({ amounts }) => causes(amounts))
    expect(total).toEqual([{ movedOut: 5 }, { movedIn: 5 }])
  })

  test('a reversal reduces the column of its own cause', () => {
    const facts = [
      ...born('2026-03-01', 'build', 5),
      changed('2026-03-04', 'labels', ['launch']),
      state('2026-03-05', 'done'),
    ]
    const refiled = plan([phase(2, 'launch', { map: [{ label: ['build', 'launch'] }] })])
    const first = settleLines([], desiredLines(item(7, facts), ledgerContext(PLAN)), 'facts')
    const second = settleLines(first, desiredLines(item(7, facts), ledgerContext(refiled)), 'plan')
    const remembered = sumPostings([...first, ...second]).filter(
      ({ amounts }) => Object.keys(causes(amounts)).length > 0,
    )
    expect(remembered.map(({ phaseNo, day, amounts }) => [phaseNo, day, causes(amounts)])).toEqual([
      [2, '2026-03-01', { added: 5 }],
    ])
  })
})

describe('Completions are counted', () => {
  test('done, reopened, done: two completions and one reopening; the item is done once', () => {
    const sums = balances(
      item(7, [
        ...born('2026-03-01', 'build', 5),
        state('2026-03-02', 'done'),
        state('2026-03-10', 'todo'),
        state('2026-03-20', 'done'),
      ]),
    )
    expect(sums.map(({ day, amounts }) => [day, amounts.completed, amounts.reopened, amounts.done])).toEqual([
      ['2026-03-01', 0, 0, 0],
      ['2026-03-02', 1, 0, 1],
      ['2026-03-10', 0, 1, -1],
      ['2026-03-20', 1, 0, 1],
    ])
  })
  test('dropped and reopened is no reopening of done work', () => {
    const sums = balances(
      item(7, [...born('2026-03-01', 'build', 5), state('2026-03-02', 'dropped'), state('2026-03-10', 'todo')]),
    )
    expect(sums.map(({ amounts }) => amounts.reopened)).toEqual([0, 0, 0])
  })
})

describe('Current scope = baseline + added - removed + re-estimated + moved in - moved out - filled', () => {
  test('#9 (5 points), in since 02-20 and learned after the freeze of 03-01, is an addition though its day is earlier', () => {
    const known = [item(1, born('2026-02-01', 'build', 70)), item(2, born('2026-02-10', 'build', 50))]
    const late = item(9, born('2026-02-20', 'build', 5))
    const atFreeze = balances(...known).filter(({ day }) => day <= '2026-03-01')
    const now = balances(...known, late)
    const flow = (sums: typeof now) => sums.reduce((total, { amounts }) => total + sizeOf(netFlow(amounts)), 0)
    const current = now.reduce((total, { amounts }) => total + sizeOf(amounts.size), 0)
    const scopeAtFreeze = 120
    expect(flow(atFreeze)).toBe(scopeAtFreeze)
    expect(current).toBe(125)
    expect(current).toBe(scopeAtFreeze + (flow(now) - flow(atFreeze)))
  })
})
