import { type Micro, splitExactly } from '../model/amounts.ts'
import type { ScopeItem } from './list-scope.ts'
import type { CarriedItem } from './price-baseline.ts'

/**
 * What the items of a new baseline carry over from its predecessor. A done item carries what it had earned: a listed
 * one its value, one that filled a pool its part of what the pool had earned, by size. What a listed item had earned
 * that is a container now is divided among the phase's done items that earned nothing themselves (its children), by
 * size; among all done ones where there are none of these; and stays with the item where nothing is done.
 *
 * @param scope      the new baseline's items
 * @param earned     net value per item that the predecessor's list let it earn, in the phase where it is carried
 * @param poolEarned value per phase number that the predecessor's pools had earned
 * @param filledBy   size per item with which it filled a pool of the predecessor
 * @returns sums exactly to what was earned
 * @source ledger F9
 */
export const carryOver = (
  scope: readonly ScopeItem[],
  earned: readonly CarriedItem[],
  poolEarned: ReadonlyMap<number, Micro>,
  filledBy: ReadonlyMap<number, Micro> = new Map(),
): readonly CarriedItem[] => {
  const done = new Map(scope.filter((item) => item.done).map((item) => [item.subject, item]))
  const carried = new Map<number, CarriedItem>()
  const ofContainers = new Map<number, Micro>()
  const add = (subject: number, phaseNo: number, value: Micro) => {
    if (value !== 0n) carried.set(subject, { subject, phaseNo, value: (carried.get(subject)?.value ?? 0n) + value })
  }
  const doneIn = (phaseNo: number) => [...done.values()].filter((item) => item.phaseNo === phaseNo)
  const divide = (phaseNo: number, value: Micro, isMeant: (item: ScopeItem) => boolean, weight: Weight) => {
    const meant = doneIn(phaseNo).filter((item) => isMeant(item) && weight(item) > 0n)
    const [items, weigh] = meant.length > 0 ? [meant, weight] : [doneIn(phaseNo), sizeOfItem]
    const parts = splitExactly(value, items.map(weigh))
    for (const [index, item] of items.entries()) add(item.subject, phaseNo, parts[index]!)
  }
  const earners = new Set(earned.filter(({ value }) => value !== 0n).map(({ subject }) => subject))
  for (const { subject, phaseNo, value } of earned) {
    const item = done.get(subject)
    if (item) add(subject, phaseNo, value)
    else if (doneIn(phaseNo).length === 0) add(subject, phaseNo, value)
    else ofContainers.set(phaseNo, (ofContainers.get(phaseNo) ?? 0n) + value)
  }
  for (const [phaseNo, value] of ofContainers)
    divide(phaseNo, value, ({ subject }) => !earners.has(subject) && !filledBy.has(subject), sizeOfItem)
  for (const [phaseNo, value] of poolEarned)
    divide(
      phaseNo,
      value,
      () => true,
      ({ subject }) => filledBy.get(subject) ?? 0n,
    )
  return [...carried.values()]
}

type Weight = (item: ScopeItem) => Micro

const sizeOfItem: Weight = ({ size }) => size
