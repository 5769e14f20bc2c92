import { type Micro, splitExactly } from '../model/amounts.ts'
import { type Known, known, unknown } from '../model/reason.ts'
import type { IsoDate } from '../model/time.ts'

export interface MilestoneProgress {
  /** Any unit: weights are normalised. `null` = the mean of those that are given, or equal if none is. */
  readonly weight: number | null
  readonly reachedOn: IsoDate | null
}

/**
 * Earned value by weighted milestones: the value is split by the weights, each reached milestone earns its part.
 *
 * @param value micro units
 * @returns micro units; unknown (`noInput`) without milestones
 * @example earnedByMilestones(100n, [{ weight: 0.4, reachedOn: '2026-03-02' }, { weight: 0.6, reachedOn: null }], '2026-03-02')
 *          // => known(40n)
 */
export const earnedByMilestones = (
  value: Micro,
  milestones: readonly MilestoneProgress[],
  asOf: IsoDate,
): Known<Micro> => {
  if (milestones.length === 0) return unknown('noInput')
  const given = milestones.flatMap(({ weight }) => (weight === null ? [] : [weight]))
  const usual = given.length === 0 ? 1 : given.reduce((sum, weight) => sum + weight, 0) / given.length
  const weights = milestones.map(({ weight }) => BigInt(Math.round(Math.max(0, weight ?? usual) * 1e9)))
  const parts = splitExactly(value, weights)
  let earned = 0n
  for (const [index, { reachedOn }] of milestones.entries())
    if (reachedOn !== null && reachedOn <= asOf) earned += parts[index]!
  return known(earned)
}
