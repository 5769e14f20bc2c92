import type { CalendarText, WorkingCalendar } from '../../model/calendar.ts'
import { type IsoDate, weekday } from '../../model/time.ts'
import { publicHolidays } from './holidays.ts'

/** How long after a plan's last day its holidays are known: work may run late. */
const YEARS_AFTER = 5

/**
 * A written calendar with its holidays as dates, so that it stays as it is when the holiday library changes.
 * Exceptions entered by hand win over holidays; holidays on days off are left out.
 *
 * @param days all days that the plan names; its holidays reach from the year of the first to 5 years after the last
 */
export const resolveCalendar = (written: CalendarText, days: readonly IsoDate[]): WorkingCalendar => {
  const { workdays, hoursPerDay, holidays, exceptions } = written
  const years = days.map((day) => Number(day.slice(0, 4)))
  const free =
    holidays === null || years.length === 0
      ? []
      : publicHolidays(holidays, Math.min(...years), Math.max(...years) + YEARS_AFTER)
  const dated: [IsoDate, number][] = [
    ...free
      .filter((day) => workdays[weekday(day)] && exceptions[day] === undefined)
      .map((day): [IsoDate, number] => [day, 0]),
    ...Object.entries(exceptions),
  ]
  return { workdays, hoursPerDay, exceptions: Object.fromEntries(dated.sort(([a], [b]) => (a < b ? -1 : 1))) }
}
