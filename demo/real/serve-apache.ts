import { Hono } from 'hono'
import { type ApacheIssue, type ApacheRecording, projectsOf, statusesOf, versionsOf } from './apache-recording.ts'
import { type Replay, listen } from './listen.ts'

/** Serves recorded issues as the Data Center that they came from: search by project, ids and dates, statuses, versions. */
export const serveApache = (recording: ApacheRecording): Promise<Replay> => {
  const { issues } = recording
  const token = 'replay-reader'
  const app = new Hono()
  app.use('*', async (c, next) => {
    if (c.req.header('authorization') !== `Bearer ${token}`) return c.json({ errorMessages: ['Not signed in.'] }, 401)
    return next()
  })
  app.get('/rest/api/2/myself', (c) =>
    c.json({ key: 'reader', name: 'reader', displayName: 'Reader', timeZone: 'UTC' }),
  )
  app.get('/rest/api/2/mypermissions', (c) => c.json({ permissions: { BROWSE_PROJECTS: { havePermission: true } } }))
  app.get('/rest/api/2/status', (c) => c.json([...statusesOf(recording).values()]))
  app.get('/rest/api/2/field', (c) =>
    c.json([{ id: 'summary', name: 'Summary', custom: false, schema: { type: 'string', system: 'summary' } }]),
  )
  app.get('/rest/api/2/project', (c) => c.json(projectsOf(recording)))
  app.get('/rest/api/2/project/:key/versions', (c) => c.json(versionsOf(recording, c.req.param('key'))))
  app.get('/rest/api/2/project/:key', (c) => {
    const found = projectsOf(recording).find((project) => project.key === c.req.param('key'))
    return found ? c.json(found) : c.json({ errorMessages: ['No project could be found.'] }, 404)
  })
  app.get('/rest/api/2/search', (c) => {
    const { where, order } = split(c.req.query('jql') ?? '')
    const found = issues
      .filter((issue) => where.every((clause) => matches(issue, clause)))
      .sort((a, b) => (order === null ? 0 : instant(a, order) - instant(b, order)) || Number(a.id) - Number(b.id))
    const startAt = Number(c.req.query('startAt') ?? 0)
    const maxResults = Math.min(Number(c.req.query('maxResults') ?? 50), 1000)
    const withHistory = c.req.query('expand')?.includes('changelog') ?? false
    return c.json({
      startAt,
      maxResults,
      total: found.length,
      issues: found
        .slice(startAt, startAt + maxResults)
        .map(({ changelog, ...issue }) => (withHistory ? { ...issue, changelog } : issue)),
    })
  })
  return listen(app, token)
}

type Order = 'created' | 'updated'

const split = (jql: string): { readonly where: readonly string[]; readonly order: Order | null } => {
  const [where = '', by = ''] = jql.split(/\s+order by\s+/i)
  const order = /^(created|updated)\b/.exec(by)?.[1]
  return {
    where: where.split(/\s+and\s+/i).map((clause) => clause.replace(/^\((.*)\)$/, '$1')),
    order: order === 'created' || order === 'updated' ? order : null,
  }
}

const matches = (issue: ApacheIssue, clause: string): boolean => {
  const project = /^project = "?(\w+)"?$/.exec(clause)
  if (project) return issue.fields.project.key === project[1] || issue.fields.project.id === project[1]
  const ids = /^id in \((.*)\)$/.exec(clause)
  if (ids) return ids[1]!.split(/,\s*/).includes(issue.id)
  const projects = /^project in \((.*)\)$/.exec(clause)
  if (projects) return projects[1]!.split(/,\s*/).includes(issue.fields.project.key)
  const since = /^(created|updated) >= "(.*)"$/.exec(clause)
  if (since) return instant(issue, since[1] as Order) >= Date.parse(`${since[2]!.replace(' ', 'T')}:00Z`)
  throw new Error(`the replay does not know this clause: ${clause}`)
}

const instant = (issue: ApacheIssue, order: Order): number => Date.parse(issue.fields[order])
