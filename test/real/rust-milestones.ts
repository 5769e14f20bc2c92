import { existsSync, readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { type Arguments, FieldError, execute } from '../../demo/stand-ins/github/graphql.ts'
import { connectionOf } from '../../demo/stand-ins/github/graphql-objects.ts'

/** One issue or pull request as GitHub's REST API returned it. */
export interface RecordedIssue {
  readonly node_id: string
  readonly number: number
  readonly title: string
  readonly html_url: string
  readonly state: 'open' | 'closed'
  readonly state_reason: string | null
  readonly created_at: string
  readonly updated_at: string
  readonly closed_at: string | null
  readonly user: { readonly login: string } | null
  readonly closed_by: { readonly login: string } | null
  readonly labels: readonly { readonly name: string }[]
  readonly assignees: readonly { readonly login: string }[]
  readonly milestone: { readonly node_id: string; readonly title: string } | null
  readonly pull_request?: { readonly merged_at: string | null }
}

export interface RecordedMilestone {
  readonly node_id: string
  readonly number: number
  readonly title: string
  readonly state: 'open' | 'closed'
  readonly due_on: string | null
}

export interface RustReplay {
  readonly url: string
  readonly token: string
  /** As `source.settings.repository`. */
  readonly repository: string
  readonly issues: readonly RecordedIssue[]
  readonly milestones: readonly RecordedMilestone[]
  close(): Promise<void>
}

/** Where the recording lies, beside the project; `null` = it is not there. */
export const rustRecording = (): string | null => {
  const dir = resolve(import.meta.dirname, '../../../shared/real/github')
  return existsSync(join(dir, ISSUES)) ? dir : null
}

/**
 * A GitHub that answers with recorded issues of rust-lang/rust: lists and milestones word for word, GraphQL from the
 * same objects. Of their history it knows the closing only.
 *
 * @param dir folder of the recording
 */
export const startRustReplay = async ({ dir }: { readonly dir: string }): Promise<RustReplay> => {
  const issues = readIssues(dir)
  const milestones: readonly RecordedMilestone[] = JSON.parse(readFileSync(join(dir, MILESTONES), 'utf8'))
  const token = 'replay-token'
  const root = queryRoot(issues)
  const byUpdate = [...issues].sort((a, b) => (a.updated_at < b.updated_at ? -1 : a.updated_at > b.updated_at ? 1 : 0))

  const app = new Hono()
  app.use(async (c, next) => {
    if (!c.req.header('authorization')?.endsWith(` ${token}`)) return c.json({ message: 'Bad credentials' }, 401)
    return next()
  })
  app.get('/user', (c) => c.json({ login: 'reader' }))
  app.get(`/repos/${REPOSITORY}/issues`, (c) => {
    const since = c.req.query('since') ?? ''
    return page(
      c.req.url,
      byUpdate.filter((issue) => issue.updated_at >= since),
    )
  })
  app.get(`/repos/${REPOSITORY}/milestones`, (c) => page(c.req.url, milestones))
  app.post('/graphql', async (c) => {
    const { query, variables } = await c.req.json()
    return c.json(execute(query, variables, root))
  })

  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 })
  await new Promise<void>((resolve) => server.once('listening', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token,
    repository: REPOSITORY,
    issues,
    milestones,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        if ('closeAllConnections' in server) server.closeAllConnections()
      }),
  }
}

const REPOSITORY = 'rust-lang/rust'
const ISSUES = 'rust-milestoned-only-rest.ndjson.gz'
const MILESTONES = 'rust-milestones-from-issues.json'

const readIssues = (dir: string): readonly RecordedIssue[] =>
  gunzipSync(readFileSync(join(dir, ISSUES)))
    .toString('utf8')
    .trim()
    .split('\n')
    .map((line) => {
      const { _meta, ...issue } = JSON.parse(line)
      return issue
    })

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
    repository: { __typename: 'Repository', nameWithOwner: REPOSITORY },
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
