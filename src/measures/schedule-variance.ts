import { type Known, known, unknown } from '../model/reason.ts'

/**
 * Schedule variance (SV = EV − PV): by how much more or less work is done than the plan expected by now, in value.
 *
 * @returns value unit; negative = behind
 * @source ANSI/EIA-748; domain words: PMI, The Standard for Earned Value Management (2019)
 * @example scheduleVariance(480, 520) // => known(-40)
 */
export const scheduleVariance = (earnedValue: number, plannedValue: number): Known => known(earnedValue - plannedValue)

/**
 * Schedule variance in per cent of planned value (SV% = SV ÷ PV × 100).
 *
 * @returns per cent, negative = behind; unknown (`plannedValueZero`) while nothing was planned
 */
export const scheduleVariancePercent = (earnedValue: number, plannedValue: number): Known =>
  plannedValue > 0 ? known(((earnedValue - plannedValue) / plannedValue) * 100) : unknown('plannedValueZero')
