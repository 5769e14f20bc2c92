import {
  type CloseReason,
  type GitHubSeed,
  type GitHubState,
  type IssueSeed,
  type MilestoneSeed,
  type StandInIssue,
  type StandInMilestone,
  blankState,
  issueOf,
  milestoneOf,
  userOf,
  wholeSecond,
} from './state.ts'
import { type Deed, dueInstant, key, makeLabel, nextId, record, tell, tellIssue, touch } from './record.ts'

export type { Deed } from './record.ts'

/** A repository with its milestones (numbered from 1) and issues (numbered from 1), as opened. */
export const createGitHubState = (seed: GitHubSeed): GitHubState => {
  const state = blankState(seed)
  for (const milestone of seed.milestones ?? []) createMilestone(state, milestone)
  for (const issue of seed.issues ?? []) openIssue(state, issue)
  return state
}

export const createMilestone = (state: GitHubState, seed: MilestoneSeed): StandInMilestone => {
  const at = wholeSecond(seed.createdAt)
  const id = nextId(state)
  const milestone: StandInMilestone = {
    number: state.milestones.size + 1,
    id,
    nodeId: `MI_${key(id)}`,
    title: seed.title,
    description: seed.description ?? null,
    state: 'open',
    creator: seed.creator ?? [...state.users.keys()][0] ?? state.owner,
    createdAt: at,
    updatedAt: at,
    dueOn: seed.dueOn === undefined ? null : dueInstant(seed.dueOn),
    closedAt: null,
  }
  userOf(state, milestone.creator)
  state.milestones.set(milestone.number, milestone)
  tell(state, { event: 'milestone', action: 'created', actor: milestone.creator, at, milestone })
  return milestone
}

/** Items keep the milestone; their old events go on telling its old title. */
export const editMilestone = (
  state: GitHubState,
  number: number,
  change: Deed & { readonly title?: string; readonly dueOn?: string | null },
): void => {
  const milestone = milestoneOf(state, number)
  if (change.title !== undefined) milestone.title = change.title
  if (change.dueOn !== undefined) milestone.dueOn = change.dueOn === null ? null : dueInstant(change.dueOn)
  milestone.updatedAt = wholeSecond(change.at)
  tell(state, { event: 'milestone', action: 'edited', actor: change.by, at: milestone.updatedAt, milestone })
}

export const closeMilestone = (state: GitHubState, number: number, deed: Deed): void => {
  const milestone = milestoneOf(state, number)
  const at = wholeSecond(deed.at)
  Object.assign(milestone, { state: 'closed', closedAt: at, updatedAt: at })
  tell(state, { event: 'milestone', action: 'closed', actor: deed.by, at, milestone })
}

/** Labels, assignees, milestone and parent given at once are recorded as events of the same second, as GitHub does. */
export const openIssue = (state: GitHubState, seed: IssueSeed): StandInIssue => open(state, seed, null)

/** Pull requests take the next number too, and stand in the same list. */
export const openPullRequest = (state: GitHubState, seed: IssueSeed): StandInIssue =>
  open(state, seed, { mergedAt: null })

export const mergePullRequest = (state: GitHubState, number: number, deed: Deed): void => {
  const pull = issueOf(state, number)
  if (pull.pullRequest === null || pull.state === 'closed') return
  pull.pullRequest.mergedAt = wholeSecond(deed.at)
  record(state, pull, deed, { type: 'MergedEvent' })
  shut(state, pull, deed, null)
}

export const closeIssue = (
  state: GitHubState,
  number: number,
  deed: Deed & { readonly reason?: CloseReason | null },
): void => {
  const issue = issueOf(state, number)
  if (issue.state === 'closed') return
  shut(state, issue, deed, issue.pullRequest ? null : deed.reason === undefined ? 'completed' : deed.reason)
}

export const reopenIssue = (state: GitHubState, number: number, deed: Deed): void => {
  const issue = issueOf(state, number)
  if (issue.state === 'open') return
  Object.assign(issue, {
    state: 'open',
    stateReason: issue.pullRequest ? null : 'reopened',
    closedAt: null,
    closedBy: null,
  })
  record(state, issue, deed, { type: 'ReopenedEvent' })
  tellIssue(state, issue, 'reopened', deed)
}

export const labelIssue = (state: GitHubState, number: number, label: string, deed: Deed): void => {
  const issue = issueOf(state, number)
  if (issue.labels.includes(label)) return
  makeLabel(state, label)
  issue.labels.push(label)
  record(state, issue, deed, { type: 'LabeledEvent', label })
  tellIssue(state, issue, 'labeled', deed, { label })
}

export const unlabelIssue = (state: GitHubState, number: number, label: string, deed: Deed): void => {
  const issue = issueOf(state, number)
  if (!issue.labels.includes(label)) return
  issue.labels = issue.labels.filter((name) => name !== label)
  record(state, issue, deed, { type: 'UnlabeledEvent', label })
  tellIssue(state, issue, 'unlabeled', deed, { label })
}

export const assignIssue = (state: GitHubState, number: number, assignee: string, deed: Deed): void => {
  const issue = issueOf(state, number)
  userOf(state, assignee)
  if (issue.assignees.includes(assignee)) return
  issue.assignees.push(assignee)
  record(state, issue, deed, { type: 'AssignedEvent', assignee })
  tellIssue(state, issue, 'assigned', deed, { assignee })
}

export const unassignIssue = (state: GitHubState, number: number, assignee: string, deed: Deed): void => {
  const issue = issueOf(state, number)
  if (!issue.assignees.includes(assignee)) return
  issue.assignees = issue.assignees.filter((login) => login !== assignee)
  record(state, issue, deed, { type: 'UnassignedEvent', assignee })
  tellIssue(state, issue, 'unassigned', deed, { assignee })
}

/** Replacing a milestone is two events of the same second. `null` takes it away. */
export const setMilestone = (state: GitHubState, number: number, milestone: number | null, deed: Deed): void => {
  const issue = issueOf(state, number)
  if (issue.milestone === milestone) return
  if (issue.milestone !== null) {
    const before = milestoneOf(state, issue.milestone)
    issue.milestone = null
    record(state, issue, deed, { type: 'DemilestonedEvent', milestoneTitle: before.title })
    tellIssue(state, issue, 'demilestoned', deed, { milestone: before })
  }
  if (milestone === null) return
  const after = milestoneOf(state, milestone)
  issue.milestone = milestone
  record(state, issue, deed, { type: 'MilestonedEvent', milestoneTitle: after.title })
  tellIssue(state, issue, 'milestoned', deed, { milestone: after })
}

export const retitleIssue = (state: GitHubState, number: number, title: string, deed: Deed): void => {
  const issue = issueOf(state, number)
  if (issue.title === title) return
  const previousTitle = issue.title
  issue.title = title
  record(state, issue, deed, { type: 'RenamedTitleEvent', previousTitle, currentTitle: title })
  tellIssue(state, issue, 'edited', deed, { previousTitle })
}

export const setParent = (state: GitHubState, number: number, parent: number | null, deed: Deed): void => {
  const issue = issueOf(state, number)
  if (issue.parent === parent) return
  const changes = [
    { type: 'ParentIssueRemovedEvent', action: 'parent_issue_removed', number: issue.parent },
    { type: 'ParentIssueAddedEvent', action: 'parent_issue_added', number: parent },
  ] as const
  for (const change of changes) {
    if (change.number === null) continue
    const other = issueOf(state, change.number)
    issue.parent = change.type === 'ParentIssueAddedEvent' ? change.number : null
    record(state, issue, deed, { type: change.type, parent: change.number })
    touch(other, wholeSecond(deed.at))
    tell(state, {
      event: 'sub_issues',
      action: change.action,
      actor: deed.by,
      at: wholeSecond(deed.at),
      issue,
      parent: other,
    })
  }
}

/** Nothing of it is left but the webhook. */
export const deleteIssue = (state: GitHubState, number: number, deed: Deed): void => {
  const issue = issueOf(state, number)
  state.issues.delete(number)
  state.gone.set(number, { how: 'deleted', to: null })
  tellIssue(state, issue, 'deleted', deed)
}

/** It goes on elsewhere under another id; here its number answers 301. */
export const transferIssue = (state: GitHubState, number: number, to: string, deed: Deed): void => {
  const issue = issueOf(state, number)
  state.issues.delete(number)
  state.gone.set(number, { how: 'transferred', to })
  tellIssue(state, issue, 'transferred', deed, { transferredTo: to })
}

const open = (state: GitHubState, seed: IssueSeed, pullRequest: StandInIssue['pullRequest']): StandInIssue => {
  const at = wholeSecond(seed.at)
  const id = nextId(state)
  userOf(state, seed.by)
  state.counters.number += 1
  const issue: StandInIssue = {
    number: state.counters.number,
    id,
    nodeId: `${pullRequest ? 'PR' : 'I'}_${key(id)}`,
    author: seed.by,
    createdAt: at,
    pullRequest,
    title: seed.title,
    body: seed.body ?? null,
    updatedAt: at,
    state: 'open',
    stateReason: null,
    closedAt: null,
    closedBy: null,
    labels: [],
    assignees: [],
    milestone: null,
    parent: null,
    events: [],
  }
  state.issues.set(issue.number, issue)
  const deed = { at, by: seed.by }
  tellIssue(state, issue, 'opened', deed)
  for (const label of seed.labels ?? []) labelIssue(state, issue.number, label, deed)
  for (const login of seed.assignees ?? []) assignIssue(state, issue.number, login, deed)
  if (seed.milestone !== undefined) setMilestone(state, issue.number, seed.milestone, deed)
  if (seed.parent !== undefined) setParent(state, issue.number, seed.parent, deed)
  return issue
}

const shut = (state: GitHubState, issue: StandInIssue, deed: Deed, reason: CloseReason | null): void => {
  const at = wholeSecond(deed.at)
  Object.assign(issue, { state: 'closed', stateReason: reason, closedAt: at, closedBy: deed.by })
  record(state, issue, deed, { type: 'ClosedEvent', reason })
  tellIssue(state, issue, 'closed', deed)
}
