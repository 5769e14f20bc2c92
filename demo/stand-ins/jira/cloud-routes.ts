import { Hono } from 'hono'
import { type RouteOptions, badRequest, byId, withQuery } from './answers.ts'
import type { Query } from './jql.ts'
import type { JiraIssue } from './model.ts'
import { type Printer, printHistory, printIssue, printProject } from './render.ts'

/** What Cloud alone has. */
export const cloudRoutes = (printer: Printer, options: RouteOptions) => {
  const { state } = printer
  const app = new Hono()

  app.post('/search/jql', async (c) => {
    const body = await c.req.json<{ jql?: string; fields?: string[]; maxResults?: number; nextPageToken?: string }>()
    const wanted = new Set(body.fields ?? ['id'])
    const light = [...wanted].every((field) => ['id', 'key', 'created', 'updated'].includes(field))
    const size = Math.min(body.maxResults ?? 50, light ? options.idsPerPage : options.issuesPerPage)
    return withQuery(c, printer, options, body.jql ?? '', (query, found) => {
      if (!query.bounded)
        return badRequest(
          c,
          'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.',
        )
      const after = body.nextPageToken === undefined ? null : readToken(body.nextPageToken)
      if (after === undefined) return badRequest(c, 'The provided next page token is invalid or expired.')
      const start = after === null ? 0 : found.findIndex((issue) => isAfter(query, issue, after))
      const page = start === -1 ? [] : found.slice(start, start + size)
      const isLast = start === -1 || start + size >= found.length
      return c.json({
        issues: page.map((issue) => printIssue(printer, issue, wanted)),
        isLast,
        ...(isLast ? {} : { nextPageToken: writeToken(page.at(-1)!) }),
      })
    })
  })
  app.post('/search/approximate-count', async (c) => {
    const { jql } = await c.req.json<{ jql?: string }>()
    return withQuery(c, printer, options, jql ?? '', (_, found) => c.json({ count: found.length }))
  })
  app.post('/changelog/bulkfetch', async (c) => {
    const body = await c.req.json<{ issueIdsOrKeys?: string[]; maxResults?: number; nextPageToken?: string }>()
    const wanted = body.issueIdsOrKeys ?? []
    const size = body.maxResults ?? 1000
    if (wanted.length === 0 || wanted.length > 1000) return badRequest(c, 'issueIdsOrKeys must hold 1 to 1000 issues.')
    if (size < 1 || size > 10_000) return badRequest(c, 'maxResults must be between 1 and 10000.')
    const all = wanted
      .flatMap((id) => state.find(id) ?? [])
      .flatMap((issue) => issue.histories.map((history) => ({ issue, history })))
      .sort((a, b) =>
        a.history.created < b.history.created
          ? -1
          : a.history.created > b.history.created
            ? 1
            : Number(a.issue.id) - Number(b.issue.id),
      )
    const startAt = body.nextPageToken === undefined ? 0 : Number(body.nextPageToken)
    const logs = new Map<string, ReturnType<typeof printHistory>[]>()
    for (const { issue, history } of all.slice(startAt, startAt + size)) {
      const list = logs.get(issue.id) ?? []
      list.push(printHistory(printer, history))
      logs.set(issue.id, list)
    }
    return c.json({
      issueChangeLogs: [...logs].map(([issueId, changeHistories]) => ({ issueId, changeHistories })),
      ...(startAt + size < all.length ? { nextPageToken: String(startAt + size) } : {}),
    })
  })
  app.get('/project/search', (c) => {
    const startAt = Number(c.req.query('startAt') ?? 0)
    const maxResults = Math.min(Number(c.req.query('maxResults') ?? 50), 100)
    const newest = (id: string) =>
      [...state.issues.values()]
        .filter((issue) => issue.projectId === id)
        .reduce((latest, issue) => [latest, issue.updatedAt].sort()[1]!, '')
    const all = state.projects
      .filter((project) => project.visible)
      .map((project) => ({ project, latest: newest(project.id) }))
      .sort((a, b) => (a.latest < b.latest ? 1 : -1))
    const values = all.slice(startAt, startAt + maxResults).map(({ project, latest }) => ({
      ...printProject(printer, project),
      ...(latest === '' ? {} : { insight: { lastIssueUpdateTime: latest } }),
    }))
    return c.json({
      self: `${printer.url}/rest/api/3/project/search`,
      startAt,
      maxResults,
      total: all.length,
      isLast: startAt + values.length >= all.length,
      values,
    })
  })
  return app
}

/** What a page ended with: the next one begins after it, whatever changed meanwhile. */
type Position = Pick<JiraIssue, 'id' | 'key' | 'createdAt' | 'updatedAt'>

const isAfter = (query: Query, issue: JiraIssue, position: Position): boolean => {
  const at = { ...issue, ...position }
  return (query.compare(issue, at) || byId(issue, at)) > 0
}

const writeToken = ({ id, key, createdAt, updatedAt }: JiraIssue): string =>
  Buffer.from(JSON.stringify({ id, key, createdAt, updatedAt } satisfies Position)).toString('base64url')

const readToken = (token: string): Position | undefined => {
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString()) as Position
  } catch {
    return undefined
  }
}
