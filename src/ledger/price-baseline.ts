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
  const lists = byPhase(scope)
  const paidIn = new Map((carried ?? []).map((item) => [item.subject, item]))
  const kept = Map.groupBy(carried ?? [], ({ phaseNo }) => phaseNo)
  const sizes = new Map([...lists].map(([phaseNo, items]) => [phaseNo, totalSize(items)]))
  const priced = plan.phases.map((phase) => {
    const listed = lists.get(phase.no) ?? []
    const listedSize = sizes.get(phase.no) ?? 0n
    const stated = ownSize(plan, phase, sizes)
    const hasScope = listed.length > 0 || (stated !== null && stated > 0n)
    const own = stated !== null && stated > listedSize ? stated : listedSize
    const value = valueUnit === plan.currency ? ownValue(plan, phase) : own
    const earnsByItems = hasScope && phase.progress.kind === 'items'
    const keeps = kept.get(phase.no) ?? []
    const shares =
      earnsByItems || keeps.length > 0
        ? share(phase.id, value, listed, own - listedSize, carried === null ? null : keeps)
        : NO_SHARES
    return {
      phase: {
        phaseNo: phase.no,
        value,
        scope: hasScope ? own : null,
        poolSize: own - listedSize,
        poolValue: shares.poolValue,
        carried: shares.carried,
      },
      items: listed.map(({ subject, size, estimated }) => {
        const paid = paidIn.get(subject)
        const value = paid?.value ?? shares.values.get(subject) ?? 0n
        return { subject, phaseNo: paid?.phaseNo ?? phase.no, size, estimated, value, carried: paid?.value ?? 0n }
      }),
    }
  })
  const items = [...priced.flatMap((each) => each.items), ...remnants(scope, carried ?? [])]
  return { valueUnit, phases: priced.map(({ phase }) => phase), items }
}

interface Shares {
  /** Of open items. */
  readonly values: ReadonlyMap<number, Micro>
  readonly carried: Micro
  readonly poolValue: Micro
}

const NO_SHARES: Shares = { values: new Map(), carried: 0n, poolValue: 0n }

/** @param keeps what was earned from this phase's budget before; `null` = nothing can have been: all items share */
const share = (
  phase: string,
  value: Micro,
  listed: readonly ScopeItem[],
  poolSize: Micro,
  keeps: readonly CarriedItem[] | null,
): Shares => {
  const open = keeps === null ? listed : listed.filter(({ done }) => !done)
  const carried = (keeps ?? []).reduce((sum, item) => sum + item.value, 0n)
  if (carried > value)
    throw new Fault(
      'invalid',
      `ledger: the budget is less than what has been earned: phase=${phase}; plan at least what its done items earned`,
    )
  // A pool without size takes part only when nothing else can take what is left.
  const hasPool = poolSize > 0n || open.length === 0
  const weights = [...open.map(({ size }) => size), ...(hasPool ? [poolSize] : [])]
  const parts = splitExactly(value - carried, weights)
  return {
    values: new Map(open.map(({ subject }, index) => [subject, parts[index]!])),
    carried,
    poolValue: hasPool ? parts.at(-1)! : 0n,
  }
}

/** Done work that has left the plan: it goes on earning what it had earned, and weighs nothing. */
const remnants = (scope: readonly ScopeItem[], carried: readonly CarriedItem[]): readonly BaselineItem[] => {
  const listed = new Set(scope.map(({ subject }) => subject))
  return carried
    .filter(({ subject }) => !listed.has(subject))
    .map(({ subject, phaseNo, value }) => ({ subject, phaseNo, size: 0n, value, carried: value, estimated: true }))
}

const byPhase = (items: readonly ScopeItem[]): ReadonlyMap<number, readonly ScopeItem[]> =>
  Map.groupBy(items, ({ phaseNo }) => phaseNo)

const totalSize = (items: readonly ScopeItem[]): Micro => items.reduce((sum, { size }) => sum + size, 0n)
