import { Hono } from 'hono'
import { type Arguments, FieldError, execute } from '../stand-ins/github/graphql.ts'
import { connectionOf } from '../stand-ins/github/graphql-objects.ts'
import { type Replay, listen } from './listen.ts'
import type { RecordedIssue, RustRecording } from './rust-recording.ts'

export const RUST = 'rust-lang/rust'

/**
 * A GitHub that answers with recorded issues of rust-lang/rust: lists and milestones word for word, GraphQL from the
 * same objects. Of their history it knows the closing only.
 */
export const serveRust = ({ issues, milestones }: RustRecording): Promise<Replay> => {
  const token = 'replay-token'
  const root = queryRoot(issues)
  const byUpdate = [...issues].sort((a, b) => (a.updated_at < b.updated_at ? -1 : a.updated_at > b.updated_at ? 1 : 0))

  const app = new Hono()
  app.use(async (c, next) => {
    if (!c.req.header('authorization')?.endsWith(` ${token}`)) return c.json({ message: 'Bad credentials' }, 401)
    return next()
  })
  app.get('/user', (c) => c.json({ login: 'reader' }))
  app.get(`/repos/${RUST}/issues`, (c) => {
    const since = c.req.query('since') ?? ''
    return page(
      c.req.url,
      byUpdate.filter((issue) => issue.updated_at >= since),
    )
  })
  app.get(`/repos/${RUST}/milestones`, (c) => page(c.req.url, milestones))
  app.post('/graphql', async (c) => {
    const { query, variables } = await c.req.json()
    return c.json(execute(query, variables, root))
  })
  return listen(app, token)
}

const page = (address: string, all: readonly unknown[]): Response => {
  const url = new URL(address)
  const size = Number(url.searchParams.get('per_page') ?? 30)
  const number = Number(url.searchParams.get('page') ?? 1)
  const headers = new Headers()
  if (number * size < all.length) {
    url.searchParams.set('page', String(number + 1))
    headers.set('link', `<${url.href}>; rel="next"`)
  }
  return Response.json(all.slice((number - 1) * size, number * size), { headers })
}

const queryRoot = (issues: readonly RecordedIssue[]): object => {
  const byNodeId = new Map(issues.map((issue) => [issue.node_id, issue]))
  const nodeOf = (id: unknown): object | FieldError => {
    const issue = byNodeId.get(String(id))
    return issue
      ? nodeObject(issue)
      : new FieldError('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'`)
  }
  const pulls = issues.filter((issue) => issue.pull_request)
  return {
    nodes: ({ ids }: Arguments) => (Array.isArray(ids) ? ids.map(nodeOf) : []),
    repository: {
      __typename: 'Repository',
      issues: connectionOf(
        'IssueConnection',
        issues.filter((issue) => !issue.pull_request),
        nodeObject,
      ),
      pullRequests: connectionOf('PullRequestConnection', pulls, nodeObject),
    },
  }
}

const actor = (user: { readonly login: string } | null): object | null =>
  user && { __typename: 'User', login: user.login }

const nodeObject = (issue: RecordedIssue): object => {
  const merged = !!issue.pull_request?.merged_at
  const closing = {
    __typename: 'ClosedEvent',
    id: `closed-${issue.node_id}`,
    createdAt: issue.closed_at,
    actor: actor(issue.closed_by),
    stateReason: issue.state_reason?.toUpperCase() ?? null,
  }
  return {
    __typename: issue.pull_request ? 'PullRequest' : 'Issue',
    id: issue.node_id,
    number: issue.number,
    title: issue.title,
    url: issue.html_url,
    createdAt: issue.created_at,
    updatedAt: issue.updated_at,
    closedAt: issue.closed_at,
    author: actor(issue.user),
    repository: { __typename: 'Repository', nameWithOwner: RUST },
    milestone: issue.milestone && {
      __typename: 'Milestone',
      id: issue.milestone.node_id,
      title: issue.milestone.title,
    },
    labels: connectionOf('LabelConnection', issue.labels, ({ name }) => ({ __typename: 'Label', name })),
    assignees: connectionOf('UserConnection', issue.assignees, ({ login }) => ({ __typename: 'User', login })),
    parent: null,
    state: merged ? 'MERGED' : issue.state.toUpperCase(),
    stateReason: issue.state_reason?.toUpperCase() ?? null,
    timelineItems: connectionOf('IssueTimelineItemsConnection', issue.closed_at ? [closing] : [], (event) => event),
  }
}
