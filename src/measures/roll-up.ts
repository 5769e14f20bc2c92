import type { Micro } from '../model/amounts.ts'
import { type Known, known, unknown } from '../model/reason.ts'

/**
 * The sum of values of which some may be unknown: known only when all are. Indices of sums are ratios of such sums,
 * never means of ratios.
 *
 * @returns unknown (`partsUnknown`) as soon as one part is; 0 for no parts
 */
export const sumKnown = (parts: readonly Known<Micro>[]): Known<Micro> => {
  let sum = 0n
  for (const part of parts) {
    if (part.because !== null) return unknown('partsUnknown')
    sum += part.value
  }
  return known(sum)
}

/** A leaf phase in a sum. Micro units. */
export interface JudgeablePart {
  readonly value: Micro
  readonly plannedValue: Known<Micro>
  readonly earnedValue: Known<Micro>
  readonly levelOfEffort: boolean
}

/**
 * What a sum is judged by: its leaf phases whose planned and earned value are known and that are not level-of-effort (these earn what
 * was planned, so they hide lateness), and which share of the budget that is.
 *
 * @returns the parts, in order, and their share of the sum's value, 0..1 (`budgetZero` when the sum has no value)
 * @example level of effort 40/40 beside discrete 40/50: SPI of all 0.89, judged 0.80
 */
export const judgedParts = <P extends JudgeablePart>(
  leaves: readonly P[],
): { readonly parts: readonly P[]; readonly share: Known } => {
  const parts = leaves.filter(
    ({ levelOfEffort, plannedValue, earnedValue }) =>
      !levelOfEffort && plannedValue.because === null && earnedValue.because === null,
  )
  const total = totalValue(leaves)
  return { parts, share: total > 0n ? known(Number(totalValue(parts)) / Number(total)) : unknown('budgetZero') }
}

const totalValue = (parts: readonly JudgeablePart[]): Micro => parts.reduce((sum, part) => sum + part.value, 0n)
