import { type Known, known, unknown } from '../model/reason.ts'

/**
 * Schedule performance index (SPI = EV ÷ PV). Above 1 = ahead. Never capped. It drifts to 1 at the end of every late
 * project, because PV stops at the budget: judge time by the time performance index.
 *
 * @returns ratio >= 0; unknown (`plannedValueZero`) while nothing was planned
 * @source PMI, The Standard for Earned Value Management (2019)
 * @example schedulePerformanceIndex(310_000, 400_000) // => known(0.775)
 */
export const schedulePerformanceIndex = (earnedValue: number, plannedValue: number): Known =>
  plannedValue > 0 ? known(earnedValue / plannedValue) : unknown('plannedValueZero')
