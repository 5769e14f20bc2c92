import type { Fact } from '../model/fact.ts'
import type { IsoInstant } from '../model/time.ts'
import { BLANK_FIELDS, type ItemFields } from '../model/work-item.ts'
import { itemTimeline, sortFacts } from './item-timeline.ts'

/** The present row of an item: a projection of its facts. */
export interface ProjectedItem extends ItemFields {
  readonly createdAt: IsoInstant | null
  /** Last entry into done or dropped from outside of both; `null` while open. */
  readonly closedAt: IsoInstant | null
  /** When the last of its facts happened. */
  readonly changedAt: IsoInstant | null
  readonly loggedSeconds: number
}

/** @param facts active facts of one item, in any order */
export const projectItem = (facts: readonly Fact[]): ProjectedItem => {
  const sorted = sortFacts(facts)
  let createdAt: IsoInstant | null = null
  let loggedSeconds = 0
  for (const fact of sorted) {
    if (fact.field === 'created') createdAt ??= fact.occurredAt
    if (fact.field === 'worklog') loggedSeconds += fact.value.seconds ?? 0
  }
  let closedAt: IsoInstant | null = null
  let fields = BLANK_FIELDS
  for (const step of itemTimeline(sorted)) {
    const closed = step.fields.status.state === 'done' || step.fields.status.state === 'dropped'
    if (!closed) closedAt = null
    else closedAt ??= step.at
    fields = step.fields
  }
  return {
    ...fields,
    createdAt: createdAt ?? sorted[0]?.occurredAt ?? null,
    closedAt,
    changedAt: sorted.at(-1)?.occurredAt ?? null,
    loggedSeconds,
  }
}
