import { type Micro, splitExactly } from '../model/amounts.ts'
import type { ScopeItem } from './list-scope.ts'
import type { CarriedItem } from './price-baseline.ts'

/**
 * What the items of a new baseline carry over from its predecessor. A done item carries what it had earned; what was
 * earned in its phase by anything else (the pool, a listed item that is a container now) is divided among the
 * phase's done items by size, or stays with those that earned it where there are none.
 *
 * @param scope      the new baseline's items
 * @param earned     net value per item that the predecessor's list let it earn, in the phase where it is carried
 * @param poolEarned value per phase number that the predecessor's pools had earned
 * @returns sums exactly to what was earned
 * @source ledger F9
 */
export const carryOver = (
  scope: readonly ScopeItem[],
  earned: readonly CarriedItem[],
  poolEarned: ReadonlyMap<number, Micro>,
): readonly CarriedItem[] => {
  const done = new Map(scope.filter((item) => item.done).map((item) => [item.subject, item]))
  const carried = new Map<number, CarriedItem>()
  const shared = new Map(poolEarned)
  const add = (subject: number, phaseNo: number, value: Micro) => {
    if (value !== 0n) carried.set(subject, { subject, phaseNo, value: (carried.get(subject)?.value ?? 0n) + value })
  }
  const receivers = (phaseNo: number) => [...done.values()].filter((item) => item.phaseNo === phaseNo)
  for (const { subject, phaseNo, value } of earned) {
    const item = done.get(subject)
    if (item) add(subject, item.phaseNo, value)
    else if (receivers(phaseNo).length === 0) add(subject, phaseNo, value)
    else shared.set(phaseNo, (shared.get(phaseNo) ?? 0n) + value)
  }
  for (const [phaseNo, value] of shared) {
    const items = receivers(phaseNo)
    const parts = splitExactly(
      value,
      items.map(({ size }) => size),
    )
    for (const [index, item] of items.entries()) add(item.subject, phaseNo, parts[index]!)
  }
  return [...carried.values()]
}
