import type { Micro } from './amounts.ts'
import type { PlanDocument } from './plan.ts'
import type { IsoDate, IsoInstant } from './time.ts'

/** A phase as approved. Values are micro units of the baseline's value unit; sizes micro units of its size unit. */
export interface BaselinePhase {
  readonly phaseNo: number
  readonly id: string
  readonly parent: string | null
  readonly start: IsoDate | null
  readonly finish: IsoDate | null
  /** Budget of this phase itself, without its children. */
  readonly value: Micro
  /** Baseline scope of this phase itself: the larger of the stated size and the listed items; `null` = neither. */
  readonly scope: Micro | null
  /** Scope that no listed item fills yet, and its share of the value. */
  readonly poolSize: Micro
  readonly poolValue: Micro
  /** What had been earned under the predecessor when this baseline came into force. */
  readonly carried: Micro
  /** How many items the list holds for this phase. */
  readonly listedItems: number
  /** Cumulative planned value at the end of each calendar day from `curveStart`. */
  readonly curveStart: IsoDate | null
  readonly curve: readonly Micro[]
  /** Scope sums of the phase that the freeze had already counted (book 0 flows with day <= workDay and revision <= its own). */
  readonly excepted: ScopeFlows
}

export interface ScopeFlows {
  readonly added: Micro
  readonly removed: Micro
  readonly reestimated: Micro
  readonly movedIn: Micro
  readonly movedOut: Micro
}

/** An item on the baseline's list, with the share of the budget that it earns when done. */
export interface BaselineItem {
  readonly subject: number
  readonly phaseNo: number
  readonly size: Micro
  readonly value: Micro
  readonly carried: Micro
  readonly estimated: boolean
}

/** An approved, numbered, frozen copy of the plan and of the work that it covers. Never changed. */
export interface Baseline {
  readonly number: number
  readonly name: string
  readonly reason: string
  readonly approver: string | null
  readonly approvedAt: IsoInstant
  /** The revision (R0) and the work day (D0) that it was taken from. */
  readonly revision: number
  readonly workDay: IsoDate
  /** First day on which it counts; `null` for number 1, which reaches back to every earlier status date. */
  readonly firstDay: IsoDate | null
  /** Currency code, or the size unit where the plan has no budget. */
  readonly valueUnit: string
  readonly plan: PlanDocument
  readonly phases: readonly BaselinePhase[]
  readonly hash: string
}

/** Before it is stored. */
export type BaselineDraft = Omit<Baseline, 'number' | 'hash' | 'revision' | 'approvedAt'> & {
  readonly items: readonly BaselineItem[]
}
