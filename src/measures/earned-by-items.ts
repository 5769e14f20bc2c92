import type { Micro } from '../model/amounts.ts'
import { type Known, known, unknown } from '../model/reason.ts'

/** What the books of a baseline say of one phase. Micro units. */
export interface ItemProgress {
  /** Baseline scope of the phase: the larger of its stated size and its listed items; `null` = neither. */
  readonly scope: Micro | null
  /** Value earned by the baseline's listed items. */
  readonly listedEarned: Micro
  /** Scope that was stated without items yet, and its share of the value. */
  readonly poolSize: Micro
  readonly poolValue: Micro
  /** Size done of items that no list of the baseline holds, each at its size when completed. */
  readonly outsideDone: Micro
}

/**
 * Earned value by items: listed items earn the share fixed when the baseline was frozen; items that came later fill the
 * pool of scope that was stated without items. EV = listed earned + pool value × min(1, outside done ÷ pool size).
 * What the items weigh today does not matter, so scope growth never lowers it, and no order of arrival counts.
 *
 * @returns micro units; unknown (`noBaselineScope`) when the baseline holds neither items nor a stated size
 * @example earnedByItems({ scope: 120n, listedEarned: 40n, poolSize: 80n, poolValue: 800n, outsideDone: 20n }) // => known(240n)
 */
export const earnedByItems = ({
  scope,
  listedEarned,
  poolSize,
  poolValue,
  outsideDone,
}: ItemProgress): Known<Micro> => {
  if (scope === null) return unknown('noBaselineScope')
  if (poolSize <= 0n || outsideDone <= 0n) return known(listedEarned)
  const filled = outsideDone < poolSize ? outsideDone : poolSize
  return known(listedEarned + (poolValue * filled) / poolSize)
}
