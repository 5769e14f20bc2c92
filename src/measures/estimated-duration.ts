import { type Known, known, unknown } from '../model/reason.ts'

/**
 * Estimated duration (IEAC(t) = AT + (PD − ES) ÷ performance factor): how long the work will take in all. The usual
 * factor is SPI(t), which makes it PD ÷ SPI(t); 1 = the rest goes as planned; SPI(t) × CPI = the rest suffers from cost too.
 *
 * @param performanceFactor periods of plan done in one period of time; left out = SPI(t)
 * @returns periods from the start; unknown while no time has passed or nothing is earned
 * @source Vandevoorde & Vanhoucke, Int. J. Project Management 24 (2006) 289-302
 * @example estimatedDuration({ earnedSchedule: 3, actualTime: 4, plannedDuration: 10 }) // => known(13.333…)
 */
export const estimatedDuration = ({
  earnedSchedule,
  actualTime,
  plannedDuration,
  performanceFactor,
}: {
  readonly earnedSchedule: number
  readonly actualTime: number
  readonly plannedDuration: number
  readonly performanceFactor?: number
}): Known => {
  if (actualTime <= 0) return unknown('beforeStart')
  if (performanceFactor !== undefined)
    return performanceFactor > 0
      ? known(actualTime + (plannedDuration - earnedSchedule) / performanceFactor)
      : unknown('earnedValueZero')
  return earnedSchedule > 0 ? known((plannedDuration * actualTime) / earnedSchedule) : unknown('earnedValueZero')
}
