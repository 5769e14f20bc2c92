import { Fault } from '../../model/fault.ts'
import type { IssueQuery, JiraApi, Listing } from './api.ts'
import { jqlMinute } from './jql.ts'
import { idsJql, listedId, listingJql, searchInPieces } from './queries.ts'
import { type RawHistory, type RawIssue, type RawWorklog, at, listOf } from './raw.ts'
import type { Transport } from './transport.ts'

const IDS_PER_PAGE = 1000
const ISSUES_PER_PAGE = 100
/** Pages of one minute overlap by this many: an issue that leaves the list moves the others up. */
const OVERLAP = 50

/** Jira Data Center and Server, over `/rest/api/2`. */
export const dataCenterApi = (transport: Transport): JiraApi => ({
  myself: () => transport.get('/rest/api/2/myself'),
  permissions: async (wanted) => {
    const permissions = at(await transport.get('/rest/api/2/mypermissions'), 'permissions')
    return wanted.filter((name) => at(at(permissions, name), 'havePermission') === true)
  },
  statuses: () => transport.get('/rest/api/2/status'),
  fields: () => transport.get('/rest/api/2/field'),
  project: (key) => transport.get(`/rest/api/2/project/${encodeURIComponent(key)}`),
  projects: async () => listOf(await transport.get('/rest/api/2/project', { recent: 20 })).slice(0, 50),
  versions: async (project) =>
    listOf(await transport.get(`/rest/api/2/project/${encodeURIComponent(project)}/versions`)),
  count: async (jql) => {
    const total = at(await transport.get('/rest/api/2/search', { jql, maxResults: 0, fields: 'created' }), 'total')
    return typeof total === 'number' ? total : null
  },
  listIds: (listing) => listIds(transport, listing),
  issues: (query) => issues(transport, query),
  filter: (no) => transport.get(`/rest/api/2/filter/${no}`),
  boardConfiguration: (no) => transport.get(`/rest/agile/1.0/board/${no}/configuration`),
})

/**
 * `startAt` alone would skip an issue whenever one before it changes and moves to the end. So each page begins anew at
 * the minute of the last one seen, and only within one minute is `startAt` used, overlapping.
 */
async function* listIds(transport: Transport, listing: Listing) {
  let from = listing.from
  let startAt = 0
  for (;;) {
    const page = await search(transport, listingJql(listing, from), startAt, IDS_PER_PAGE, 'created,updated')
    const rows = page.issues.map(listedId)
    yield rows
    const last = rows.at(-1)?.[listing.order] ?? null
    if (rows.length === 0 || startAt + rows.length >= page.total) return
    if (last !== null && (from === null || jqlMinute(last, listing.zone) > jqlMinute(from, listing.zone))) {
      from = last
      startAt = 0
    } else startAt += rows.length > 2 * OVERLAP ? rows.length - OVERLAP : rows.length
  }
}

const issues = async (transport: Transport, query: IssueQuery): Promise<readonly RawIssue[]> => {
  const found = await searchInPieces(query.ids, ISSUES_PER_PAGE, async (ids) => {
    const piece: unknown[] = []
    const jql = `${idsJql(query, ids)} ORDER BY key ASC`
    for (;;) {
      const page = await search(
        transport,
        jql,
        piece.length,
        ISSUES_PER_PAGE,
        query.fields.join(','),
        query.history ? 'changelog' : undefined,
      )
      piece.push(...page.issues)
      if (page.issues.length === 0 || piece.length >= page.total) return piece
    }
  })
  const whole: RawIssue[] = []
  for (const issue of found) {
    const id = String(at(issue, 'id'))
    const fields = (at(issue, 'fields') ?? {}) as RawIssue['fields']
    const { histories, complete } = query.history ? await changelog(transport, id, at(issue, 'changelog')) : NO_HISTORY
    whole.push({
      id,
      key: String(at(issue, 'key')),
      fields,
      histories,
      historyComplete: complete,
      worklogs: await worklogs(transport, id, fields.worklog),
    })
  }
  return whole
}

const NO_HISTORY = { histories: [], complete: false }

const search = async (
  transport: Transport,
  jql: string,
  startAt: number,
  maxResults: number,
  fields: string,
  expand?: string,
) => {
  const answer = await transport.get('/rest/api/2/search', { jql, startAt, maxResults, fields, expand })
  return { issues: listOf(at(answer, 'issues')), total: Number(at(answer, 'total') ?? 0) }
}

/** The embedded changelog; when it was cut short the issue's own, then the paged one of newer versions. */
const changelog = async (
  transport: Transport,
  id: string,
  embedded: unknown,
): Promise<{ histories: readonly RawHistory[]; complete: boolean }> => {
  const isWhole = (log: unknown) => listOf(at(log, 'histories')).length >= Number(at(log, 'total') ?? 0)
  const historiesOf = (log: unknown) => listOf(at(log, 'histories')) as readonly RawHistory[]
  if (isWhole(embedded)) return { histories: historiesOf(embedded), complete: true }
  const own = at(
    await transport.get(`/rest/api/2/issue/${id}`, { expand: 'changelog', fields: 'updated' }),
    'changelog',
  )
  if (isWhole(own)) return { histories: historiesOf(own), complete: true }
  const paged: RawHistory[] = []
  try {
    for (;;) {
      const page = await transport.get(`/rest/api/2/issue/${id}/changelog`, { startAt: paged.length, maxResults: 100 })
      const values = listOf(at(page, 'values')) as readonly RawHistory[]
      paged.push(...values)
      if (values.length === 0 || paged.length >= Number(at(page, 'total') ?? 0))
        return { histories: paged, complete: true }
    }
  } catch (fault) {
    // Versions without that call leave us with what there is; its beginning is then assumed, and said to be.
    if (fault instanceof Fault && fault.kind === 'notFound') return { histories: historiesOf(own), complete: false }
    throw fault
  }
}

const worklogs = async (transport: Transport, id: string, embedded: unknown): Promise<readonly RawWorklog[]> => {
  const first = listOf(at(embedded, 'worklogs')) as readonly RawWorklog[]
  if (Number(at(embedded, 'total') ?? 0) <= first.length) return first
  return listOf(at(await transport.get(`/rest/api/2/issue/${id}/worklog`), 'worklogs')) as readonly RawWorklog[]
}
