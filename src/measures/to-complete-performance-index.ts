import { type Known, known, unknown } from '../model/reason.ts'

/**
 * To-complete performance index (TCPI = (BAC − EV) ÷ (target − AC)): the cost efficiency that the rest of the work must
 * reach to land on the target, which is the budget (usual) or an estimate at completion.
 *
 * @param target money the whole work may cost: BAC or EAC, value unit
 * @returns ratio; 0 when no work is left; unknown (`budgetExhausted`) when actual cost has reached the target
 * @source PMI, The Standard for Earned Value Management (2019)
 * @example toCompletePerformanceIndex({ earnedValue: 35, actualCost: 40, budget: 100, target: 100 }) // => known(1.0833…)
 */
export const toCompletePerformanceIndex = ({
  earnedValue,
  actualCost,
  budget,
  target,
}: {
  readonly earnedValue: number
  readonly actualCost: number
  readonly budget: number
  readonly target: number
}): Known => {
  if (budget <= 0) return unknown('budgetZero')
  if (earnedValue >= budget) return known(0)
  if (actualCost >= target) return unknown('budgetExhausted')
  return known((budget - earnedValue) / (target - actualCost))
}
