import { type Context, Hono } from 'hono'
import { type RouteOptions, fieldsOf, withQuery } from './answers.ts'
import { type Printer, printHistory, printIssue, printProject } from './render.ts'

/** What Data Center alone has. */
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
