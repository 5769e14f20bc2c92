import type { ScopeRoll } from '../measures/scope.ts'
import { sizeOf } from '../model/amounts.ts'
import type { BalanceAmounts } from '../model/posting.ts'
import type { Reason } from '../model/reason.ts'
import type { PlanVarianceRow } from './shapes/plan-variance.ts'

/** Scope and items as the report shows them, with the reasons for what is unknown. */
export const reportedScope = (
  scope: ScopeRoll,
  work: BalanceAmounts,
): {
  readonly scope: PlanVarianceRow['scope']
  readonly items: PlanVarianceRow['items']
  readonly because: Record<string, Reason>
} => {
  const because: Record<string, Reason> = {}
  const size = (key: 'baseline' | 'filled' | 'current'): number | null => {
    const value = scope[key]
    if (value.because === null) return sizeOf(value.value)
    because[`scope.${key}`] = value.because
    return null
  }
  return {
    scope: {
      baseline: size('baseline'),
      added: sizeOf(scope.added),
      removed: sizeOf(scope.removed),
      reestimated: sizeOf(scope.reestimated),
      movedIn: sizeOf(scope.movedIn),
      movedOut: sizeOf(scope.movedOut),
      filled: size('filled'),
      current: size('current'),
      done: sizeOf(work.doneSize),
    },
    items: {
      total: work.items,
      done: work.done,
      doing: work.doing,
      todo: work.items - work.done - work.doing,
      dropped: work.dropped,
      unestimated: work.unestimated,
    },
    because,
  }
}
