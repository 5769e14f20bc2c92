/**
 * What the stand-in GitHub knows: one repository with its users, labels, milestones, issues and their events.
 * Built with `createGitHubState`, changed only by the functions in `mutations.ts`.
 */
export interface GitHubState {
  readonly owner: string
  readonly repo: string
  readonly repositoryId: number
  readonly createdAt: string
  /** Former names: asked for under one of these, the API answers 301. */
  readonly formerNames: string[]
  readonly users: Map<string, StandInUser>
  readonly labels: Map<string, StandInLabel>
  readonly milestones: Map<number, StandInMilestone>
  readonly issues: Map<number, StandInIssue>
  /** Deleted or transferred: their node ids answer `null`. */
  readonly gone: Map<number, { readonly how: 'deleted' | 'transferred'; readonly to: string | null }>
  /** Told of every mutation, at once. */
  readonly listeners: Set<(happening: Happening) => void>
  readonly counters: { number: number; event: number; id: number }
  /** Where the stand-in is served; addresses in answers begin with it. */
  address: { api: string; web: string }
  /** Counts mutations: whoever caches something of the state compares it. */
  version: number
}

export interface StandInUser {
  readonly login: string
  readonly id: number
}

export interface StandInLabel {
  readonly name: string
  readonly id: number
  readonly color: string
}

export interface StandInMilestone {
  readonly number: number
  readonly id: number
  readonly nodeId: string
  title: string
  description: string | null
  state: 'open' | 'closed'
  readonly creator: string
  readonly createdAt: string
  updatedAt: string
  /** An instant: the midnight with which the day begins where GitHub's servers keep it. */
  dueOn: string | null
  closedAt: string | null
}

export type CloseReason = 'completed' | 'not_planned' | 'duplicate'

export interface StandInIssue {
  readonly number: number
  readonly id: number
  readonly nodeId: string
  readonly author: string
  readonly createdAt: string
  /** `null` = an issue; pull requests share its numbers and its list. */
  readonly pullRequest: { mergedAt: string | null } | null
  title: string
  body: string | null
  updatedAt: string
  state: 'open' | 'closed'
  stateReason: CloseReason | 'reopened' | null
  closedAt: string | null
  closedBy: string | null
  labels: string[]
  assignees: string[]
  milestone: number | null
  parent: number | null
  readonly events: StandInEvent[]
}

interface EventBase {
  readonly id: string
  readonly at: string
  readonly actor: string
}

/** What GitHub records of a mutation. Milestones are told by the title that they had. */
export type StandInEvent =
  | (EventBase & { readonly type: 'ClosedEvent'; readonly reason: CloseReason | null })
  | (EventBase & { readonly type: 'ReopenedEvent' | 'MergedEvent' })
  | (EventBase & { readonly type: 'LabeledEvent' | 'UnlabeledEvent'; readonly label: string })
  | (EventBase & { readonly type: 'AssignedEvent' | 'UnassignedEvent'; readonly assignee: string })
  | (EventBase & { readonly type: 'MilestonedEvent' | 'DemilestonedEvent'; readonly milestoneTitle: string })
  | (EventBase & { readonly type: 'RenamedTitleEvent'; readonly previousTitle: string; readonly currentTitle: string })
  | (EventBase & { readonly type: 'ParentIssueAddedEvent' | 'ParentIssueRemovedEvent'; readonly parent: number })

/** One mutation, as webhooks tell it. */
export interface Happening {
  readonly event: 'issues' | 'milestone' | 'sub_issues' | 'pull_request'
  readonly action: string
  readonly actor: string
  readonly at: string
  readonly issue?: StandInIssue
  readonly milestone?: StandInMilestone
  readonly label?: string
  readonly assignee?: string
  readonly parent?: StandInIssue
  readonly previousTitle?: string
  /** `owner/name` that an issue was transferred to. */
  readonly transferredTo?: string
}

export interface MilestoneSeed {
  readonly title: string
  readonly description?: string
  /** A date, or an instant as GitHub would tell it. */
  readonly dueOn?: string
  readonly createdAt: string
  readonly creator?: string
}

export interface IssueSeed {
  readonly title: string
  /** ISO instant; GitHub keeps whole seconds. */
  readonly at: string
  readonly by: string
  readonly body?: string
  readonly labels?: readonly string[]
  readonly assignees?: readonly string[]
  /** Milestone number. */
  readonly milestone?: number
  /** Number of the parent issue. */
  readonly parent?: number
}

export interface GitHubSeed {
  readonly owner: string
  readonly repo: string
  /** Logins. */
  readonly users: readonly string[]
  readonly createdAt?: string
  readonly milestones?: readonly MilestoneSeed[]
  readonly issues?: readonly IssueSeed[]
}

export const blankState = (seed: Pick<GitHubSeed, 'owner' | 'repo' | 'users' | 'createdAt'>): GitHubState => ({
  owner: seed.owner,
  repo: seed.repo,
  repositoryId: 1000 + hash(`${seed.owner}/${seed.repo}`),
  createdAt: seed.createdAt ?? '2020-01-01T00:00:00Z',
  formerNames: [],
  users: new Map(seed.users.map((login) => [login, { login, id: 1 + hash(login) }])),
  labels: new Map(),
  milestones: new Map(),
  issues: new Map(),
  gone: new Map(),
  listeners: new Set(),
  counters: { number: 0, event: 0, id: 100_000 },
  address: { api: 'https://api.github.test', web: 'https://github.test' },
  version: 0,
})

export const fullName = (state: GitHubState): string => `${state.owner}/${state.repo}`

export const userOf = (state: GitHubState, login: string): StandInUser => {
  const found = state.users.get(login)
  if (!found) throw new Error(`stand-in GitHub: there is no user ${login}; list it in users`)
  return found
}

export const issueOf = (state: GitHubState, number: number): StandInIssue => {
  const found = state.issues.get(number)
  if (!found) throw new Error(`stand-in GitHub: there is no issue #${number} in ${fullName(state)}`)
  return found
}

export const milestoneOf = (state: GitHubState, number: number): StandInMilestone => {
  const found = state.milestones.get(number)
  if (!found) throw new Error(`stand-in GitHub: there is no milestone ${number} in ${fullName(state)}`)
  return found
}

/** GitHub's instants have whole seconds. */
export const wholeSecond = (at: string): string => `${new Date(at).toISOString().slice(0, 19)}Z`

/** A small number that is always the same for the same text. */
export const hash = (text: string): number => {
  let value = 2166136261
  for (let index = 0; index < text.length; index += 1) value = Math.imul(value ^ text.charCodeAt(index), 16777619)
  return (value >>> 0) % 90_000_000
}
