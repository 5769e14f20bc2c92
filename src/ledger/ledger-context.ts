import type { Micro } from '../model/amounts.ts'
import type { Fact } from '../model/fact.ts'
import type { PlanDocument } from '../model/plan.ts'
import type { Resource } from '../model/resource.ts'
import type { IsoDate } from '../model/time.ts'
import type { Account, Reference } from '../model/work-item.ts'
import type { Zone } from '../model/zone.ts'
import { type CompiledRules, compileRules } from './match-rules.ts'
import type { ItemIdentity } from './rule-matcher.ts'

/** A work item as the ledger sees it: who it is and all that is known to have happened to it. */
export interface LedgerSubject extends ItemIdentity {
  readonly subject: number
  /** Active facts, in any order. */
  readonly facts: readonly Fact[]
}

/** What desired lines need of a frozen baseline. */
export interface LedgerBaseline {
  readonly number: number
  readonly zone: Zone
  /** First day on which it counts; `null` = since ever. */
  readonly firstDay: IsoDate | null
  /** Listed items by subject. */
  readonly items: ReadonlyMap<number, ListedItem>
  /** The plan as frozen: its unit and missing size measure this book. */
  readonly plan: PlanDocument
}

export interface ListedItem {
  readonly phaseNo: number
  readonly value: Micro
}

/** How to find the relatives of an item. Both must know every relation that any active fact names, also a past one. */
export interface Family {
  /** Items that have, or ever had, this one as their parent. */
  childrenOf(subject: LedgerSubject): readonly LedgerSubject[]
  /** The item behind a parent reference of `child`; `null` = we do not hold it. */
  parentOf(child: LedgerSubject, reference: Reference): LedgerSubject | null
}

/** Everything but the item's own facts that decides on its lines. */
export interface LedgerContext extends Family {
  readonly plan: PlanDocument
  readonly rules: CompiledRules
  readonly resourceOf: (account: Account) => Resource | null
  /** Ascending by number. */
  readonly baselines: readonly LedgerBaseline[]
}

export const NO_FAMILY: Family = { childrenOf: () => [], parentOf: () => null }

/** Compiles rules and accounts once; use one context for all subjects of a settle. */
export const ledgerContext = (
  plan: PlanDocument,
  baselines: readonly LedgerBaseline[] = [],
  family: Family = NO_FAMILY,
): LedgerContext => {
  const owners = new Map<Account, Resource>()
  for (const resource of plan.resources)
    for (const account of resource.accounts) if (!owners.has(account)) owners.set(account, resource)
  return {
    plan,
    rules: compileRules(plan),
    resourceOf: (account) => owners.get(account) ?? null,
    baselines: [...baselines].sort((a, b) => a.number - b.number),
    childrenOf: (subject) => family.childrenOf(subject),
    parentOf: (child, reference) => family.parentOf(child, reference),
  }
}
