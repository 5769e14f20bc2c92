import { describe, expect, test } from 'vitest'
import { desiredActualLines, desiredLines } from '../../src/ledger/desired-lines.ts'
import { ledgerContext } from '../../src/ledger/ledger-context.ts'
import { settleLines } from '../../src/ledger/settle-lines.ts'
import { sumPostings } from '../../src/ledger/sum-postings.ts'
import { microMoney, moneyOf } from '../../src/model/amounts.ts'
import type { Fact } from '../../src/model/fact.ts'
import type { PlanDocument } from '../../src/model/plan.ts'
import type { DatedRate, Resource } from '../../src/model/resource.ts'
import { BUILD, LAUNCH, born, changed, item, phase, plan, state, told, worked } from './build.ts'

const rate = (from: string | null, amount: number): DatedRate => ({
  from,
  microPerHour: String(microMoney(amount, 'EUR')),
  currency: 'EUR',
})
const ana = (...rates: DatedRate[]): Resource => ({
  no: 4,
  id: 'ana',
  name: 'Ana',
  kind: 'person',
  rates,
  capacityHoursPerDay: 6,
  accounts: ['github:ana-k', 'jira:5b10'],
})
const withAna = (...rates: DatedRate[]) => plan([BUILD, LAUNCH], { resources: [ana(...rates)] })
const HOUR = 3600

/** Hours, cost in euro and unrated hours of each line of work. */
const work = (facts: readonly Fact[], of: PlanDocument) =>
  desiredLines(item(7, facts), ledgerContext(of))
    .filter(({ cause }) => cause === 'worked')
    .map(({ day, phaseNo, amounts }) => ({
      day,
      phaseNo,
      hours: amounts.seconds / HOUR,
      cost: moneyOf(amounts.cost, 'EUR'),
      unrated: amounts.unratedSeconds / HOUR,
    }))

describe('Hours stay in the phase where the work was done', () => {
  test('10 h of March stay in Build when the item moves to Launch in April', () => {
    const facts = [
      ...born('2026-03-02', 'build', 5),
      worked('2026-03-10', '1', 10 * HOUR, 'github:ana-k'),
      changed('2026-04-01', 'labels', ['launch']),
      worked('2026-04-10', '2', 2 * HOUR, 'jira:5b10'),
      state('2026-04-20', 'done'),
    ]
    expect(work(facts, withAna(rate(null, 95)))).toEqual([
      { day: '2026-03-10', phaseNo: 1, hours: 10, cost: 950, unrated: 0 },
      { day: '2026-04-10', phaseNo: 2, hours: 2, cost: 190, unrated: 0 },
    ])
  })

  test('work done before any phase held the item counts in the next one that does', () => {
    const facts = [
      ...born('2026-03-02', 'other', 5),
      worked('2026-03-03', '1', HOUR),
      changed('2026-03-05', 'labels', ['launch']),
    ]
    expect(work(facts, withAna())).toMatchObject([{ day: '2026-03-03', phaseNo: 2, unrated: 1 }])
  })

  test('work done after the last phase left it counts in that phase', () => {
    const facts = [
      ...born('2026-03-02', 'build', 5),
      changed('2026-03-05', 'labels', []),
      worked('2026-03-08', '1', HOUR),
    ]
    expect(work(facts, withAna())).toMatchObject([{ day: '2026-03-08', phaseNo: 1, hours: 1 }])
  })

  test('hours of an item that was deleted stay', () => {
    const facts = [
      ...born('2026-03-02', 'build', 5),
      worked('2026-03-03', '1', HOUR),
      changed('2026-03-05', 'presence', 'deleted'),
    ]
    expect(work(facts, withAna())).toHaveLength(1)
  })

  test('work on an item that no rule ever took has no line', () => {
    expect(work([...born('2026-03-02', 'other', 5), worked('2026-03-03', '1', HOUR)], withAna())).toEqual([])
  })
})

describe('Work costs the rate of its day', () => {
  const facts = [
    ...born('2026-05-01', 'build', 5),
    worked('2026-05-31', '1', 1000 * HOUR, 'github:ana-k'),
    worked('2026-06-01', '2', HOUR, 'github:ana-k'),
  ]

  test('a rate of 105 from June leaves the 1,000 h of May at 95,000', () => {
    expect(work(facts, withAna(rate(null, 95), rate('2026-06-01', 105))).map(({ cost }) => cost)).toEqual([95_000, 105])
  })

  test('40 h by an unknown person are 40 unrated hours, not zero cost', () => {
    const unknown = [...born('2026-05-01', 'build', 5), worked('2026-05-04', '1', 40 * HOUR, 'github:stranger')]
    expect(work(unknown, withAna(rate(null, 95)))).toMatchObject([{ hours: 40, cost: 0, unrated: 40 }])
  })

  test('a rate that is learned later re-enters the line on its own day', () => {
    const before = settleLines([], desiredLines(item(7, facts), ledgerContext(withAna())), 'facts')
    const news = settleLines(before, desiredLines(item(7, facts), ledgerContext(withAna(rate(null, 95)))), 'rates')
    expect(news.map(({ entry, day, reverses }) => ({ entry, day, reverses }))).toEqual([
      { entry: 'revalued', day: '2026-05-31', reverses: 2 },
      { entry: 'revalued', day: '2026-06-01', reverses: 3 },
      { entry: 'revalued', day: '2026-05-31', reverses: null },
      { entry: 'revalued', day: '2026-06-01', reverses: null },
    ])
    const may = sumPostings([...before, ...news]).find(({ day }) => day === '2026-05-31')
    expect(may?.amounts).toMatchObject({ seconds: 1000 * HOUR, unratedSeconds: 0, cost: microMoney(95_000, 'EUR') })
  })

  test('a worklog that was edited or deleted is corrected on its own day', () => {
    const of = withAna(rate(null, 95))
    const desired = (seconds: number | null) =>
      desiredLines(
        item(7, [...born('2026-05-01', 'build', 5), worked('2026-05-04', '1', seconds, 'jira:5b10')]),
        ledgerContext(of),
      )
    const before = settleLines([], desired(2 * HOUR), 'facts')
    const edited = settleLines(before, desired(3 * HOUR), 'facts')
    expect(edited.map(({ day, entry, amounts }) => [day, entry, amounts.seconds / HOUR])).toEqual([
      ['2026-05-04', 'corrected', -2],
      ['2026-05-04', 'corrected', 3],
    ])
    const deleted = settleLines([...before, ...edited], desired(null), 'facts')
    expect(deleted.map(({ day, entry, amounts }) => [day, entry, amounts.seconds / HOUR])).toEqual([
      ['2026-05-04', 'corrected', -3],
    ])
  })
})

describe('A phase says where its cost comes from', () => {
  const facts = [...born('2026-05-01', 'build', 5), worked('2026-05-04', '1', HOUR, 'github:ana-k')]
  const entered = (actualCost: 'logged' | 'entered' | 'both') => phase(1, 'build', { map: BUILD.map, actualCost })
  const invoice = { subject: 90, date: '2026-04-30', cost: 41_200, percent: null, units: null, note: 'invoice 17' }

  test.each([
    { actualCost: 'logged', logged: 95, invoiced: [] },
    { actualCost: 'entered', logged: 0, invoiced: ['2026-04-30 1 worked: cost +4120000'] },
    { actualCost: 'both', logged: 95, invoiced: ['2026-04-30 1 worked: cost +4120000'] },
  ] as const)('$actualCost: 1 h costs $logged, an invoice posts $invoiced', ({ actualCost, logged, invoiced }) => {
    const of = plan([entered(actualCost)], { resources: [ana(rate(null, 95))] })
    expect(work(facts, of)).toEqual([{ day: '2026-05-04', phaseNo: 1, hours: 1, cost: logged, unrated: 0 }])
    expect(desiredActualLines(entered(actualCost), invoice, of).map(told)).toEqual(invoiced)
  })

  test('percents and units post nothing', () => {
    expect(desiredActualLines(BUILD, { ...invoice, cost: null, percent: 35, units: 3 }, plan([BUILD]))).toEqual([])
  })
})
