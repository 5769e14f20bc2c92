import { type WorkingCalendar, isWorkingDay, workingDays } from '../model/calendar.ts'
import { type IsoDate, addDays } from '../model/time.ts'

/** The pace is measured over this many working days… */
export const PACE_DAYS = 40
/** …once at least this many items were completed in them. */
export const PACE_COMPLETIONS = 5

/** The days over which a pace is measured, both included. */
export interface PaceWindow {
  readonly from: IsoDate
  readonly to: IsoDate
  readonly workingDays: number
}

/**
 * The last 40 working days up to the status date, but none before the work started.
 *
 * @param startedOn day of the actual start; `null` = not started
 */
export const paceWindow = (calendar: WorkingCalendar, asOf: IsoDate, startedOn: IsoDate | null): PaceWindow => {
  let from = asOf
  let days = isWorkingDay(calendar, asOf) ? 1 : 0
  for (let step = 0; days < PACE_DAYS && step < 400; step += 1) {
    from = addDays(from, -1)
    if (isWorkingDay(calendar, from)) days += 1
  }
  if (startedOn !== null && startedOn > from) from = startedOn
  return { from, to: asOf, workingDays: workingDays(calendar, from, asOf) }
}

/** Size done a working day, and where that comes from. */
export interface Pace {
  readonly perDay: number
  readonly basis: 'measured' | 'planned'
}

/**
 * The pace of a phase: size done a working day in the window once five items were completed there, else the planned pace
 * (baseline scope ÷ planned working days), else none.
 *
 * @param doneSize net size completed in the window, plan unit; reopened work counts against it
 * @param plannedPerDay `null` = the baseline holds no scope or no dates
 * @example pace({ doneSize: 60, completions: 12, workingDays: 40, plannedPerDay: 2 }) // => { perDay: 1.5, basis: 'measured' }
 */
export const pace = ({
  doneSize,
  completions,
  workingDays: days,
  plannedPerDay,
}: {
  readonly doneSize: number
  readonly completions: number
  readonly workingDays: number
  readonly plannedPerDay: number | null
}): Pace | null => {
  if (completions >= PACE_COMPLETIONS && doneSize > 0 && days > 0) return { perDay: doneSize / days, basis: 'measured' }
  return plannedPerDay !== null && plannedPerDay > 0 ? { perDay: plannedPerDay, basis: 'planned' } : null
}

/**
 * Working days that the plan still gives a phase: all of them while it has not started, else those after the status date.
 *
 * @returns working days > 0; `null` without dates, or when a started phase has used them up
 */
export const plannedDaysLeft = (
  calendar: WorkingCalendar,
  {
    start,
    finish,
    asOf,
    started,
  }: {
    readonly start: IsoDate | null
    readonly finish: IsoDate | null
    readonly asOf: IsoDate
    readonly started: boolean
  },
): number | null => {
  if (finish === null) return null
  const from = started ? addDays(asOf, 1) : start
  const days = from === null ? 0 : workingDays(calendar, from, finish)
  return days > 0 ? days : null
}
