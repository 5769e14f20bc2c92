import { type IsoInstant, compareInstants } from './time.ts'
import type { ItemField, ItemFields, Worklog } from './work-item.ts'

/** What a fact is about: the item's birth, one of its fields, or time logged on it. */
export type FactField = ItemField | 'created' | 'worklog'

interface FactBase {
  /** Identity within its item: the tracker's event id with the field, else field + time + value. */
  readonly key: string
  /** The tracker's clock. */
  readonly occurredAt: IsoInstant
  /** The tracker's own order among facts of the same instant. */
  readonly sequence: number
  readonly actor: string | null
  /** A first value without history: taken as true since the item was created. */
  readonly assumed: boolean
}

/** From `occurredAt` on, `field` has this value. */
export type FieldFact = {
  [F in ItemField]: FactBase & { readonly field: F; readonly value: ItemFields[F] }
}[ItemField]

export type CreatedFact = FactBase & { readonly field: 'created'; readonly value: null }
export type WorklogFact = FactBase & { readonly field: 'worklog'; readonly value: Worklog }

/** Something that happened to an item in its tracker. Facts are asserted and retracted, never changed. */
export type Fact = FieldFact | CreatedFact | WorklogFact

/** Facts in the order in which they count: time, the tracker's sequence, key. */
export const byOccurrence = (a: Fact, b: Fact): number =>
  compareInstants(a.occurredAt, b.occurredAt) || a.sequence - b.sequence || compare(a.key, b.key)

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** One item as a pull found it: its present values and all of its history that the tracker tells. */
export interface PulledItem {
  /** Immutable id: GitHub node id, Jira numeric id. */
  readonly externalId: string
  /** What people call it: `acme/web#12`, `CORE-12`. May change. */
  readonly key: string
  readonly url: string
  readonly createdAt: IsoInstant
  readonly updatedAt: IsoInstant
  /** The values of this moment. */
  readonly snapshot: ItemFields
  /** The whole history, in any order: `created`, and every change of a field that the tracker records. */
  readonly history: readonly Fact[]
  /** Fields whose history is complete, so that their first value is known and not assumed. */
  readonly completeHistory: readonly ItemField[]
}
