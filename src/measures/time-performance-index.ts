import { type Known, known, unknown } from '../model/reason.ts'

/**
 * Time performance index (SPI(t) = ES ÷ AT). Above 1 = faster than planned. Unlike SPI it stays true after the planned
 * finish.
 *
 * @returns ratio >= 0; unknown (`beforeStart`) while no time has passed
 * @source Lipke, "Schedule is Different" (2003)
 * @example timePerformanceIndex(3, 4) // => known(0.75)
 */
export const timePerformanceIndex = (earnedSchedule: number, actualTime: number): Known =>
  actualTime > 0 ? known(earnedSchedule / actualTime) : unknown('beforeStart')

/**
 * To-complete time index (TSPI = (PD − ES) ÷ (PD − AT)): the speed that the rest needs to make the planned finish.
 *
 * @returns ratio; unknown (`plannedFinishPassed`) when the planned duration is used up
 * @source Lipke, Earned Schedule (2009)
 * @example toCompleteTimeIndex({ earnedSchedule: 3, actualTime: 4, plannedDuration: 10 }) // => known(1.1666…)
 */
export const toCompleteTimeIndex = ({
  earnedSchedule,
  actualTime,
  plannedDuration,
}: {
  readonly earnedSchedule: number
  readonly actualTime: number
  readonly plannedDuration: number
}): Known =>
  actualTime < plannedDuration
    ? known((plannedDuration - earnedSchedule) / (plannedDuration - actualTime))
    : unknown('plannedFinishPassed')
