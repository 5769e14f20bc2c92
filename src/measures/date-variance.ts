import { type WorkingCalendar, workingDays, workingDaysBetween } from '../model/calendar.ts'
import { type IsoDate, addDays } from '../model/time.ts'

/**
 * Finish variance: working days by which a finish (expected or actual) is later than the baseline's. Finishes are ends of
 * days, so a Saturday finish equals that of the Friday before.
 *
 * @returns working days of the calendar; positive = late (earned value variances have the opposite sign)
 * @source the sign is that of Microsoft Project's Finish Variance
 * @example finishVarianceDays(MONDAY_TO_FRIDAY, '2026-03-06', '2026-03-10') // => 2, Friday to Tuesday
 */
export const finishVarianceDays = (calendar: WorkingCalendar, baseline: IsoDate, finish: IsoDate): number =>
  workingDaysBetween(calendar, baseline, finish)

/**
 * Start variance: working days by which a start is later than the baseline's. Starts are beginnings of days, so a
 * Saturday start equals that of the Monday after.
 *
 * @returns working days; positive = late
 * @example startVarianceDays(MONDAY_TO_FRIDAY, '2026-01-06', '2026-01-03') // => -1: Saturday counts as Monday the 5th
 */
export const startVarianceDays = (calendar: WorkingCalendar, baseline: IsoDate, start: IsoDate): number =>
  start >= baseline
    ? workingDays(calendar, baseline, addDays(start, -1))
    : -workingDays(calendar, start, addDays(baseline, -1))
