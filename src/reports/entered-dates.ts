import { type Phase, type ProgressTechnique, reachedOn } from '../model/plan.ts'
import type { IsoDate } from '../model/time.ts'

/** When a phase that does not progress by items began and was done, by what was entered or reached. */
export interface EnteredDates {
  /** The first day on which some of it was done. */
  readonly started: IsoDate | null
  /** The day since which all of it has been done. */
  readonly finished: IsoDate | null
}

/**
 * Reads the days from the per cents or units entered, or from the milestones reached, up to a status date. Costs that
 * are entered afterwards, and entries that repeat what was said, move neither.
 *
 * @example 40 % entered on 2026-03-06, 100 % on 2026-03-13, an invoice on 2026-04-30: started 03-06, finished 03-13
 */
export const enteredDates = ({ kind }: ProgressTechnique, phase: Phase, asOf: IsoDate): EnteredDates => {
  if (kind === 'milestones') return ofMilestones(phase, asOf)
  if (kind === 'manual') return ofAmounts(phase, 'percent', 100, asOf)
  if (kind === 'units' && phase.unitsTotal !== null) return ofAmounts(phase, 'units', phase.unitsTotal, asOf)
  return { started: null, finished: null }
}

const ofMilestones = ({ milestones }: Phase, asOf: IsoDate): EnteredDates => {
  const reached = milestones.map(reachedOn).filter((date) => date !== null && date <= asOf)
  const days = [...reached].sort()
  return { started: days[0] ?? null, finished: (days.length === milestones.length && days.at(-1)) || null }
}

const ofAmounts = (phase: Phase, key: 'percent' | 'units', whole: number, asOf: IsoDate): EnteredDates => {
  const entries = phase.actuals.filter((entry) => entry[key] !== null && entry.date <= asOf)
  const inOrder = [...entries].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
  const started = inOrder.find((entry) => entry[key]! > 0)?.date ?? null
  const open = inOrder.findLastIndex((entry) => entry[key]! < whole)
  return { started, finished: inOrder[open + 1]?.date ?? null }
}
