import { type IsoDate, addDays, weekday } from './time.ts'

/**
 * A working calendar, resolved: holidays and exceptions are dates with hours, so that a frozen copy never changes
 * when a holiday library does.
 */
export interface WorkingCalendar {
  /** Monday … Sunday. */
  readonly workdays: readonly [boolean, boolean, boolean, boolean, boolean, boolean, boolean]
  readonly hoursPerDay: number
  /** Hours worked on a particular date: 0 is a day off, a number on a weekend makes it a working day. */
  readonly exceptions: Readonly<Record<IsoDate, number>>
}

/** A calendar as people write it: the holiday region by name, exceptions only where they were entered by hand. */
export interface CalendarText {
  readonly workdays: WorkingCalendar['workdays']
  readonly hoursPerDay: number
  /** `DE`, `DE-BE`, `US-CA`; `null` = no public holidays. */
  readonly holidays: string | null
  readonly exceptions: Readonly<Record<IsoDate, number>>
}

export const MONDAY_TO_FRIDAY: WorkingCalendar = {
  workdays: [true, true, true, true, true, false, false],
  hoursPerDay: 8,
  exceptions: {},
}

export const workingHours = (calendar: WorkingCalendar, date: IsoDate): number =>
  calendar.exceptions[date] ?? (calendar.workdays[weekday(date)] ? calendar.hoursPerDay : 0)

export const isWorkingDay = (calendar: WorkingCalendar, date: IsoDate): boolean => workingHours(calendar, date) > 0

/** Working days from `from` to `to`, both included; 0 when `to` is earlier. */
export const workingDays = (calendar: WorkingCalendar, from: IsoDate, to: IsoDate): number => {
  let days = 0
  for (let date = from; date <= to; date = addDays(date, 1)) if (isWorkingDay(calendar, date)) days += 1
  return days
}

/**
 * Signed distance between two dates in working days: how many working days lie after `from` up to and including `to`.
 * Positive when `to` is later.
 *
 * @example workingDaysBetween(MONDAY_TO_FRIDAY, '2026-03-06', '2026-03-09') // => 1, Friday to Monday
 */
export const workingDaysBetween = (calendar: WorkingCalendar, from: IsoDate, to: IsoDate): number =>
  to >= from ? workingDays(calendar, addDays(from, 1), to) : -workingDays(calendar, addDays(to, 1), from)

/** `date` itself when it is a working day, else the next one. A calendar without working days gives `date` back. */
export const nextWorkingDay = (calendar: WorkingCalendar, date: IsoDate): IsoDate => {
  let next = date
  for (let step = 0; step < 3660; step += 1) {
    if (isWorkingDay(calendar, next)) return next
    next = addDays(next, 1)
  }
  return date
}

/**
 * The day on which `days` working days of work that begin on `start` are finished; part of a day takes the day.
 *
 * @param days > 0; 0 or less gives the first working day at or after `start`
 * @example addWorkingDays(MONDAY_TO_FRIDAY, '2026-03-05', 3) // => '2026-03-09': Thursday, Friday, Monday
 */
export const addWorkingDays = (calendar: WorkingCalendar, start: IsoDate, days: number): IsoDate => {
  let date = nextWorkingDay(calendar, start)
  let left = Math.ceil(days - 1e-9) - 1
  for (let guard = 0; left > 0 && guard < 200_000; guard += 1) {
    date = addDays(date, 1)
    if (isWorkingDay(calendar, date)) left -= 1
  }
  return date
}
