import type { Micro } from '../model/amounts.ts'
import { type WorkingCalendar, isWorkingDay, workingDays } from '../model/calendar.ts'
import { type IsoDate, addDays } from '../model/time.ts'
import type { PlannedCurve } from './planned-value.ts'

/**
 * A planned curve on the axis of working days, as earned schedule needs it: one entry a working day from the day the
 * curve begins. What falls due on days off is counted at the next working day's end, or at the last entry.
 *
 * @param toNumber turns micro units into numbers, e.g. `sizeOf`; plain `Number` is right too, as only ratios matter
 */
export const workingCurve = (
  { curveStart, curve }: PlannedCurve,
  calendar: WorkingCalendar,
  toNumber: (micro: Micro) => number = Number,
): number[] => {
  const result: number[] = []
  let due = 0n
  for (const [day, planned] of curve.entries()) {
    due = planned
    if (isWorkingDay(calendar, addDays(curveStart, day))) result.push(toNumber(planned))
  }
  const end = toNumber(due)
  if (result.length === 0) return curve.length > 0 ? [end] : []
  if (result[result.length - 1]! < end) result[result.length - 1] = end
  return result
}

/**
 * Actual time (AT): working days from the planned start to the status date, both included; it stops when the work is
 * finished, so that a finished phase keeps the index it ended with.
 *
 * @returns working days, >= 0
 */
export const actualTime = (
  calendar: WorkingCalendar,
  plannedStart: IsoDate,
  asOf: IsoDate,
  finishedOn: IsoDate | null,
): number => workingDays(calendar, plannedStart, finishedOn !== null && finishedOn < asOf ? finishedOn : asOf)
