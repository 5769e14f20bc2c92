import { type Known, known, unknown } from '../model/reason.ts'

/**
 * Cost performance index (CPI = EV ÷ AC): value earned for each unit of money spent. Above 1 = cheaper than budgeted.
 *
 * @returns ratio >= 0; unknown (`actualCostZero`) while no cost stands in the books
 * @source PMI, The Standard for Earned Value Management (2019)
 * @example costPerformanceIndex(400, 500) // => known(0.8)
 */
export const costPerformanceIndex = (earnedValue: number, actualCost: number): Known =>
  actualCost > 0 ? known(earnedValue / actualCost) : unknown('actualCostZero')
