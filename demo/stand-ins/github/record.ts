import {
  type GitHubState,
  type Happening,
  type StandInEvent,
  type StandInIssue,
  hash,
  userOf,
  wholeSecond,
} from './state.ts'

/** Who did it, and when: an ISO instant. Give instants in order, as a tracker would see them. */
export interface Deed {
  readonly at: string
  readonly by: string
}

type Recorded<E> = E extends StandInEvent ? Omit<E, 'id' | 'at' | 'actor'> : never

/** Adds what GitHub records of a deed to the issue's timeline. */
export const record = (state: GitHubState, issue: StandInIssue, deed: Deed, event: Recorded<StandInEvent>): void => {
  userOf(state, deed.by)
  state.counters.event += 1
  const at = wholeSecond(deed.at)
  issue.events.push({
    ...event,
    id: `${SHORT[event.type]}_${key(state.counters.event)}`,
    at,
    actor: deed.by,
  } as StandInEvent)
  touch(issue, at)
}

const SHORT: Record<StandInEvent['type'], string> = {
  ClosedEvent: 'CE',
  ReopenedEvent: 'REE',
  MergedEvent: 'ME',
  LabeledEvent: 'LE',
  UnlabeledEvent: 'UNLE',
  AssignedEvent: 'AE',
  UnassignedEvent: 'UNAE',
  MilestonedEvent: 'MIE',
  DemilestonedEvent: 'DEE',
  RenamedTitleEvent: 'RTE',
  ParentIssueAddedEvent: 'PIAE',
  ParentIssueRemovedEvent: 'PIRE',
}

export const touch = (issue: StandInIssue, at: string): void => {
  if (at > issue.updatedAt) issue.updatedAt = at
}

export const tellIssue = (
  state: GitHubState,
  issue: StandInIssue,
  action: string,
  deed: Deed,
  more: Partial<Happening> = {},
): void => {
  const event = issue.pullRequest ? 'pull_request' : 'issues'
  tell(state, { event, action, actor: deed.by, at: wholeSecond(deed.at), issue, ...more })
}

export const tell = (state: GitHubState, happening: Happening): void => {
  state.version += 1
  for (const listener of state.listeners) listener(happening)
}

export const makeLabel = (state: GitHubState, name: string): void => {
  if (state.labels.has(name)) return
  state.labels.set(name, { name, id: nextId(state), color: hash(name).toString(16).padStart(6, '0').slice(0, 6) })
}

export const nextId = (state: GitHubState): number => {
  state.counters.id += 1
  return state.counters.id
}

/** A date given without a time is stored as the midnight with which it begins in California, as GitHub's API does. */
export const dueInstant = (due: string): string => (due.length === 10 ? `${due}T07:00:00Z` : wholeSecond(due))

export const key = (id: number): string => `kwDO${id.toString(36).toUpperCase().padStart(7, '0')}`
