import { type Known, known } from '../model/reason.ts'

/**
 * Time variance (SV(t) = ES − AT): how much earlier or later the plan expected what is done now.
 *
 * @param earnedSchedule ES, periods (reports: working days of the baseline calendar)
 * @param actualTime     AT, the same periods from the planned start to the status date, >= 0
 * @returns periods; negative = late (finish variances in days have the opposite sign)
 * @source Lipke, "Schedule is Different" (2003)
 * @example timeVariance(3, 4) // => known(-1)
 */
export const timeVariance = (earnedSchedule: number, actualTime: number): Known => known(earnedSchedule - actualTime)
