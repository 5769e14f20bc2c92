import type { IsoDate } from '../../src/model/time.ts'
import type { ItemType } from './events.ts'
import type { Theme } from './themes/theme.ts'

/** A plan of the sample: what goes into the set-up file, and how its work will go. */
export interface PlanBlueprint {
  readonly id: string
  readonly name: string
  readonly unit: 'points' | 'items'
  readonly start: IsoDate
  readonly baseline: { readonly asOf: IsoDate; readonly name: string; readonly reason: string }
  readonly objectives: readonly PlainData[]
  readonly phases: readonly PhaseBlueprint[]
  readonly allocations: readonly { readonly resource: string; readonly phase: string; readonly share: string }[]
  readonly risks: readonly (PlainData & { readonly mitigation: readonly string[] })[]
  readonly stakeholders: readonly PlainData[]
  readonly milestones: readonly TrackerMilestone[]
  readonly epics: readonly EpicBlueprint[]
}

/** What YAML can hold. */
export type Plain = string | number | boolean | null | readonly Plain[] | PlainData
export interface PlainData {
  readonly [key: string]: Plain
}

export interface TrackerMilestone {
  readonly container: string
  readonly title: string
  readonly text: string
  readonly due: IsoDate | null
  /** Closed or released on this day; `null` = still open when the story ends. */
  readonly closed: IsoDate | null
  readonly rescheduled?: { readonly on: IsoDate; readonly due: IsoDate }
}

export interface EpicBlueprint {
  readonly ref: string
  readonly container: string
  readonly title: string
  readonly text: string
}

export interface PhaseBlueprint {
  readonly id: string
  readonly name: string
  readonly start: IsoDate
  readonly finish: IsoDate
  /** Major units; 0 for a parent, whose children carry the money. */
  readonly budget: number
  readonly spread?: 'front' | 'back' | 'bell'
  readonly size?: number
  readonly owner: string
  readonly after?: readonly PlainData[]
  readonly progress?: '50/50' | 'milestones' | 'manual' | 'level-of-effort' | 'units'
  readonly unitsTotal?: number
  /** Items named by `epic` and `key` are sample names; the set-up file gets their keys. */
  readonly map: readonly PlainData[]
  readonly objectives?: readonly string[]
  readonly milestones?: readonly PlanMilestoneBlueprint[]
  /** Entered percents, units and equipment costs. */
  readonly entered?: readonly {
    readonly date: IsoDate
    readonly percent?: number
    readonly units?: number
    readonly cost?: number
    readonly note?: string
  }[]
  readonly work: WorkBlueprint | null
  readonly money: MoneyBlueprint
  readonly phases?: readonly PhaseBlueprint[]
}

export interface PlanMilestoneBlueprint {
  readonly id: string
  readonly name: string
  readonly date: IsoDate
  readonly weight?: number
  readonly tracker?: { readonly source: string; readonly milestone: string }
}

export interface MoneyBlueprint {
  /** Cost performance that the phase will show: earned value ÷ actual cost. */
  readonly costIndex: number
  /** Part of the cost that people log as hours in Jira; the rest arrives as invoices. */
  readonly loggedShare: number
  readonly supplier: string
}

export interface WorkBlueprint {
  readonly theme: Theme
  readonly places: readonly Place[]
  /** Items that exist when the baseline is frozen. */
  readonly listed: number
  /** Items are written as they are needed, until the stated size is filled. */
  readonly rollingWave?: boolean
  /** Points to draw from. */
  readonly sizes: readonly number[]
  readonly bugShare: number
  /** How the work goes against its plan: begins later, takes longer. */
  readonly pace: { readonly delayWeeks: number; readonly stretch: number }
  readonly growth?: Growth
  /** Part of the listed items that turns out not to be needed. */
  readonly dropShare: number
  readonly unestimatedShare: number
  /** Part of the listed items whose estimate rises while they are worked on. */
  readonly risingEstimates: number
  readonly team: readonly string[]
}

/** Items that nobody had planned. */
export interface Growth {
  readonly items: number
  readonly from: IsoDate
  readonly to: IsoDate
  /** Part of them that gets done before the story ends. */
  readonly doneShare: number
}

/** Where a new item is filed. */
export interface Place {
  readonly share: number
  readonly container: string
  readonly milestone?: string
  readonly parent?: string
  readonly labels?: readonly string[]
  readonly components?: readonly string[]
  readonly type?: ItemType
}

/** Phases that have no children, in plan order. */
export const leavesOf = (phases: readonly PhaseBlueprint[]): readonly PhaseBlueprint[] =>
  phases.flatMap((phase) => (phase.phases ? leavesOf(phase.phases) : [phase]))
