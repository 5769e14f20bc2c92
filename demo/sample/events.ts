import type { IsoDate, IsoInstant } from '../../src/model/time.ts'

export type TrackerName = 'github' | 'jira'

/** Something that a person does in a tracker, told so that both stand-ins can act it out. */
export type SampleEvent = Stamp & (MilestoneEvent | ItemEvent)

interface Stamp {
  readonly at: IsoInstant
  readonly tracker: TrackerName
  /** Repository (`acme/web`) or project key (`CORE`) in which it happens. */
  readonly container: string
  /** Person id, see `people.ts`. */
  readonly actor: string
}

/** GitHub milestones and Jira versions, known by their title within a container. */
export type MilestoneEvent =
  | {
      readonly kind: 'createMilestone'
      readonly milestone: string
      readonly text: string
      readonly due: IsoDate | null
    }
  | { readonly kind: 'rescheduleMilestone'; readonly milestone: string; readonly due: IsoDate | null }
  /** GitHub: closed. Jira: released. */
  | { readonly kind: 'closeMilestone'; readonly milestone: string }

/** `item` is the sample's own name of an item; it stays when the tracker's key changes. */
export type ItemEvent = { readonly item: string } & (
  | CreateItem
  | { readonly kind: 'estimate'; readonly points: number | null }
  /** Jira: In Progress. GitHub: label `in progress`. */
  | { readonly kind: 'start' }
  /** Jira: In Review. GitHub: nothing happens. */
  | { readonly kind: 'review' }
  | { readonly kind: 'complete' }
  /** `duplicateOf` = the other item, only with reason `duplicate`. */
  | { readonly kind: 'drop'; readonly reason: 'not-planned' | 'duplicate'; readonly duplicateOf: string | null }
  | { readonly kind: 'reopen' }
  | { readonly kind: 'setMilestone'; readonly milestone: string | null }
  | { readonly kind: 'setParent'; readonly parent: string | null }
  | { readonly kind: 'label'; readonly label: string }
  | { readonly kind: 'unlabel'; readonly label: string }
  | { readonly kind: 'assign'; readonly person: string | null }
  | {
      readonly kind: 'logWork'
      readonly person: string
      readonly startedAt: IsoInstant
      readonly seconds: number
      readonly comment: string
    }
  | { readonly kind: 'rename'; readonly title: string }
  | { readonly kind: 'delete' }
  /** GitHub: transferred to another repository. Jira: moved to another project. The key changes. */
  | { readonly kind: 'move'; readonly to: string; readonly key: string }
)

export interface CreateItem {
  readonly kind: 'create'
  /** What the tracker will call it: `acme/web#12`, `CORE-12`. Numbers follow the order of creation. */
  readonly key: string
  readonly title: string
  readonly text: string
  readonly type: ItemType
  readonly points: number | null
  readonly labels: readonly string[]
  /** Jira only; empty on GitHub. */
  readonly components: readonly string[]
  readonly milestone: string | null
  readonly parent: string | null
  readonly assignee: string | null
  readonly due: IsoDate | null
}

/** Jira issue types; on GitHub `Epic` does not occur and the others are the organisation's issue types. */
export type ItemType = 'Epic' | 'Story' | 'Task' | 'Bug'
