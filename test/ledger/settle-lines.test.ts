import { describe, expect, test } from 'vitest'
import { desiredLines } from '../../src/ledger/desired-lines.ts'
import { ledgerContext } from '../../src/ledger/ledger-context.ts'
import { type NewLine, netLines, settleLines } from '../../src/ledger/settle-lines.ts'
import type { Fact } from '../../src/model/fact.ts'
import { BUILD, LAUNCH, born, changed, item, phase, plan, state, told } from './build.ts'

const PLAN = plan([BUILD, LAUNCH])
const desired = (facts: readonly Fact[], of = PLAN) => desiredLines(item(7, facts), ledgerContext(of))
const toldNew = (line: NewLine) =>
  `${line.seq} ${line.entry}${line.reverses === null ? '' : ` takes back ${line.reverses}`}: ${told(line)}`

describe('Settling appends what the ledger lacks', () => {
  const first = born('2026-03-01', 'build', null)
  const three = changed('2026-03-02', 'points', 3)
  const five = changed('2026-03-03', 'points', 5)

  test('facts in order: one line each', () => {
    expect(settleLines([], desired([...first, three, five]), 'facts').map(toldNew)).toEqual([
      '1 fact: 2026-03-01 1 added: items +1, unestimated +1, size +1',
      '2 fact: 2026-03-02 1 estimated: unestimated -1, size +2',
      '3 fact: 2026-03-03 1 estimated: size +2',
    ])
  })

  test('a late fact takes the line back that it contradicts, and the net is the same', () => {
    const before = settleLines([], desired([...first, five]), 'facts')
    const news = settleLines(before, desired([...first, three, five]), 'facts')
    expect(news.map(toldNew)).toEqual([
      '3 corrected takes back 2: 2026-03-03 1 estimated: unestimated +1, size -4',
      '4 fact: 2026-03-02 1 estimated: unestimated -1, size +2',
      '5 corrected: 2026-03-03 1 estimated: size +2',
    ])
    expect(netLines([...before, ...news]).map(told)).toEqual([
      '2026-03-01 1 added: items +1, unestimated +1, size +1',
      '2026-03-02 1 estimated: unestimated -1, size +2',
      '2026-03-03 1 estimated: size +2',
    ])
  })

  test('settling twice writes nothing', () => {
    const wanted = desired([...first, three, five])
    expect(settleLines(settleLines([], wanted, 'facts'), wanted, 'facts')).toEqual([])
  })

  test('a new rule re-files the past: same day, same cause, other phase', () => {
    const facts = [...born('2026-03-02', 'build', 5), state('2026-03-10', 'done')]
    const refiled = plan([phase(2, 'launch', { map: [{ label: ['build'] }] })])
    const before = settleLines([], desired(facts), 'facts')
    expect(settleLines(before, desired(facts, refiled), 'plan').map(toldNew)).toEqual([
      '3 remapped takes back 1: 2026-03-02 1 added: items -1, size -5',
      '4 remapped takes back 2: 2026-03-10 1 completed: done -1, doneSize -5',
      '5 remapped: 2026-03-02 2 added: items +1, size +5',
      '6 remapped: 2026-03-10 2 completed: done +1, doneSize +5',
    ])
  })
})
