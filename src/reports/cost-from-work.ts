import { costPerSize, estimateFromDays, estimateFromWork } from '../measures/estimate-at-completion.ts'
import { sizeOf } from '../model/amounts.ts'
import { workingDays } from '../model/calendar.ts'
import { type Known, known, unknown } from '../model/reason.ts'
import { addDays } from '../model/time.ts'
import type { PhasePart } from './phase-part.ts'
import type { RowTerms } from './row-terms.ts'

/** What a phase will have cost if the work that is left costs what such work has cost so far. */
export const costFromWork = (part: PhasePart, { unit, hasBaseline, calendar, asOf }: RowTerms): Known => {
  if (!hasBaseline) return unknown('noBaseline')
  if (part.actualCost.because !== null) return part.actualCost
  const actualCost = unit.number(part.actualCost.value)
  const budget = unit.number(part.value)
  const { record } = part.frozen ?? {}
  if (part.levelOfEffort && record?.start && record.finish) {
    const daysLeft = record.finish > asOf ? workingDays(calendar, addDays(asOf, 1), record.finish) : 0
    const days = workingDays(calendar, record.start, record.finish)
    return estimateFromDays({ actualCost, daysLeft, costPerDay: days > 0 ? budget / days : 0 })
  }
  const { current } = part.scope
  if (current.because !== null) return current
  const remaining = sizeOf(current.value - part.work.doneSize)
  if (current.value === 0n) return withoutItems(part, actualCost, budget)
  const rate = costPerSize({
    actualCost,
    doneSize: sizeOf(part.work.doneSize),
    completions: part.work.completed - part.work.reopened,
    budget,
    scope: sizeOf(record?.scope ?? 0n),
  })
  return rate.because === null ? estimateFromWork({ actualCost, remaining, costPerSize: rate.value }) : rate
}

/** No items: what has not been earned yet still costs what was budgeted. */
const withoutItems = (part: PhasePart, actualCost: number, budget: number): Known => {
  if (part.value === 0n) return known(actualCost)
  if (part.earnedValue.because !== null) return part.earnedValue
  return known(actualCost + budget * (1 - Number(part.earnedValue.value) / Number(part.value)))
}
