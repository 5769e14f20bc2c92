import { type Micro, microMoney, microSize } from '../model/amounts.ts'
import { Fault } from '../model/fault.ts'
import type { Phase, PlanDocument } from '../model/plan.ts'

/** Currency, or the size unit where no phase has a budget. */
export const valueUnitOf = (plan: PlanDocument): string =>
  plan.currency !== null && plan.phases.some(({ budget }) => budget !== null) ? plan.currency : plan.unit

/**
 * A phase's budget without its children's. A phase without a figure is the sum of its children.
 *
 * @throws `invalid` when the children exceed the phase
 * @source ledger F15
 */
export const ownValue = (plan: PlanDocument, phase: Phase): Micro => {
  const children = sum(childrenOf(plan, phase).map((child) => wholeValue(plan, child)))
  if (phase.budget === null) return 0n
  const own = statedValue(plan, phase.budget.amount) - children
  if (own < 0n) throw exceeded('budget', phase)
  return own
}

/**
 * A phase's stated size without its children's; `null` = none is stated. A child without a stated size counts with
 * the items that are mapped to it, and these may exceed the parent: then nothing is left of it.
 *
 * @param listed size of the items mapped to each phase itself, by phase number
 * @throws `invalid` when the stated sizes of children exceed the phase
 */
export const ownSize = (plan: PlanDocument, phase: Phase, listed: ReadonlyMap<number, Micro>): Micro | null => {
  if (phase.size === null) return null
  const children = childrenOf(plan, phase)
  const stated = sum(children.map((child) => microSize(child.size ?? 0)))
  if (stated > microSize(phase.size)) throw exceeded('size', phase)
  const own = microSize(phase.size) - sum(children.map((child) => wholeSize(plan, child, listed)))
  return own < 0n ? 0n : own
}

const wholeValue = (plan: PlanDocument, phase: Phase): Micro =>
  phase.budget === null
    ? sum(childrenOf(plan, phase).map((child) => wholeValue(plan, child)))
    : statedValue(plan, phase.budget.amount)

const wholeSize = (plan: PlanDocument, phase: Phase, listed: ReadonlyMap<number, Micro>): Micro =>
  phase.size === null
    ? (listed.get(phase.no) ?? 0n) + sum(childrenOf(plan, phase).map((child) => wholeSize(plan, child, listed)))
    : microSize(phase.size)

const statedValue = (plan: PlanDocument, amount: number): Micro =>
  plan.currency === null ? 0n : microMoney(amount, plan.currency)

const childrenOf = (plan: PlanDocument, phase: Phase): readonly Phase[] =>
  plan.phases.filter(({ parent }) => parent === phase.id)

const exceeded = (figure: 'budget' | 'size', phase: Phase): Fault =>
  new Fault(
    'invalid',
    `ledger: the phases within phase=${phase.id} have a larger ${figure} than it has; raise it or lower theirs`,
  )

const sum = (amounts: readonly Micro[]): Micro => amounts.reduce((total, amount) => total + amount, 0n)
