import { desiredActualLines, desiredLines } from '../../src/ledger/desired-lines.ts'
import { ledgerContext } from '../../src/ledger/ledger-context.ts'
import { listScope } from '../../src/ledger/list-scope.ts'
import { priceBaseline } from '../../src/ledger/price-baseline.ts'
import { addBalances, sumPostings } from '../../src/ledger/sum-postings.ts'
import { earnedByItems } from '../../src/measures/earned-by-items.ts'
import { percentComplete } from '../../src/measures/percent-complete.ts'
import { performance } from '../../src/measures/performance.ts'
import { plannedCurve, plannedValueOn } from '../../src/measures/planned-value.ts'
import { scopeRoll } from '../../src/measures/scope.ts'
import { actualTime, workingCurve } from '../../src/measures/working-curve.ts'
import { type Micro, microMoney, moneyOf, sizeOf } from '../../src/model/amounts.ts'
import { MONDAY_TO_FRIDAY } from '../../src/model/calendar.ts'
import { NO_BALANCE } from '../../src/model/posting.ts'
import { type Known, known, unknown } from '../../src/model/reason.ts'
import { born, changed, item, phase, plan, state, told, worked } from '../ledger/build.ts'

const ASOF = '2026-03-06'
const START = '2026-03-02'
const FROZEN = '2026-03-01'
const ACCOUNT = 'jira:ana'

const ana = {
  no: 1,
  id: 'ana',
  name: 'Ana',
  kind: 'person' as const,
  rates: [{ from: null, microPerHour: String(microMoney(80, 'EUR')), currency: 'EUR' }],
  capacityHoursPerDay: null,
  accounts: [ACCOUNT],
}
const invoice = { subject: 9, date: '2026-03-05', cost: 1800, percent: null, units: null, note: 'invoice' }
const build = phase(1, 'build', {
  start: START,
  finish: '2026-03-13',
  size: 20,
  budget: { amount: 10_000, spread: { kind: 'linear' } },
  map: [{ label: ['build'] }],
  actuals: [invoice],
})
const checkout = plan([build], { resources: [ana] })

const before = '2026-02-20'
const items = [
  // A: 5 points, re-estimated to 8, done
  item(1, [
    ...born(before, 'build', 5),
    changed('2026-03-03', 'points', 8),
    worked('2026-03-04', 'w1', 40 * 3600, ACCOUNT),
    state('2026-03-05', 'done'),
  ]),
  // B: 3 points, still open
  item(2, born(before, 'build', 3)),
  // C: 4 points, dropped
  item(3, [...born(before, 'build', 4), state('2026-03-04', 'dropped')]),
  // D: 4 points, came later, done
  item(4, [...born('2026-03-04', 'build', 4), state('2026-03-06', 'done')]),
  // E: 6 points, came later, open
  item(5, born('2026-03-05', 'build', 6)),
]

/** Items A and D of the example as lines of the ledger: day, cause, what was added. */
export const exampleLines = (): readonly string[] => {
  const { context } = frozen()
  return [items[0]!, items[3]!].flatMap((subject) => desiredLines(subject, context).map(told))
}

/** The worked example of docs/numbers.md, computed by the ledger and the measures: symbol → number. */
export const workedExample = (): ReadonlyMap<string, number | null> => {
  const { record, listed, context } = frozen()
  const lines = [
    ...items.flatMap((subject) => desiredLines(subject, context)),
    ...desiredActualLines(build, invoice, checkout),
  ]
  const sums = (book: number, until: string) =>
    sumPostings(lines)
      .filter((balance) => balance.book === book && balance.day <= until)
      .map(({ amounts }) => amounts)
      .reduce(addBalances, NO_BALANCE)
  const [work, earnings, counted] = [sums(0, ASOF), sums(1, ASOF), sums(0, FROZEN)]
  const curve = plannedCurve({
    value: record.value,
    start: START,
    finish: build.finish!,
    spread: build.budget!.spread,
    calendar: MONDAY_TO_FRIDAY,
  })
  const roll = scopeRoll({
    baseline: record.scope === null ? unknown('noBaselineScope') : known(record.scope),
    flows: {
      added: work.added - counted.added,
      removed: work.removed - counted.removed,
      reestimated: work.reestimated - counted.reestimated,
      movedIn: work.movedIn - counted.movedIn,
      movedOut: work.movedOut - counted.movedOut,
    },
    poolSize: record.poolSize,
    outside: earnings.size,
    presentSize: work.size,
  })
  const euro = (micro: Micro): number => moneyOf(micro, 'EUR')
  const inEuro = (value: Known<Micro>): Known => (value.because === null ? known(euro(value.value)) : value)
  const { measures } = performance({
    plannedValue: known(euro(plannedValueOn(curve, ASOF))),
    earnedValue: inEuro(earnedByItems({ ...record, listedEarned: earnings.earned, outsideDone: earnings.outside })),
    actualCost: known(euro(work.cost)),
    budgetAtCompletion: known(euro(record.value)),
    fromWork: unknown('noPace'),
    time: {
      curve: workingCurve(curve, MONDAY_TO_FRIDAY, euro),
      actualTime: actualTime(MONDAY_TO_FRIDAY, START, ASOF, null),
    },
  })
  const shareOf = (subject: number): number => euro(listed.get(subject)!.value)
  return new Map<string, number | null>([
    ['share of A', shareOf(1)],
    ['share of B', shareOf(2)],
    ['share of C', shareOf(3)],
    ['share of the pool', euro(record.poolValue)],
    ['BAC', measures.budgetAtCompletion.value],
    ['PV', measures.plannedValue.value],
    ['EV', measures.earnedValue.value],
    ['AC', measures.actualCost.value],
    ['SV', measures.scheduleVariance.value],
    ['CV', measures.costVariance.value],
    ['SPI', measures.schedulePerformanceIndex.value],
    ['CPI', measures.costPerformanceIndex.value],
    ['EAC', measures.estimateAtCompletion.value],
    ['VAC', measures.varianceAtCompletion.value],
    ['TCPI', measures.toCompletePerformanceIndex.value],
    ['ES', measures.earnedSchedule.value],
    ['SV(t)', measures.timeVariance.value],
    ['SPI(t)', measures.timePerformanceIndex.value],
    ['baseline scope', roll.baseline.value === null ? null : sizeOf(roll.baseline.value)],
    ['added', sizeOf(roll.added)],
    ['removed', sizeOf(roll.removed)],
    ['re-estimated', sizeOf(roll.reestimated)],
    ['filled', roll.filled.value === null ? null : sizeOf(roll.filled.value)],
    ['current scope', roll.current.value === null ? null : sizeOf(roll.current.value)],
    ['size of the items', sizeOf(work.size)],
    ['% complete', percentComplete(sizeOf(work.doneSize), sizeOf(roll.current.value ?? 0n)).value],
  ])
}

const frozen = () => {
  const priced = priceBaseline(checkout, listScope(items, ledgerContext(checkout), FROZEN), null)
  const listed = new Map(priced.items.map(({ subject, phaseNo, value }) => [subject, { phaseNo, value }]))
  const baseline = { number: 1, zone: 'UTC', firstDay: null, items: listed, plan: checkout }
  return { record: priced.phases[0]!, listed, context: ledgerContext(checkout, [baseline]) }
}
