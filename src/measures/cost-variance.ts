import { type Known, known, unknown } from '../model/reason.ts'

/**
 * Cost variance (CV = EV − AC): what the work done was budgeted to cost, less what it did cost.
 *
 * @returns value unit; negative = over budget
 * @source ANSI/EIA-748; PMI, The Standard for Earned Value Management (2019)
 * @example costVariance(480, 530) // => known(-50)
 */
export const costVariance = (earnedValue: number, actualCost: number): Known => known(earnedValue - actualCost)

/**
 * Cost variance in per cent of earned value (CV% = CV ÷ EV × 100). The base is EV, not PV and not the budget.
 *
 * @returns per cent, negative = over budget; unknown (`earnedValueZero`) while nothing is earned
 */
export const costVariancePercent = (earnedValue: number, actualCost: number): Known =>
  earnedValue > 0 ? known(((earnedValue - actualCost) / earnedValue) * 100) : unknown('earnedValueZero')
