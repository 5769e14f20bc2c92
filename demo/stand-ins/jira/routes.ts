import { type Context, Hono } from 'hono'
import { JqlError, type Query, parseJql } from './jql.ts'
import type { JiraIssue } from './model.ts'
import {
  type Printer,
  printHistory,
  printIssue,
  printProject,
  printStatus,
  printUser,
  printVersion,
  printWorklog,
} from './render.ts'

export interface RouteOptions {
  readonly now: () => Date
  /** What Jira does with ids in a query that it does not know: versions differ. */
  readonly unknownIds: 'refuse' | 'ignore'
  /** Data Center: how many histories a search shows per issue. */
  readonly embeddedHistories: number
  /** Issues per page of a search with fields, at most. */
  readonly issuesPerPage: number
  /** Issues per page of a search for ids alone, at most. */
  readonly idsPerPage: number
}

/** The calls that Cloud and Data Center share, under their own version of the API. */
export const sharedRoutes = (printer: Printer) => {
  const { state } = printer
  const app = new Hono()
  const seen = (key: string) => {
    const issue = state.find(key)
    return issue && state.project(issue.projectId).visible ? issue : undefined
  }
  const project = (key: string) =>
    state.projects.find((one) => one.visible && (one.key === key || one.id === key || one.formerKeys.includes(key)))

  app.get('/myself', (c) => {
    const [me] = state.users
    return c.json({
      ...printUser(printer, me?.id ?? 'reader'),
      ...(me?.email ? { emailAddress: me.email } : {}),
      locale: 'en_GB',
    })
  })
  app.get('/mypermissions', (c) => {
    const asked = c.req.query('permissions')?.split(',') ?? ['BROWSE_PROJECTS', 'EDIT_ISSUES', 'ADMINISTER']
    const entries = asked.map((key, index) => [
      key,
      {
        id: String(index + 1),
        key,
        name: key.toLowerCase().replace('_', ' '),
        type: 'PROJECT',
        description: '',
        havePermission: key === 'BROWSE_PROJECTS',
      },
    ])
    return c.json({ permissions: Object.fromEntries(entries) })
  })
  app.get('/status', (c) => c.json(state.statuses.map((status) => printStatus(printer, status))))
  app.get('/field', (c) =>
    c.json(
      state.fields.map((field) => ({
        id: field.id,
        ...(printer.flavour === 'cloud' ? { key: field.id } : {}),
        name: field.name,
        custom: field.custom !== undefined,
        orderable: true,
        navigable: true,
        searchable: true,
        clauseNames: [field.name],
        schema: field.custom
          ? { type: field.type, custom: field.custom, customId: Number(field.id.slice(12)) }
          : { type: field.type, system: field.id },
      })),
    ),
  )
  app.get('/project/:key{(?!search$).+?}/versions', (c) => {
    const found = project(c.req.param('key'))
    if (!found) return notFound(c, `No project could be found with key '${c.req.param('key')}'.`)
    return c.json(
      state.versions
        .filter((version) => version.projectId === found.id)
        .map((version) => printVersion(printer, version)),
    )
  })
  app.get('/project/:key{(?!search$)[^/]+}', (c) => {
    const found = project(c.req.param('key'))
    return found
      ? c.json(printProject(printer, found))
      : notFound(c, `No project could be found with key '${c.req.param('key')}'.`)
  })
  app.get('/issue/:key/worklog', (c) => {
    const issue = seen(c.req.param('key'))
    if (!issue) return notFound(c, NO_ISSUE)
    const startAt = Number(c.req.query('startAt') ?? 0)
    const maxResults = Math.min(Number(c.req.query('maxResults') ?? 5000), 5000)
    const worklogs = issue.worklogs
      .slice(startAt, startAt + maxResults)
      .map((worklog) => printWorklog(printer, issue, worklog))
    return c.json({ startAt, maxResults, total: issue.worklogs.length, worklogs })
  })
  app.get('/filter/:id', (c) => {
    const filter = state.filters.find((one) => one.id === c.req.param('id'))
    return filter
      ? c.json({ id: filter.id, name: `Filter ${filter.id}`, jql: filter.jql })
      : notFound(c, 'The selected filter is not available to you.')
  })
  app.get('/issue/:key', (c) => {
    const issue = seen(c.req.param('key'))
    if (!issue) return notFound(c, NO_ISSUE)
    const printed = printIssue(printer, issue, fieldsOf(c.req.query('fields')))
    const histories = issue.histories.map((history) => printHistory(printer, history))
    const changelog = { startAt: 0, maxResults: histories.length, total: histories.length, histories }
    return c.json(c.req.query('expand')?.includes('changelog') ? { ...printed, changelog } : printed)
  })
  return app
}

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

export const dataCenterRoutes = (printer: Printer, options: RouteOptions) => {
  const { state } = printer
  const app = new Hono()
  const search = (
    c: Context,
    input: { jql: string; startAt: number; maxResults: number; fields: string | undefined; expand: string | undefined },
  ) =>
    withQuery(c, printer, options, input.jql, (_, found) => {
      const maxResults = Math.min(input.maxResults, options.idsPerPage)
      const wanted = fieldsOf(input.fields)
      const page = found.slice(input.startAt, input.startAt + maxResults)
      const issues = page.map((issue) => {
        const printed = printIssue(printer, issue, wanted)
        if (!input.expand?.includes('changelog')) return printed
        const histories = issue.histories
          .slice(-options.embeddedHistories)
          .map((history) => printHistory(printer, history))
        return {
          ...printed,
          changelog: { startAt: 0, maxResults: options.embeddedHistories, total: issue.histories.length, histories },
        }
      })
      return c.json({ expand: 'names,schema', startAt: input.startAt, maxResults, total: found.length, issues })
    })

  app.get('/search', (c) =>
    search(c, {
      jql: c.req.query('jql') ?? '',
      startAt: Number(c.req.query('startAt') ?? 0),
      maxResults: Number(c.req.query('maxResults') ?? 50),
      fields: c.req.query('fields'),
      expand: c.req.query('expand'),
    }),
  )
  app.post('/search', async (c) => {
    const body = await c.req.json<{
      jql?: string
      startAt?: number
      maxResults?: number
      fields?: string[]
      expand?: string[]
    }>()
    return search(c, {
      jql: body.jql ?? '',
      startAt: body.startAt ?? 0,
      maxResults: body.maxResults ?? 50,
      fields: body.fields?.join(','),
      expand: body.expand?.join(','),
    })
  })
  app.get('/project', (c) =>
    c.json(state.projects.filter((project) => project.visible).map((project) => printProject(printer, project))),
  )
  return app
}

export const agileRoutes = (printer: Printer) => {
  const app = new Hono()
  app.get('/board/:id/configuration', (c) => {
    const board = printer.state.boards.find((one) => one.id === c.req.param('id'))
    if (!board)
      return notFound(
        c,
        'The requested board cannot be viewed because it either does not exist or you do not have permission to view it.',
      )
    const field = printer.state.fields.find((one) => one.id === board.estimationField)
    return c.json({
      id: Number(board.id),
      name: `Board ${board.id}`,
      self: `${printer.url}/rest/agile/1.0/board/${board.id}/configuration`,
      filter: { id: board.filter, self: `${printer.url}/rest/api/2/filter/${board.filter}` },
      ...(field ? { estimation: { type: 'field', field: { fieldId: field.id, displayName: field.name } } } : {}),
    })
  })
  return app
}

const NO_ISSUE = 'Issue does not exist or you do not have permission to see it.'

const withQuery = (
  c: Context,
  { state }: Printer,
  options: RouteOptions,
  jql: string,
  answer: (query: Query, found: readonly JiraIssue[]) => Response,
): Response => {
  try {
    const query = parseJql(jql, state, { unknownIds: options.unknownIds, now: options.now() })
    const found = [...state.issues.values()].filter(query.matches).sort((a, b) => query.compare(a, b) || byId(a, b))
    return answer(query, found)
  } catch (error) {
    if (error instanceof JqlError) return badRequest(c, error.message)
    throw error
  }
}

const byId = (a: JiraIssue, b: JiraIssue): number => Number(a.id) - Number(b.id)

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

const fieldsOf = (text: string | undefined): ReadonlySet<string> | null =>
  text === undefined || text === '' ? null : new Set(text.split(','))

const badRequest = (c: Context, message: string): Response => c.json({ errorMessages: [message], errors: {} }, 400)
const notFound = (c: Context, message: string): Response => c.json({ errorMessages: [message], errors: {} }, 404)
