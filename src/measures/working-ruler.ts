import { type WorkingCalendar, workingHours } from '../model/calendar.ts'
import { type IsoDate, addDays, dateOfDay, dayNumber } from '../model/time.ts'

/**
 * A ruler of working minutes: dates on a calendar ↔ minutes of work since the start of `origin`. The end of a day and the
 * start of the next working day are the same minute, so dates are read with `startDate` or `finishDate`.
 */
export interface WorkingRuler {
  /** Minutes at the start of a day; below 0 before the origin. */
  readonly atStart: (date: IsoDate) => number
  /** Minutes at the end of a day. */
  readonly atEnd: (date: IsoDate) => number
  /** The day on which work that begins at this minute begins; days off are skipped. */
  readonly startDate: (minute: number) => IsoDate
  /** The day on which work that ends at this minute ends; part of a day takes the day. */
  readonly finishDate: (minute: number) => IsoDate
  readonly minutesPerDay: number
}

/**
 * @param origin any day; the ruler reaches both ways from it, up to 200 years
 * @example const ruler = workingRuler(MONDAY_TO_FRIDAY, '2026-03-06') // a Friday
 *          ruler.finishDate(480) // => '2026-03-06'
 *          ruler.startDate(480) // => '2026-03-09', the Monday after it
 */
export const workingRuler = (calendar: WorkingCalendar, origin: IsoDate): WorkingRuler => {
  const first = dayNumber(origin)
  // Minutes at the end of day n after the origin, and at the start of day n before it; filled as far as asked.
  const after: number[] = []
  const before: number[] = [0]
  const minutesOn = (day: number): number => Math.round(workingHours(calendar, dateOfDay(day)) * 60)
  const endOf = (offset: number): number => {
    while (after.length <= offset) after.push((after.at(-1) ?? 0) + minutesOn(first + after.length))
    return after[offset]!
  }
  const startBefore = (days: number): number => {
    while (before.length <= days) before.push(before.at(-1)! - minutesOn(first - before.length))
    return before[days]!
  }
  const atEnd = (date: IsoDate): number => {
    const offset = dayNumber(date) - first
    return offset >= 0 ? endOf(offset) : startBefore(-offset - 1)
  }
  /** The first day whose end is past (or at) the minute. */
  const search = (minute: number, past: boolean): IsoDate => {
    const holds = (end: number): boolean => (past ? end > minute : end >= minute)
    if (holds(0)) {
      let days = 0
      while (days < LIMIT_DAYS && holds(startBefore(days))) days += 1
      return dateOfDay(first - days)
    }
    let high = Math.max(0, after.length - 1)
    while (high < LIMIT_DAYS && !holds(endOf(high))) high += 1
    let low = 0
    while (low < high) {
      const middle = (low + high) >> 1
      if (holds(endOf(middle))) high = middle
      else low = middle + 1
    }
    return dateOfDay(first + low)
  }
  return {
    atStart: (date) => atEnd(addDays(date, -1)),
    atEnd,
    startDate: (minute) => search(Math.floor(minute + EPSILON), true),
    finishDate: (minute) => search(Math.ceil(minute - EPSILON), false),
    minutesPerDay: Math.round(calendar.hoursPerDay * 60),
  }
}

const LIMIT_DAYS = 73_000
const EPSILON = 1e-6
