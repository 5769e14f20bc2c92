import { Hono } from 'hono'
import { fieldsOf, notFound } from './answers.ts'
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
