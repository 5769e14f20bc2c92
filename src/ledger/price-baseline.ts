import { type Micro, splitExactly } from '../model/amounts.ts'
import type { BaselineItem, BaselinePhase } from '../model/baseline.ts'
import { Fault } from '../model/fault.ts'
import type { PlanDocument } from '../model/plan.ts'
import type { ScopeItem } from './list-scope.ts'
import { ownSize, ownValue, valueUnitOf } from './own-figures.ts'

/** What an item had earned under the predecessor when the new baseline comes into force. */
export interface CarriedItem {
  readonly subject: number
  readonly phaseNo: number
  readonly value: Micro
}

export type PricedPhase = Pick<BaselinePhase, 'phaseNo' | 'value' | 'scope' | 'poolSize' | 'poolValue' | 'carried'>

export interface PricedBaseline {
  /** Currency, or the size unit where no phase has a budget: then a phase is worth its scope. */
  readonly valueUnit: string
  /** In plan order. */
  readonly phases: readonly PricedPhase[]
  readonly items: readonly BaselineItem[]
}

/**
 * Fixes what each item and each phase's open pool can earn. Scope B = the larger of the stated size and the listed
 * items; pool = B − listed; both share the phase's own budget by size, in integers that sum exactly to it. Only
 * phases that progress by items price their items; in others items are listed for their size.
 *
 * @param scope   what `listScope` gives for the work day
 * @param carried for baseline 2 and later, what `carryOver` gives: done items are worth exactly that, what is left
 *                of the budget is shared by open items and pool; `null` for baseline 1
 * @throws `invalid` when children exceed their parent, or a budget is less than what has been earned
 * @source ledger F4, F7, F9, F15
 */
export const priceBaseline = (
  plan: PlanDocument,
  scope: readonly ScopeItem[],
  carried: readonly CarriedItem[] | null,
): PricedBaseline => {
  const valueUnit = valueUnitOf(plan)
  const lists = byPhase([...scope, ...remnants(scope, carried ?? [])])
  const sizes = new Map([...lists].map(([phaseNo, items]) => [phaseNo, totalSize(items)]))
  const priced = plan.phases.map((phase) => {
    const listed = lists.get(phase.no) ?? []
    const listedSize = sizes.get(phase.no) ?? 0n
    const stated = ownSize(plan, phase, sizes)
    const hasScope = listed.length > 0 || (stated !== null && stated > 0n)
    const own = stated !== null && stated > listedSize ? stated : listedSize
    const value = valueUnit === plan.currency ? ownValue(plan, phase) : own
    const earnsByItems = hasScope && phase.progress.kind === 'items'
    const shares = earnsByItems ? share(phase.id, value, listed, own - listedSize, carried) : NO_SHARES
    return {
      phase: {
        phaseNo: phase.no,
        value,
        scope: hasScope ? own : null,
        poolSize: own - listedSize,
        poolValue: shares.poolValue,
        carried: shares.carried,
      },
      items: listed.map(({ subject, phaseNo, size, estimated }) => ({
        subject,
        phaseNo,
        size,
        estimated,
        value: shares.values.get(subject) ?? 0n,
        carried: shares.carriedBy.get(subject) ?? 0n,
      })),
    }
  })
  return { valueUnit, phases: priced.map(({ phase }) => phase), items: priced.flatMap(({ items }) => items) }
}

interface Shares {
  readonly values: ReadonlyMap<number, Micro>
  readonly carriedBy: ReadonlyMap<number, Micro>
  readonly carried: Micro
  readonly poolValue: Micro
}

const NO_SHARES: Shares = { values: new Map(), carriedBy: new Map(), carried: 0n, poolValue: 0n }

const share = (
  phase: string,
  value: Micro,
  listed: readonly ScopeItem[],
  poolSize: Micro,
  before: readonly CarriedItem[] | null,
): Shares => {
  const carriedBy = new Map((before ?? []).map((item) => [item.subject, item.value]))
  const fixed = before === null ? [] : listed.filter(({ done }) => done)
  const open = before === null ? listed : listed.filter(({ done }) => !done)
  const carried = fixed.reduce((sum, { subject }) => sum + (carriedBy.get(subject) ?? 0n), 0n)
  if (carried > value)
    throw new Fault(
      'invalid',
      `ledger: the budget is less than what has been earned: phase=${phase}; plan at least what its done items earned`,
    )
  // A pool without size takes part only when nothing else can take what is left.
  const hasPool = poolSize > 0n || open.length === 0
  const weights = [...open.map(({ size }) => size), ...(hasPool ? [poolSize] : [])]
  const parts = splitExactly(value - carried, weights)
  const values = new Map<number, Micro>(fixed.map(({ subject }) => [subject, carriedBy.get(subject) ?? 0n]))
  for (const [index, { subject }] of open.entries()) values.set(subject, parts[index]!)
  return {
    values,
    carriedBy: new Map(fixed.map(({ subject }) => [subject, values.get(subject)!])),
    carried,
    poolValue: hasPool ? parts.at(-1)! : 0n,
  }
}

/** Done work that has left the plan: it goes on earning what it had earned, and weighs nothing. */
const remnants = (scope: readonly ScopeItem[], carried: readonly CarriedItem[]): readonly ScopeItem[] => {
  const listed = new Set(scope.map(({ subject }) => subject))
  return carried
    .filter(({ subject }) => !listed.has(subject))
    .map(({ subject, phaseNo }) => ({ subject, phaseNo, size: 0n, estimated: true, done: true }))
}

const byPhase = (items: readonly ScopeItem[]): ReadonlyMap<number, readonly ScopeItem[]> =>
  Map.groupBy(items, ({ phaseNo }) => phaseNo)

const totalSize = (items: readonly ScopeItem[]): Micro => items.reduce((sum, { size }) => sum + size, 0n)
