import { type Known, known, unknown } from '../model/reason.ts'

/**
 * Per cent complete: size done ÷ current scope × 100. Current scope holds what was added since the baseline, so this
 * may fall when scope grows; earned value does not.
 *
 * @param done    size done, plan unit
 * @param current size in scope now, plan unit, with the part of a stated size that no item fills yet
 * @returns 0..100; unknown (`noSize`) when nothing is in scope
 * @example percentComplete(30, 120) // => known(25)
 */
export const percentComplete = (done: number, current: number): Known =>
  current > 0 ? known(Math.min(100, Math.max(0, (done / current) * 100))) : unknown('noSize')

/**
 * Planned per cent: planned value ÷ budget at completion × 100, how much of the work should be done by now.
 *
 * @returns 0..100; unknown (`budgetZero`) without a budget
 * @example plannedPercent(520, 1000) // => known(52)
 */
export const plannedPercent = (plannedValue: number, budget: number): Known =>
  budget > 0 ? known((plannedValue / budget) * 100) : unknown('budgetZero')
