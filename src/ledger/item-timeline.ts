import { type Fact, byOccurrence } from '../model/fact.ts'
import type { IsoInstant } from '../model/time.ts'
import { BLANK_FIELDS, type ItemFields } from '../model/work-item.ts'

/** What an item was from an instant on. */
export interface TimelineStep {
  readonly at: IsoInstant
  /** What happened at that instant; time logged is left out. */
  readonly facts: readonly Fact[]
  readonly fields: ItemFields
}

/** Facts in the order in which they count, one per key: of doubles the first stays. */
export const sortFacts = (facts: readonly Fact[]): readonly Fact[] => {
  const sorted = [...facts].sort(byOccurrence)
  const seen = new Set<string>()
  return sorted.filter((fact) => !seen.has(fact.key) && seen.add(fact.key))
}

/**
 * An item's fields over time. Facts of one instant make one step, so that an item is born with its first values;
 * only a second status of the same instant begins a step of its own, so that closing and reopening within a second
 * are both told.
 *
 * @param facts active facts in any order, doubles allowed
 * @returns steps in order; before the first one the item did not exist
 */
export const itemTimeline = (facts: readonly Fact[]): readonly TimelineStep[] => {
  const steps: Draft[] = []
  let fields: ItemFields = BLANK_FIELDS
  let hasStatus = false
  for (const fact of sortFacts(facts)) {
    if (fact.field === 'worklog') continue
    const last: Draft | undefined = steps.at(-1)
    const together: boolean =
      last !== undefined && last.at === fact.occurredAt && !(hasStatus && fact.field === 'status')
    hasStatus = fact.field === 'status' || (together && hasStatus)
    if (fact.field !== 'created') fields = { ...fields, [fact.field]: fact.value }
    if (last !== undefined && together) {
      last.facts.push(fact)
      last.fields = fields
    } else steps.push({ at: fact.occurredAt, facts: [fact], fields })
  }
  return steps
}

interface Draft {
  readonly at: IsoInstant
  readonly facts: Fact[]
  fields: ItemFields
}
