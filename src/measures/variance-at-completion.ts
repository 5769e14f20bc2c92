import { type Known, known, unknown } from '../model/reason.ts'

/**
 * Variance at completion (VAC = BAC − EAC): what will be left of the budget, or missing.
 *
 * @returns value unit; negative = over budget
 * @example varianceAtCompletion(3700, 4162.5) // => known(-462.5)
 */
export const varianceAtCompletion = (budget: number, estimateAtCompletion: number): Known =>
  known(budget - estimateAtCompletion)

/**
 * Variance at completion in per cent of the budget (VAC% = VAC ÷ BAC × 100).
 *
 * @returns per cent, negative = over budget; unknown (`budgetZero`) without a budget
 */
export const varianceAtCompletionPercent = (budget: number, estimateAtCompletion: number): Known =>
  budget > 0 ? known(((budget - estimateAtCompletion) / budget) * 100) : unknown('budgetZero')
