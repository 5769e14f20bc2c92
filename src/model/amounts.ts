/**
 * Ledger amounts are integers, so that sums do not depend on their order and reports are equal to the byte.
 * Sizes are millionths of the plan's unit; money is millionths of the currency's minor unit.
 */
export type Micro = bigint

const MICRO = 1_000_000

/** Points, hours or items → micro size. */
export const microSize = (size: number): Micro => BigInt(Math.round(size * MICRO))

/** Micro size → points, hours or items. */
export const sizeOf = (micro: Micro): number => Number(micro) / MICRO

/** Digits after the decimal point of a currency's major unit, e.g. 2 for EUR, 0 for JPY. */
export const minorDigits = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2

/** Money in major units (1.5 = one euro fifty) → micro minor units. */
export const microMoney = (amount: number, currency: string): Micro =>
  BigInt(Math.round(amount * 10 ** minorDigits(currency) * MICRO))

/** Micro minor units → money in major units, unrounded. */
export const moneyOf = (micro: Micro, currency: string): number => Number(micro) / MICRO / 10 ** minorDigits(currency)

/**
 * Splits a whole into parts proportional to weights, in integers that sum exactly to the whole (largest remainder;
 * ties go to the earlier part).
 *
 * @param whole   any sign
 * @param weights >= 0; when all are 0 the split is even
 */
export const splitExactly = (whole: bigint, weights: readonly bigint[]): bigint[] => {
  if (weights.length === 0) return []
  let total = 0n
  for (const weight of weights) total += weight
  const effective = total === 0n ? weights.map(() => 1n) : weights
  const divisor = total === 0n ? BigInt(weights.length) : total
  const sign = whole < 0n ? -1n : 1n
  const positive = whole * sign
  const parts = effective.map((weight) => (positive * weight) / divisor)
  let rest = positive
  for (const part of parts) rest -= part
  const order = effective
    .map((weight, index) => ({ index, remainder: (positive * weight) % divisor }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1))
  for (let step = 0; rest > 0n; step += 1, rest -= 1n) parts[order[step]!.index]! += 1n
  return parts.map((part) => part * sign)
}
