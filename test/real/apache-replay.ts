import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'

/** An issue as issues.apache.org gave it, with its whole changelog. */
export interface ApacheIssue {
  readonly id: string
  readonly key: string
  readonly fields: Readonly<Record<string, unknown>> & {
    readonly project: { readonly id: string; readonly key: string; readonly name: string }
    readonly status: ApacheStatus
    readonly resolution: { readonly name: string } | null
    readonly fixVersions: readonly ApacheVersion[]
    readonly created: string
    readonly updated: string
  }
  readonly changelog: {
    readonly total: number
    readonly histories: readonly {
      readonly id: string
      readonly created: string
      readonly items: readonly { readonly field: string; readonly from: string | null; readonly to: string | null }[]
    }[]
  }
}

export interface ApacheStatus {
  readonly id: string
  readonly name: string
  readonly statusCategory: { readonly key: string }
}

export interface ApacheVersion {
  readonly id: string
  readonly name: string
  readonly released: boolean
  readonly releaseDate?: string
}

/** Where the recorded issues lie, in a folder of real tracker data. */
export const apacheFile = (dir: string): string => join(dir, 'jira', 'apache-rest-v2-expand-changelog.ndjson.gz')

export const readApacheIssues = (dir: string): ApacheIssue[] =>
  gunzipSync(readFileSync(apacheFile(dir)))
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as ApacheIssue)

const TOKEN = 'apache-reader'

/**
 * Serves the recorded issues as the Data Center that they came from. Statuses that none of them has any more are
 * those of that site: an issue passed through them, so the site still knew them.
 *
 * @param options.dir folder of real tracker data
 */
export const startApacheReplay = ({ dir }: { readonly dir: string }) => serveIssues(readApacheIssues(dir))

/** Serves issues as a Data Center would: search by project, ids and dates, statuses, versions. */
export const serveIssues = async (issues: readonly ApacheIssue[]) => {
  const app = new Hono()
  app.use('*', async (c, next) => {
    if (c.req.header('authorization') !== `Bearer ${TOKEN}`) return c.json({ errorMessages: ['Not signed in.'] }, 401)
    await next()
  })
  app.get('/rest/api/2/myself', (c) =>
    c.json({ key: 'reader', name: 'reader', displayName: 'Reader', timeZone: 'UTC' }),
  )
  app.get('/rest/api/2/mypermissions', (c) => c.json({ permissions: { BROWSE_PROJECTS: { havePermission: true } } }))
  app.get('/rest/api/2/status', (c) => c.json([...statusesOf(issues).values()]))
  app.get('/rest/api/2/field', (c) =>
    c.json([{ id: 'summary', name: 'Summary', custom: false, schema: { type: 'string', system: 'summary' } }]),
  )
  app.get('/rest/api/2/project', (c) =>
    c.json([...new Map(issues.map((issue) => [issue.fields.project.key, issue.fields.project])).values()]),
  )
  app.get('/rest/api/2/project/:key/versions', (c) => c.json([...versionsOf(issues, c.req.param('key')).values()]))
  app.get('/rest/api/2/project/:key', (c) => {
    const found = issues.find((issue) => issue.fields.project.key === c.req.param('key'))
    return found ? c.json(found.fields.project) : c.json({ errorMessages: ['No project could be found.'] }, 404)
  })
  app.get('/rest/api/2/search', (c) => {
    const { where, order } = split(c.req.query('jql') ?? '')
    const found = issues
      .filter((issue) => where.every((clause) => matches(issue, clause)))
      .sort((a, b) => (order === null ? 0 : instant(a, order) - instant(b, order)) || Number(a.id) - Number(b.id))
    const startAt = Number(c.req.query('startAt') ?? 0)
    const maxResults = Math.min(Number(c.req.query('maxResults') ?? 50), 1000)
    const page = found.slice(startAt, startAt + maxResults)
    const withHistory = c.req.query('expand')?.includes('changelog') ?? false
    return c.json({
      startAt,
      maxResults,
      total: found.length,
      issues: page.map(({ changelog, ...issue }) => (withHistory ? { ...issue, changelog } : issue)),
    })
  })
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
  await new Promise<void>((resolve) => server.once('listening', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token: TOKEN,
    issues,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

/** Statuses by id: those that the issues have, and two of that site through which they only passed. */
export const statusesOf = (issues: readonly ApacheIssue[]): Map<string, ApacheStatus> =>
  new Map([
    ['3', { id: '3', name: 'In Progress', statusCategory: { key: 'indeterminate' } }],
    ['10002', { id: '10002', name: 'Patch Available', statusCategory: { key: 'indeterminate' } }],
    ...issues.map((issue) => [issue.fields.status.id, issue.fields.status] as const),
  ])

const versionsOf = (issues: readonly ApacheIssue[], project: string): Map<string, ApacheVersion> =>
  new Map(
    issues
      .filter((issue) => issue.fields.project.key === project)
      .flatMap((issue) => issue.fields.fixVersions.map((version) => [version.id, version])),
  )

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
