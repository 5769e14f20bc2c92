/** Pure steps that rebuild values from events that tell only what changed. */

/** One event's effect on one field, in the order of the timeline. */
export interface Change<T> {
  readonly eventId: string
  readonly occurredAt: string
  readonly sequence: number
  readonly actor: string | null
  readonly added: T | null
  readonly removed: T | null
}

/** From `change` on, the field has this whole value. */
export interface Step<T> {
  readonly change: Change<unknown>
  readonly value: T
}

export interface Replayed<T> {
  readonly first: T
  readonly steps: readonly Step<T>[]
}

/**
 * A set of names (labels, assignees): back from the present set through the events gives the first one, then forward.
 * Additions without an event are taken as there from the start. Sets come out sorted.
 */
export const replaySet = (
  present: readonly string[],
  changes: readonly Change<string>[],
): Replayed<readonly string[]> => {
  const set = new Set(present)
  for (const { added, removed } of [...changes].reverse()) {
    if (added !== null) set.delete(added)
    if (removed !== null) set.add(removed)
  }
  const first = [...set].sort()
  const steps = changes.map((change) => {
    if (change.added !== null) set.add(change.added)
    if (change.removed !== null) set.delete(change.removed)
    return { change, value: [...set].sort() }
  })
  return { first, steps }
}

/**
 * A single value (milestone, parent). Replacing one is told as two events of the same second in no promised order: a
 * removal counts only for the value that is there. The first value is the first one removed that was never added.
 *
 * @param same whether two values are the same thing
 */
export const replaySingle = <T>(
  present: T | null,
  changes: readonly Change<T>[],
  same: (a: T, b: T) => boolean,
): Replayed<T | null> => {
  const first = changes.length === 0 ? present : firstRemoved(changes, same)
  let current = first
  const steps = changes.map((change) => {
    if (change.added !== null) current = change.added
    else if (change.removed !== null && current !== null && same(change.removed, current)) current = null
    return { change, value: current }
  })
  return { first, steps }
}

const firstRemoved = <T>(changes: readonly Change<T>[], same: (a: T, b: T) => boolean): T | null => {
  const added: T[] = []
  for (const change of changes) {
    const { removed } = change
    if (removed !== null && !added.some((value) => same(value, removed))) return removed
    if (change.added !== null) added.push(change.added)
  }
  return null
}
