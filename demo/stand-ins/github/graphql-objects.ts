import { type Arguments, FieldError } from './graphql.ts'
import { type GitHubState, type StandInEvent, type StandInIssue, fullName } from './state.ts'

/** What GraphQL queries start from. */
export const queryRoot = (state: GitHubState): object => {
  const byNodeId = nodeIds(state)
  const nodeOf = (id: unknown): object | FieldError => {
    const issue = byNodeId.get(String(id))
    return issue
      ? issueObject(state, issue)
      : new FieldError('NOT_FOUND', `Could not resolve to a node with the global id of '${String(id)}'`)
  }
  return {
    nodes: ({ ids }: Arguments) => {
      const list: readonly unknown[] = Array.isArray(ids) ? ids : []
      if (list.length > 100) throw new FieldError('ARGUMENT_LIMIT', 'You may not provide more than 100 node ids')
      return list.map(nodeOf)
    },
    node: ({ id }: Arguments) => orThrow(nodeOf(id)),
    repository: ({ owner, name }: Arguments) => {
      if (`${String(owner)}/${String(name)}`.toLowerCase() !== fullName(state).toLowerCase()) {
        throw new FieldError(
          'NOT_FOUND',
          `Could not resolve to a Repository with the name '${String(owner)}/${String(name)}'.`,
        )
      }
      return repositoryObject(state)
    },
    rateLimit: { __typename: 'RateLimit', limit: 5000, cost: 1, remaining: 5000 },
  }
}

const known = new WeakMap<GitHubState, { version: number; byNodeId: Map<string, StandInIssue> }>()

const nodeIds = (state: GitHubState): Map<string, StandInIssue> => {
  const kept = known.get(state)
  if (kept?.version === state.version) return kept.byNodeId
  const byNodeId = new Map([...state.issues.values()].map((issue) => [issue.nodeId, issue]))
  known.set(state, { version: state.version, byNodeId })
  return byNodeId
}

/** A connection over a whole list: pages of up to 100, cursors as GitHub's are: opaque. */
export const connectionOf =
  <T>(typename: string, all: readonly T[], toNode: (entry: T) => object) =>
  ({ first, after }: Arguments): object => {
    const size = typeof first === 'number' ? first : 0
    if (size > 100) {
      throw new FieldError(
        'EXCESSIVE_PAGINATION',
        `Requesting ${size} records on the connection exceeds the limit of 100`,
      )
    }
    const from = typeof after === 'string' ? Number(atob(after)) : 0
    const page = all.slice(from, from + size)
    return {
      __typename: typename,
      totalCount: all.length,
      nodes: () => {
        if (size === 0)
          throw new FieldError('MISSING_PAGINATION_BOUNDARIES', `You must provide a first value on ${typename}`)
        return page.map(toNode)
      },
      pageInfo: {
        __typename: 'PageInfo',
        hasNextPage: from + page.length < all.length,
        endCursor: page.length === 0 ? null : btoa(String(from + page.length)),
      },
    }
  }

const orThrow = (value: object | FieldError): object => {
  if (value instanceof FieldError) throw value
  return value
}

const repositoryObject = (state: GitHubState): object => {
  const all = [...state.issues.values()]
  const count = (typename: string, wanted: readonly StandInIssue[]) =>
    connectionOf(typename, wanted, (issue) => issueObject(state, issue))
  return {
    __typename: 'Repository',
    nameWithOwner: fullName(state),
    issues: count(
      'IssueConnection',
      all.filter((issue) => issue.pullRequest === null),
    ),
    pullRequests: count(
      'PullRequestConnection',
      all.filter((issue) => issue.pullRequest !== null),
    ),
  }
}

const actor = (login: string): object => ({ __typename: 'User', login })

const issueObject = (state: GitHubState, issue: StandInIssue): object => {
  const { pullRequest } = issue
  const milestone = issue.milestone === null ? undefined : state.milestones.get(issue.milestone)
  const shared = {
    id: issue.nodeId,
    number: issue.number,
    title: issue.title,
    url: `${state.address.web}/${fullName(state)}/${pullRequest ? 'pull' : 'issues'}/${issue.number}`,
    createdAt: issue.createdAt,
    updatedAt: issue.updatedAt,
    closedAt: issue.closedAt,
    author: actor(issue.author),
    repository: { __typename: 'Repository', nameWithOwner: fullName(state) },
    milestone: milestone ? { __typename: 'Milestone', id: milestone.nodeId, title: milestone.title } : null,
    labels: connectionOf('LabelConnection', issue.labels, (name) => ({ __typename: 'Label', name })),
    assignees: connectionOf('UserConnection', issue.assignees, actor),
    timelineItems: ({ itemTypes, ...paging }: Arguments) => {
      const types: readonly unknown[] | null = Array.isArray(itemTypes) ? itemTypes : null
      const wanted = issue.events.filter((event) => types === null || types.includes(enumName(event.type)))
      const typename = pullRequest ? 'PullRequestTimelineItemsConnection' : 'IssueTimelineItemsConnection'
      return connectionOf(typename, wanted, (event) => eventObject(state, event))(paging)
    },
  }
  if (pullRequest) {
    const merged = pullRequest.mergedAt !== null
    return { __typename: 'PullRequest', ...shared, state: merged ? 'MERGED' : issue.state.toUpperCase() }
  }
  return {
    __typename: 'Issue',
    ...shared,
    state: issue.state.toUpperCase(),
    stateReason: ({ enableDuplicate }: Arguments) =>
      issue.stateReason === 'duplicate' && enableDuplicate !== true ? 'NOT_PLANNED' : upper(issue.stateReason),
    parent: issue.parent === null ? null : parentObject(state, issue.parent),
  }
}

const eventObject = (state: GitHubState, event: StandInEvent): object => {
  const base = { __typename: event.type, id: event.id, createdAt: event.at, actor: actor(event.actor) }
  switch (event.type) {
    case 'ClosedEvent':
      return { ...base, stateReason: upper(event.reason) }
    case 'LabeledEvent':
    case 'UnlabeledEvent':
      return { ...base, label: { __typename: 'Label', name: event.label } }
    case 'AssignedEvent':
    case 'UnassignedEvent':
      return { ...base, assignee: actor(event.assignee) }
    case 'MilestonedEvent':
    case 'DemilestonedEvent':
      return { ...base, milestoneTitle: event.milestoneTitle }
    case 'RenamedTitleEvent':
      return { ...base, previousTitle: event.previousTitle, currentTitle: event.currentTitle }
    case 'ParentIssueAddedEvent':
    case 'ParentIssueRemovedEvent':
      return { ...base, parent: parentObject(state, event.parent) }
    default:
      return base
  }
}

/** `null` when the parent is gone. */
const parentObject = (state: GitHubState, number: number): object | null => {
  const parent = state.issues.get(number)
  return parent ? issueObject(state, parent) : null
}

/** `ParentIssueAddedEvent` → `PARENT_ISSUE_ADDED_EVENT`. */
const enumName = (type: string): string => type.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase()

const upper = (text: string | null): string | null => text?.toUpperCase() ?? null
