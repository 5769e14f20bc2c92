import { isoInstant } from '../../model/time.ts'
import type { Account, Reference } from '../../model/work-item.ts'
import type { Change } from './history.ts'
import type { MilestoneTitles } from './milestones.ts'
import type { ItemNode, TimelineEvent } from './shapes.ts'

/** What a node's timeline says about each field, in its order. */
export interface Changes {
  readonly labels: readonly Change<string>[]
  readonly assignees: readonly Change<Account>[]
  readonly milestone: readonly Change<Reference>[]
  readonly parent: readonly Change<Reference>[]
  readonly title: readonly Change<string>[]
  /** `added` = a reason for closing; `removed` = opened again. */
  readonly closing: readonly Change<string>[]
}

export const accountOf = (login: string): Account => `github:${login}`

export const referenceTo = (issue: NonNullable<ItemNode['parent']>): Reference => ({
  id: issue.id,
  key: `${issue.repository.nameWithOwner}#${issue.number}`,
})

export const changesOf = (node: ItemNode, titles: MilestoneTitles): Changes => {
  const events = [...node.timelineItems.nodes]
    .map((event, index) => ({ event, index }))
    .sort((a, b) => Date.parse(a.event.createdAt) - Date.parse(b.event.createdAt) || a.index - b.index)
    .map(({ event }, index) => ({ event, sequence: index + 1 }))
  const milestoneNamed = milestoneFinder(
    node,
    titles,
    events.map(({ event }) => event),
  )
  const read = <T>(added: string, removed: string, value: (event: TimelineEvent) => T | null): readonly Change<T>[] =>
    events
      .filter(({ event }) => event.__typename === added || event.__typename === removed)
      .map(({ event, sequence }) => ({
        eventId: event.id,
        occurredAt: isoInstant(event.createdAt),
        sequence,
        actor: event.actor ? accountOf(event.actor.login) : null,
        added: event.__typename === added ? value(event) : null,
        removed: event.__typename === removed ? value(event) : null,
      }))
  return {
    labels: read('LabeledEvent', 'UnlabeledEvent', (event) => event.label?.name ?? null),
    assignees: read('AssignedEvent', 'UnassignedEvent', ({ assignee }) =>
      assignee?.login ? accountOf(assignee.login) : null,
    ),
    milestone: read('MilestonedEvent', 'DemilestonedEvent', milestoneNamed),
    parent: read('ParentIssueAddedEvent', 'ParentIssueRemovedEvent', ({ parent }) =>
      parent ? referenceTo(parent) : null,
    ),
    title: read('RenamedTitleEvent', 'RenamedTitleEvent', (event) => event.currentTitle ?? null),
    closing: read('ClosedEvent', 'ReopenedEvent', (event) => event.stateReason ?? ''),
  }
}

/**
 * Events name a milestone by the title it had then. It is the milestone that has this title now; else, for the last one
 * set, the item's present milestone, renamed since; else it is gone, and its title is all that is left of it.
 */
const milestoneFinder = (node: ItemNode, titles: MilestoneTitles, events: readonly TimelineEvent[]) => {
  const present = node.milestone ? { id: node.milestone.id, key: node.milestone.title } : null
  const lastSet = events.findLast((event) => event.__typename === 'MilestonedEvent')
  const titleOfPresent = present && lastSet?.milestoneTitle
  return (event: TimelineEvent): Reference | null => {
    const title = event.milestoneTitle
    if (!title) return null
    if (present && title === present.key) return present
    const known = titles.get(title)
    if (known) return known
    if (present && title === titleOfPresent) return present
    return { id: title, key: title }
  }
}
