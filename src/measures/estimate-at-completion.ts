import { type Known, known, unknown } from '../model/reason.ts'

/**
 * Estimate at completion if the cost efficiency so far continues: AC + (BAC − EV) ÷ CPI, which is BAC ÷ CPI.
 *
 * @returns value unit; unknown while nothing is earned or nothing is spent
 * @source PMI, The Standard for Earned Value Management (2019)
 * @example estimateByCpi({ earnedValue: 480, actualCost: 530, budget: 1000 }) // => known(1104.1666…)
 */
export const estimateByCpi = ({ earnedValue, actualCost, budget }: SpentAndEarned): Known => {
  if (actualCost <= 0) return unknown('actualCostZero')
  if (earnedValue <= 0) return unknown('earnedValueZero')
  return known(actualCost + ((budget - earnedValue) * actualCost) / earnedValue)
}

/**
 * Estimate at completion if the rest costs what was budgeted: AC + BAC − EV. Always defined when its inputs are.
 *
 * @example estimateByBudget({ earnedValue: 480, actualCost: 530, budget: 1000 }) // => known(1050)
 */
export const estimateByBudget = ({ earnedValue, actualCost, budget }: SpentAndEarned): Known =>
  known(actualCost + (budget - earnedValue))

/**
 * Estimate at completion if lateness costs money too: AC + (BAC − EV) ÷ (CPI × SPI).
 *
 * @returns value unit; unknown while nothing is planned, earned or spent
 * @source Christensen, "The Estimate at Completion Problem" (1993)
 * @example estimateByCpiSpi({ plannedValue: 520, earnedValue: 480, actualCost: 530, budget: 1000 }) // => known(1152.01…)
 */
export const estimateByCpiSpi = ({
  plannedValue,
  earnedValue,
  actualCost,
  budget,
}: SpentAndEarned & { readonly plannedValue: number }): Known => {
  if (plannedValue <= 0) return unknown('plannedValueZero')
  if (actualCost <= 0) return unknown('actualCostZero')
  if (earnedValue <= 0) return unknown('earnedValueZero')
  return known(actualCost + ((budget - earnedValue) * actualCost * plannedValue) / (earnedValue * earnedValue))
}

/**
 * Estimate at completion from the work that is left: AC + remaining size × cost per unit of size. It sees added scope
 * that no budget covers yet.
 *
 * @param remaining size not done, plan unit; below 0 counts as 0
 * @param costPerSize money per unit of size, see `costPerSize`
 */
export const estimateFromWork = ({
  actualCost,
  remaining,
  costPerSize,
}: {
  readonly actualCost: number
  readonly remaining: number
  readonly costPerSize: number
}): Known => known(actualCost + Math.max(0, remaining) * costPerSize)

/** The estimate from work of a level-of-effort phase: AC + planned cost of a working day × working days left. */
export const estimateFromDays = ({
  actualCost,
  daysLeft,
  costPerDay,
}: {
  readonly actualCost: number
  readonly daysLeft: number
  readonly costPerDay: number
}): Known => known(actualCost + Math.max(0, daysLeft) * costPerDay)

/**
 * What one unit of size costs: actual cost ÷ size done once five items are completed, else budget ÷ baseline scope.
 *
 * @returns money per unit of size; unknown (`noBaselineScope`) when neither basis exists
 */
export const costPerSize = ({
  actualCost,
  doneSize,
  completions,
  budget,
  scope,
}: {
  readonly actualCost: number
  readonly doneSize: number
  readonly completions: number
  readonly budget: number
  readonly scope: number
}): Known => {
  if (completions >= 5 && doneSize > 0 && actualCost > 0) return known(actualCost / doneSize)
  return scope > 0 ? known(budget / scope) : unknown('noBaselineScope')
}

export interface Estimates {
  readonly byCpi: Known
  readonly byBudget: Known
  readonly byCpiSpi: Known
  readonly fromWork: Known
}

/**
 * The estimate at completion that is shown: by CPI where that is defined, else AC + BAC − EV, and which one it was.
 */
export const estimateAtCompletion = (
  estimates: Pick<Estimates, 'byCpi' | 'byBudget'>,
): { readonly estimate: Known; readonly method: 'byCpi' | 'byBudget' | null } => {
  if (estimates.byCpi.because === null) return { estimate: estimates.byCpi, method: 'byCpi' }
  if (estimates.byBudget.because === null) return { estimate: estimates.byBudget, method: 'byBudget' }
  return { estimate: estimates.byBudget, method: null }
}

/** Value unit, cumulative to the status date; `budget` is the budget at completion. */
export interface SpentAndEarned {
  readonly earnedValue: number
  readonly actualCost: number
  readonly budget: number
}
