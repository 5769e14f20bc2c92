import { performance } from '../../src/measures/performance.ts'
import { type Known, REASONS, type Reason, known, unknown } from '../../src/model/reason.ts'

/**
 * Why a measure can be unknown although everything that it is made of is known. What follows from planned value, earned
 * value, cost and budget is found out by trying; the others read books, dates and entries, and are listed.
 *
 * @param id key path of the report
 * @throws Error for a measure that is neither
 */
export const ownReasons = (id: string): readonly Reason[] => {
  const reasons = tried.get(id) ?? LISTED[id]
  if (!reasons) throw new Error(`test/house/own-reasons.ts: say when ${id} is unknown`)
  return reasons
}

const LISTED: Readonly<Record<string, readonly Reason[]>> = {
  plannedValue: ['noBaseline'],
  earnedValue: ['noBaseline', 'noBaselineScope', 'noInput', 'budgetZero', 'partsUnknown'],
  actualCost: ['unratedHours', 'noBudget', 'partsUnknown'],
  budgetAtCompletion: ['noBaseline'],
  'estimates.fromWork': ['noBaseline', 'noBaselineScope', 'partsUnknown'],
  'hours.logged': [],
  'hours.unrated': [],
  'judged.share': ['budgetZero'],
  expectedFinish: ['noPace', 'partsUnknown'],
  finishVarianceDays: ['noBaseline', 'noDates'],
  totalFloatDays: ['alreadyFinished', 'noLinks', 'noPace', 'partsUnknown'],
  critical: ['alreadyFinished', 'noLinks', 'noPace', 'partsUnknown'],
  status: [],
  percentComplete: ['noSize'],
  'scope.baseline': ['noBaseline', 'unitChanged', 'partsUnknown'],
  'scope.filled': ['noBaseline', 'unitChanged', 'partsUnknown'],
  ...Object.fromEntries(
    ['added', 'removed', 'reestimated', 'movedIn', 'movedOut', 'current', 'done'].map((key) => [`scope.${key}`, []]),
  ),
  ...Object.fromEntries(
    ['total', 'done', 'doing', 'todo', 'dropped', 'unestimated'].map((key) => [`items.${key}`, []]),
  ),
}

const AMOUNTS = [known(0), known(40), known(100), known(120)]
/** What an unknown input is unknown for: not the measure's own reason. */
const INHERITED = unknown('notForecast')

const tryAll = (): ReadonlyMap<string, readonly Reason[]> => {
  const found = new Map<string, Set<Reason>>()
  const note = (id: string, value: Known<unknown>): void => {
    const reasons = found.get(id) ?? new Set()
    found.set(id, reasons)
    if (value.because !== null && value.because !== INHERITED.because) reasons.add(value.because)
  }
  const times = [
    null,
    { curve: [0, 0], actualTime: 1 },
    { curve: [50, 100], actualTime: 0 },
    { curve: [50, 100], actualTime: 1 },
  ]
  for (const plannedValue of AMOUNTS)
    for (const earnedValue of AMOUNTS)
      for (const actualCost of [...AMOUNTS, INHERITED])
        for (const budgetAtCompletion of [known(0), known(100)])
          for (const time of times) {
            const result = performance({
              plannedValue,
              earnedValue,
              actualCost,
              budgetAtCompletion,
              fromWork: INHERITED,
              time,
            })
            for (const [id, value] of Object.entries(result.measures)) if (!(id in LISTED)) note(id, value)
            for (const [id, value] of Object.entries(result.estimates))
              if (!(`estimates.${id}` in LISTED)) note(`estimates.${id}`, value)
          }
  const order = Object.keys(REASONS)
  return new Map(
    [...found].map(([id, reasons]) => [id, [...reasons].sort((a, b) => order.indexOf(a) - order.indexOf(b))]),
  )
}

const tried = tryAll()
