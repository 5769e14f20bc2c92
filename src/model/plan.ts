import type { CalendarText, WorkingCalendar } from './calendar.ts'
import type { Resource } from './resource.ts'
import type { IsoDate } from './time.ts'
import type { Zone } from './zone.ts'

export type SizeUnit = 'points' | 'hours' | 'items'

/** Which items belong to a phase: every key that is given must match; a list means any of its values. */
export interface MappingRule {
  readonly source?: readonly string[] | undefined
  readonly milestone?: readonly string[] | undefined
  /** The item's direct parent, by key or title-independent id. */
  readonly epic?: readonly string[] | undefined
  readonly parent?: readonly string[] | undefined
  readonly label?: readonly string[] | undefined
  readonly type?: readonly string[] | undefined
  readonly component?: readonly string[] | undefined
  readonly sprint?: readonly string[] | undefined
  readonly key?: readonly string[] | undefined
  /** Text in the title: all words must occur, `*` stands for any text, case does not matter. */
  readonly title?: readonly string[] | undefined
  /** The rule counts from this day on: items move then, they are not re-filed in the past. */
  readonly from?: IsoDate | undefined
}

export type LinkType = 'FS' | 'SS' | 'FF' | 'SF'

export interface PhaseLink {
  readonly phase: string
  readonly type: LinkType
  /** Working days of the plan's calendar; negative = lead. */
  readonly lagDays: number
}

export type Spread =
  | { readonly kind: 'linear' | 'front' | 'back' | 'bell' }
  /** Amounts per period, each up to and including `until`; they sum to the budget. Major units. */
  | { readonly kind: 'periods'; readonly periods: readonly { readonly until: IsoDate; readonly amount: number }[] }

export interface Budget {
  /** Major units of the plan's currency. */
  readonly amount: number
  readonly spread: Spread
}

/** How a phase earns its value. */
export type ProgressTechnique =
  | { readonly kind: 'items' | '0/100' | '50/50' | 'milestones' | 'manual' | 'level-of-effort' | 'units' }
  /** Earns `factor` of the share that another phase has earned. */
  | { readonly kind: 'apportioned'; readonly phase: string; readonly factor: number }

export interface PlanMilestone {
  readonly id: string
  readonly name: string
  readonly date: IsoDate
  readonly weight: number | null
  readonly actual: IsoDate | null
  readonly tracker: { readonly source: string; readonly milestone: string } | null
  /** When the tracker's milestone was closed or released, in the plan's zone, as known at this revision. Never written. */
  readonly reachedOn?: IsoDate | null | undefined
}

/** The day on which a milestone was reached: as entered, else as its tracker says. */
export const reachedOn = (milestone: PlanMilestone): IsoDate | null => milestone.actual ?? milestone.reachedOn ?? null

/** Something entered by hand. Costs are increments; percent and units are cumulative. */
export interface DatedActual {
  /** Ledger subject, given when it is stored. */
  readonly subject: number
  readonly date: IsoDate
  readonly cost: number | null
  readonly percent: number | null
  readonly units: number | null
  readonly note: string | null
}

export type ActualCostSource = 'logged' | 'entered' | 'both'

export interface Phase {
  /** Stable number in the ledger, never used again. */
  readonly no: number
  readonly id: string
  readonly name: string
  readonly parent: string | null
  readonly level: number
  readonly owner: string | null
  readonly start: IsoDate | null
  readonly finish: IsoDate | null
  /** Planned scope in the plan's unit, when stated; includes child phases. */
  readonly size: number | null
  /** Includes child phases. */
  readonly budget: Budget | null
  readonly after: readonly PhaseLink[]
  readonly progress: ProgressTechnique
  readonly map: readonly MappingRule[]
  readonly objectives: readonly string[]
  readonly milestones: readonly PlanMilestone[]
  readonly actuals: readonly DatedActual[]
  readonly actualStart: IsoDate | null
  readonly actualFinish: IsoDate | null
  readonly actualCost: ActualCostSource
  readonly unitsTotal: number | null
  readonly declared: readonly DeclaredStatus[]
}

/** What the owner says of a phase, dated; shown beside what the numbers say. */
export interface DeclaredStatus {
  readonly date: IsoDate
  readonly status: 'on-track' | 'at-risk' | 'off-track'
  readonly comment: string | null
}

export interface Objective {
  readonly id: string
  readonly name: string
  readonly indicator: {
    readonly unit: string
    readonly from: number
    readonly target: number
    readonly actuals: Readonly<Record<IsoDate, number>>
  } | null
}

export interface Allocation {
  readonly resource: string
  readonly phase: string
  /** 0..1 of the resource's capacity. */
  readonly share: number
}

export interface Risk {
  readonly id: string
  readonly name: string
  readonly probability: number
  readonly impact: { readonly days: number | null; readonly cost: number | null }
  readonly phase: string | null
  readonly owner: string | null
  readonly response: string | null
  readonly mitigation: readonly string[]
  readonly review: IsoDate | null
}

export interface Stakeholder {
  readonly name: string
  readonly email: string | null
  readonly role: string | null
  readonly digest: string | null
}

/** A plan as it stood at one of its revisions; a new revision stores a new document. */
export interface PlanDocument {
  readonly id: string
  readonly name: string
  readonly zone: Zone
  /** `null` = the plan has no money; values are then in its unit. */
  readonly currency: string | null
  readonly unit: SizeUnit
  /** What an unestimated item weighs. */
  readonly missingSize: number
  readonly calendar: WorkingCalendar
  /** The calendar as it was written, for export and comparison; `calendar` is what counts. */
  readonly calendarText?: CalendarText | undefined
  /** Pre-order: a parent, then its children in written order. */
  readonly phases: readonly Phase[]
  /** Everybody and everything that is known at this revision, with rates and accounts. */
  readonly resources: readonly Resource[]
  readonly objectives: readonly Objective[]
  readonly allocations: readonly Allocation[]
  readonly risks: readonly Risk[]
  readonly stakeholders: readonly Stakeholder[]
}

/** Phases without children, in plan order. */
export const leafPhases = (plan: PlanDocument): readonly Phase[] => {
  const parents = new Set(plan.phases.map((phase) => phase.parent))
  return plan.phases.filter((phase) => !parents.has(phase.id))
}

/** Sources that the plan's rules name; `null` = at least one rule names none, so every source counts. */
export const plannedSources = (plan: PlanDocument): ReadonlySet<string> | null => {
  const named = new Set<string>()
  for (const phase of plan.phases)
    for (const rule of phase.map) {
      if (rule.source === undefined) return null
      for (const source of rule.source) named.add(source)
    }
  return named
}
