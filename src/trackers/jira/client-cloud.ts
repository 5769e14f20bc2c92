import {
  countIssues,
  getBulkChangelogs,
  getCurrentUser,
  getFields,
  getFilter,
  getIssueWorklog,
  getMyPermissions,
  getProject,
  getProjectVersions,
  getStatuses,
  searchAndReconsileIssuesUsingJqlPost,
  searchProjects,
} from 'jira.js/cloud'
import { Fault } from '../../model/fault.ts'
import type { IssueQuery, JiraApi, Listing } from './api.ts'
import { idsJql, inPieces, listedId, listingJql, searchInPieces } from './queries.ts'
import { type RawHistory, type RawIssue, type RawWorklog, at, listOf } from './raw.ts'
import type { Transport } from './transport.ts'

/** Ids alone come by the thousand. */
const IDS_PER_PAGE = 5000
const IDS_PER_QUERY = 500
/** With fields Jira gives a hundred at most, however many are asked for. */
const ISSUES_PER_PAGE = 100
const ISSUES_PER_CHANGELOG_CALL = 1000
const HISTORIES_PER_PAGE = 5000
const WORKLOGS_PER_PAGE = 5000

/** Jira Cloud, through the typed functions of `jira.js`. */
export const cloudApi = (transport: Transport): JiraApi => ({
  myself: () => getCurrentUser(transport),
  permissions: async (wanted) => {
    const answer = await getMyPermissions(transport, { permissions: wanted.join(',') })
    return wanted.filter((name) => at(answer.permissions?.[name], 'havePermission') === true)
  },
  statuses: () => getStatuses(transport),
  fields: () => getFields(transport),
  project: (key) => getProject(transport, { projectIdOrKey: key }),
  projects: async () =>
    (
      await searchProjects(transport, {
        maxResults: 50,
        orderBy: '-lastIssueUpdatedDate',
        expand: 'insight',
        status: ['live'],
      })
    ).values ?? [],
  versions: (project) => getProjectVersions(transport, { projectIdOrKey: project }),
  count: async (jql) => {
    const count = at(await countIssues(transport, { jql }), 'count')
    return typeof count === 'number' ? count : null
  },
  listIds: (listing) => listIds(transport, listing),
  issues: (query) => issues(transport, query),
  filter: (no) => getFilter(transport, { id: Number(no) }),
  boardConfiguration: (no) => transport.get(`/rest/agile/1.0/board/${no}/configuration`),
})

async function* listIds(transport: Transport, listing: Listing) {
  for await (const page of pages(transport, listingJql(listing, listing.from), ['created', 'updated'], IDS_PER_PAGE))
    yield page.map(listedId)
}

const issues = async (transport: Transport, query: IssueQuery): Promise<readonly RawIssue[]> => {
  const found = await searchInPieces(query.ids, IDS_PER_QUERY, async (ids) => {
    const piece: unknown[] = []
    for await (const page of pages(transport, idsJql(query, ids), query.fields, ISSUES_PER_PAGE)) piece.push(...page)
    return piece
  })
  const ids = found.map((issue) => String(at(issue, 'id')))
  const histories = query.history ? await changelogs(transport, ids) : new Map<string, RawHistory[]>()
  const whole: RawIssue[] = []
  for (const [index, issue] of found.entries()) {
    const id = ids[index]!
    const fields = (at(issue, 'fields') ?? {}) as RawIssue['fields']
    whole.push({
      id,
      key: String(at(issue, 'key')),
      fields,
      histories: histories.get(id) ?? [],
      historyComplete: query.history,
      worklogs: await worklogs(transport, id, fields.worklog),
    })
  }
  return whole
}

/** Search results, page by page. The token of a page is good for the next one only. */
async function* pages(transport: Transport, jql: string, fields: readonly string[], maxResults: number) {
  let nextPageToken: string | undefined
  for (;;) {
    const page = await searchAndReconsileIssuesUsingJqlPost(transport, {
      jql,
      fields: [...fields],
      maxResults,
      ...(nextPageToken === undefined ? {} : { nextPageToken }),
    })
    yield listOf(page.issues)
    const next = page.nextPageToken ?? undefined
    if (page.isLast === true || next === undefined) return
    if (next === nextPageToken)
      throw new Fault('unavailable', 'jira: the search gave the same page token twice; retry later')
    nextPageToken = next
  }
}

/** Histories by issue id. One issue's may be spread over pages. */
const changelogs = async (transport: Transport, ids: readonly string[]): Promise<Map<string, RawHistory[]>> => {
  const found = new Map<string, RawHistory[]>()
  for (const piece of inPieces(ids, ISSUES_PER_CHANGELOG_CALL)) {
    let nextPageToken: string | undefined
    do {
      const page = await getBulkChangelogs(transport, {
        issueIdsOrKeys: piece,
        maxResults: HISTORIES_PER_PAGE,
        ...(nextPageToken === undefined ? {} : { nextPageToken }),
      })
      for (const log of page.issueChangeLogs ?? []) {
        const id = String(log.issueId)
        found.set(id, [...(found.get(id) ?? []), ...(log.changeHistories ?? [])])
      }
      nextPageToken = page.nextPageToken ?? undefined
    } while (nextPageToken !== undefined)
  }
  return found
}

/** The worklogs in the issue's fields, which stop at 20; asked for one issue's own when there are more. */
const worklogs = async (transport: Transport, id: string, embedded: unknown): Promise<readonly RawWorklog[]> => {
  const first = listOf(at(embedded, 'worklogs')) as readonly RawWorklog[]
  if (Number(at(embedded, 'total') ?? 0) <= first.length) return first
  const all: RawWorklog[] = []
  for (;;) {
    const page = await getIssueWorklog(transport, {
      issueIdOrKey: id,
      startAt: all.length,
      maxResults: WORKLOGS_PER_PAGE,
    })
    const worklogs = page.worklogs ?? []
    all.push(...worklogs)
    if (worklogs.length === 0 || all.length >= (page.total ?? 0)) return all
  }
}
