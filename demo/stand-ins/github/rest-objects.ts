import {
  type GitHubState,
  type StandInIssue,
  type StandInMilestone,
  type StandInUser,
  fullName,
  userOf,
} from './state.ts'

/** REST objects as GitHub publishes them. */

export const userObject = (state: GitHubState, { login, id }: StandInUser) => {
  const url = `${state.address.api}/users/${login}`
  return {
    login,
    id,
    node_id: `U_${id}`,
    avatar_url: `${state.address.web}/avatars/${login}`,
    gravatar_id: '',
    url,
    html_url: `${state.address.web}/${login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: 'User',
    user_view_type: 'public',
    site_admin: false,
  }
}

/** `GET /user`. */
export const ownUserObject = (state: GitHubState, user: StandInUser) => ({
  ...userObject(state, user),
  name: user.login,
  company: null,
  blog: '',
  location: null,
  email: null,
  hireable: null,
  bio: null,
  public_repos: 1,
  public_gists: 0,
  followers: 0,
  following: 0,
  created_at: state.createdAt,
  updated_at: state.createdAt,
})

export const labelObject = (state: GitHubState, name: string) => {
  const label = state.labels.get(name)
  return {
    id: label?.id ?? 0,
    node_id: `LA_${label?.id ?? 0}`,
    url: `${repositoryUrl(state)}/labels/${encodeURIComponent(name)}`,
    name,
    color: label?.color ?? 'ededed',
    default: false,
    description: null,
  }
}

export const milestoneObject = (state: GitHubState, milestone: StandInMilestone) => {
  const url = `${repositoryUrl(state)}/milestones/${milestone.number}`
  const items = [...state.issues.values()].filter((issue) => issue.milestone === milestone.number)
  const open = items.filter((issue) => issue.state === 'open').length
  return {
    url,
    html_url: `${state.address.web}/${fullName(state)}/milestone/${milestone.number}`,
    labels_url: `${url}/labels`,
    id: milestone.id,
    node_id: milestone.nodeId,
    number: milestone.number,
    title: milestone.title,
    description: milestone.description,
    creator: userObject(state, userOf(state, milestone.creator)),
    open_issues: open,
    closed_issues: items.length - open,
    state: milestone.state,
    created_at: milestone.createdAt,
    updated_at: milestone.updatedAt,
    due_on: milestone.dueOn,
    closed_at: milestone.closedAt,
  }
}

/** Counting a milestone's items for each of its items would be quadratic: a page builds each milestone once. */
export const milestoneObjects = (state: GitHubState): ((number: number | null) => object | null) => {
  const built = new Map<number, object>()
  return (number) => {
    const milestone = number === null ? undefined : state.milestones.get(number)
    if (!milestone) return null
    const known = built.get(milestone.number) ?? milestoneObject(state, milestone)
    built.set(milestone.number, known)
    return known
  }
}

export const issueObject = (
  state: GitHubState,
  issue: StandInIssue,
  milestone: (number: number | null) => object | null = milestoneObjects(state),
) => {
  const url = `${repositoryUrl(state)}/issues/${issue.number}`
  const person = (login: string) => userObject(state, userOf(state, login))
  const [assignee] = issue.assignees
  const children = [...(childrenOf(state).get(issue.number) ?? [])]
  const done = children.filter((child) => child.state === 'closed').length
  return {
    url,
    repository_url: repositoryUrl(state),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: `${state.address.web}/${fullName(state)}/${issue.pullRequest ? 'pull' : 'issues'}/${issue.number}`,
    id: issue.id,
    node_id: issue.nodeId,
    number: issue.number,
    title: issue.title,
    user: person(issue.author),
    labels: issue.labels.map((name) => labelObject(state, name)),
    state: issue.state,
    locked: false,
    assignee: assignee === undefined ? null : person(assignee),
    assignees: issue.assignees.map(person),
    milestone: milestone(issue.milestone),
    comments: 0,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    author_association: 'MEMBER',
    type: null,
    active_lock_reason: null,
    ...(issue.pullRequest ? { draft: false, pull_request: pullRequestPart(state, issue) } : {}),
    sub_issues_summary: {
      total: children.length,
      completed: done,
      percent_completed: children.length === 0 ? 0 : Math.round((done / children.length) * 100),
    },
    issue_dependencies_summary: { blocked_by: 0, total_blocked_by: 0, blocking: 0, total_blocking: 0 },
    body: issue.body,
    closed_by: issue.closedBy === null ? null : person(issue.closedBy),
    reactions: reactions(url),
    timeline_url: `${url}/timeline`,
    performed_via_github_app: null,
    state_reason: issue.stateReason,
  }
}

export const repositoryUrl = (state: GitHubState): string => `${state.address.api}/repos/${fullName(state)}`

const pullRequestPart = (state: GitHubState, issue: StandInIssue) => {
  const html = `${state.address.web}/${fullName(state)}/pull/${issue.number}`
  return {
    url: `${repositoryUrl(state)}/pulls/${issue.number}`,
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    merged_at: issue.pullRequest?.mergedAt ?? null,
  }
}

const reactions = (url: string) => ({
  url: `${url}/reactions`,
  total_count: 0,
  '+1': 0,
  '-1': 0,
  laugh: 0,
  hooray: 0,
  confused: 0,
  heart: 0,
  rocket: 0,
  eyes: 0,
})

const families = new WeakMap<GitHubState, { version: number; children: Map<number, StandInIssue[]> }>()

const childrenOf = (state: GitHubState): Map<number, StandInIssue[]> => {
  const known = families.get(state)
  if (known?.version === state.version) return known.children
  const children = new Map<number, StandInIssue[]>()
  for (const issue of state.issues.values()) {
    if (issue.parent !== null) children.set(issue.parent, [...(children.get(issue.parent) ?? []), issue])
  }
  families.set(state, { version: state.version, children })
  return children
}
