import type { IsoDate, IsoInstant } from '../../model/time.ts'
import type { Milestone, WorkState } from '../../model/work-item.ts'

/** What a tracker knows of one source, as far as a draft needs it. */
export interface TrackedSource {
  readonly id: string
  readonly milestones: readonly Milestone[]
  readonly items: readonly TrackedItem[]
}

export interface TrackedItem {
  readonly key: string
  readonly title: string
  readonly type: string | null
  readonly state: WorkState
  readonly createdAt: IsoInstant
  readonly closedAt: IsoInstant | null
  /** Titles of its milestones or versions. */
  readonly milestones: readonly string[]
  /** Key of its parent or epic. */
  readonly parent: string | null
  readonly points: number | null
  readonly estimateSeconds: number | null
  readonly due: IsoDate | null
}
