import { type Known, known } from '../model/reason.ts'

/**
 * Estimate to complete (ETC = EAC − AC): what is still to be spent.
 *
 * @example estimateToComplete(1250, 500) // => known(750)
 */
export const estimateToComplete = (estimateAtCompletion: number, actualCost: number): Known =>
  known(estimateAtCompletion - actualCost)
