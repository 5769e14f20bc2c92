import type { LinkType } from '../model/plan.ts'

/** One task of a schedule network. Times are numbers on one axis (any unit; working minutes on calendars). */
export interface NetworkTask {
  readonly id: string
  readonly duration: number
  readonly predecessors: readonly NetworkLink[]
  /** Start no earlier than. */
  readonly earliestStart?: number | null
  /** Lowers the late finish only: early dates never move, float may become negative. */
  readonly deadline?: number | null
  /** Holds, whatever the links say. */
  readonly actualStart?: number | null
  readonly actualFinish?: number | null
  /** Duration left of a started task, from the status date on; left out = `duration`. */
  readonly remaining?: number | null
}

export interface NetworkLink {
  /** The predecessor. */
  readonly id: string
  readonly type: LinkType
  /** Negative = lead. */
  readonly lag: number
}

export interface TaskDates {
  readonly earlyStart: number
  readonly earlyFinish: number
  readonly lateStart: number
  readonly lateFinish: number
  /** How long it may slip without moving the end (or a deadline); `null` = finished. */
  readonly totalFloat: number | null
  /** How long it may slip without moving a successor; `null` = finished. */
  readonly freeFloat: number | null
  /** Total float <= 0. */
  readonly critical: boolean
}
