import type { IsoDate, IsoInstant } from './time.ts'

/** Where an item stands. `dropped` = closed without being done. */
export type WorkState = 'todo' | 'doing' | 'done' | 'dropped'

/** Whether the tracker still shows the item to us. */
export type Presence = 'present' | 'deleted' | 'moved' | 'archived' | 'invisible'

/** An account in a tracker: `github:ana-k`, `jira:5b10ac8d82e05b22cc7d4ef5`. */
export type Account = string

/** Another item or a milestone, by immutable id and by the name people know it under. */
export interface Reference {
  readonly id: string
  readonly key: string
}

/** A tracker's status, kept beside what it means. */
export interface Status {
  readonly name: string
  readonly state: WorkState
}

/** Time that somebody logged. `seconds: null` = the entry was deleted. */
export interface Worklog {
  readonly id: string
  readonly account: Account | null
  /** When the work was done, not when it was entered. */
  readonly startedAt: IsoInstant
  readonly seconds: number | null
}

/**
 * What can be known about an item at one moment; a fact gives one of these fields a new value.
 * Lists are whole and sorted, so that equal sets are equal values.
 */
export interface ItemFields {
  readonly title: string
  readonly status: Status
  /** Points, as estimated in the tracker. `null` = not estimated; 0 is an estimate. */
  readonly points: number | null
  /** Original time estimate in seconds. */
  readonly estimateSeconds: number | null
  readonly type: string | null
  /** GitHub milestone (one) or Jira fix versions. */
  readonly milestones: readonly Reference[]
  /** Parent issue or epic. */
  readonly parent: Reference | null
  readonly labels: readonly string[]
  readonly components: readonly string[]
  readonly sprints: readonly string[]
  readonly assignees: readonly Account[]
  readonly due: IsoDate | null
  readonly presence: Presence
}

export type ItemField = keyof ItemFields

/** An item before anything is known of it. */
export const BLANK_FIELDS: ItemFields = {
  title: '',
  status: { name: '', state: 'todo' },
  points: null,
  estimateSeconds: null,
  type: null,
  milestones: [],
  parent: null,
  labels: [],
  components: [],
  sprints: [],
  assignees: [],
  due: null,
  presence: 'present',
}

/** A tracker's milestone: GitHub milestone or Jira version. */
export interface Milestone {
  readonly id: string
  readonly title: string
  readonly url: string | null
  readonly start: IsoDate | null
  /** The day it is due; the tracker's whole local day. */
  readonly due: IsoDate | null
  readonly closedAt: IsoInstant | null
  readonly state: 'open' | 'closed'
}
