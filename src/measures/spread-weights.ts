import type { Spread } from '../model/plan.ts'

/**
 * How a budget falls on the n working days of a phase: integer weights, one a day, proportional to F(i/n) − F((i−1)/n),
 * where F(t) is the share due when the share t of the working days has passed.
 *
 * - linear: F = t, the same amount every day
 * - front:  F = 2t − t², the daily amount falls in a straight line to 0; 75 % is due at half-time
 * - back:   F = t², the mirror image; 25 % is due at half-time
 * - bell:   F = 3t² − 2t³, the daily amount rises and falls as a parabola; 50 % is due at half-time
 *
 * @param days n >= 0
 * @example spreadWeights('back', 3) // => [1n, 3n, 5n]
 */
export const spreadWeights = (kind: Exclude<Spread['kind'], 'periods'>, days: number): bigint[] => {
  const n = BigInt(days)
  return Array.from({ length: days }, (_, index) => {
    const i = BigInt(index + 1)
    if (kind === 'linear') return 1n
    if (kind === 'front') return 2n * (n - i) + 1n
    if (kind === 'back') return 2n * i - 1n
    return 3n * n * (2n * i - 1n) - 2n * (3n * i * i - 3n * i + 1n)
  })
}
