import { valueUnitOf as plannedUnit } from '../ledger/own-figures.ts'
import { type Micro, moneyOf, sizeOf } from '../model/amounts.ts'
import type { Baseline } from '../model/baseline.ts'
import type { PlanDocument } from '../model/plan.ts'

/** What values are measured in: money where a budget exists, else the plan's unit. */
export interface ValueUnit {
  readonly code: string
  readonly isMoney: boolean
  readonly number: (micro: Micro) => number
}

export const valueUnitOf = (plan: PlanDocument, baseline: Baseline | null): ValueUnit => {
  const code = baseline?.valueUnit ?? plannedUnit(plan)
  return code === plan.currency
    ? { code, isMoney: true, number: (micro) => moneyOf(micro, code) }
    : { code, isMoney: false, number: sizeOf }
}
