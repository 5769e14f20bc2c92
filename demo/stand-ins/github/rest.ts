import { fullRepositoryObject, repositoryObject } from './repository-object.ts'
import { issueObject, milestoneObject, milestoneObjects, ownUserObject } from './rest-objects.ts'
import { type GitHubState, type StandInIssue, fullName, userOf } from './state.ts'

export interface RestAnswer {
  readonly status: number
  readonly body: unknown
  /** The body as JSON, where it was made already. */
  readonly text?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Answers one `GET` of the REST API. `path` begins with `/`, without `/api/v3`. */
export const answerRest = (state: GitHubState, viewer: string, path: string, query: URLSearchParams): RestAnswer => {
  if (path === '/user') return ok(ownUserObject(state, userOf(state, viewer)))
  if (path === '/user/repos') return paged(state, path, query, [repositoryObject(state)], (entry) => entry)
  if (path === `/repositories/${state.repositoryId}`) return ok(fullRepositoryObject(state))
  const match = /^\/repos\/([^/]+)\/([^/]+)(\/.*)?$/.exec(path)
  if (!match) return NOT_FOUND
  const asked = `${match[1]}/${match[2]}`
  const rest = match[3] ?? ''
  if (state.formerNames.includes(asked)) return moved(`${state.address.api}/repositories/${state.repositoryId}${rest}`)
  if (asked.toLowerCase() !== fullName(state).toLowerCase()) return NOT_FOUND
  if (rest === '') return ok(fullRepositoryObject(state))
  if (rest === '/issues') return listIssues(state, path, query)
  if (rest === '/milestones') return listMilestones(state, path, query)
  const number = Number(/^\/issues\/(\d+)$/.exec(rest)?.[1])
  return Number.isNaN(number) ? NOT_FOUND : oneIssue(state, number)
}

export const NOT_FOUND: RestAnswer = {
  status: 404,
  body: { message: 'Not Found', documentation_url: 'https://docs.github.com/rest', status: '404' },
}

const ok = (body: unknown): RestAnswer => ({ status: 200, body })

const moved = (url: string): RestAnswer => ({
  status: 301,
  body: {
    message: 'Moved Permanently',
    url,
    documentation_url: 'https://docs.github.com/rest/guides/best-practices-for-using-the-rest-api#follow-redirects',
  },
  headers: { location: url },
})

const oneIssue = (state: GitHubState, number: number): RestAnswer => {
  const issue = state.issues.get(number)
  if (issue) return ok(issueObject(state, issue))
  const gone = state.gone.get(number)
  if (gone?.how === 'transferred') return moved(`${state.address.api}/repos/${gone.to}/issues/1`)
  if (gone)
    return {
      status: 410,
      body: { message: 'This issue was deleted', documentation_url: 'https://docs.github.com/rest' },
    }
  return NOT_FOUND
}

const listIssues = (state: GitHubState, path: string, query: URLSearchParams): RestAnswer => {
  const wanted = query.get('state') ?? 'open'
  const since = query.get('since')
  const from = since === null ? '' : `${new Date(since).toISOString().slice(0, 19)}Z`
  const ordered = sorted(state, query.get('sort') === 'updated' ? 'updatedAt' : 'createdAt')
  const all = ordered.filter((issue) => (wanted === 'all' || issue.state === wanted) && issue.updatedAt >= from)
  if (query.get('direction') !== 'asc') all.reverse()
  const milestones = milestoneObjects(state)
  return paged(state, path, query, all, (issue) => issueObject(state, issue, milestones))
}

const listMilestones = (state: GitHubState, path: string, query: URLSearchParams): RestAnswer => {
  const wanted = query.get('state') ?? 'open'
  const all = [...state.milestones.values()].filter(({ state: own }) => wanted === 'all' || own === wanted)
  return paged(state, path, query, all, (milestone) => milestoneObject(state, milestone))
}

const paged = <T>(
  state: GitHubState,
  path: string,
  query: URLSearchParams,
  all: readonly T[],
  toBody: (entry: T) => unknown,
): RestAnswer => {
  const size = Math.min(100, Math.max(1, Number(query.get('per_page') ?? 30)))
  const page = Math.max(1, Number(query.get('page') ?? 1))
  const last = Math.max(1, Math.ceil(all.length / size))
  const link = (to: number, rel: string): string => {
    const other = new URLSearchParams(query)
    other.set('page', String(to))
    return `<${state.address.api}${path}?${other.toString()}>; rel="${rel}"`
  }
  const links = [
    ...(page > 1 ? [link(page - 1, 'prev')] : []),
    ...(page < last ? [link(page + 1, 'next'), link(last, 'last')] : []),
    ...(page > 1 ? [link(1, 'first')] : []),
  ]
  const body = all.slice((page - 1) * size, page * size).map(toBody)
  return { status: 200, body, headers: links.length > 0 ? { link: links.join(', ') } : {} }
}

const orders = new WeakMap<GitHubState, Map<string, { version: number; issues: readonly StandInIssue[] }>>()

/** Ascending, ties by number. Kept until the next mutation: a listing of ten thousand issues asks a hundred times. */
const sorted = (state: GitHubState, by: 'updatedAt' | 'createdAt'): readonly StandInIssue[] => {
  const known = orders.get(state) ?? new Map()
  orders.set(state, known)
  const kept = known.get(by)
  if (kept?.version === state.version) return kept.issues
  const issues = [...state.issues.values()].sort((a, b) =>
    a[by] < b[by] ? -1 : a[by] > b[by] ? 1 : a.number - b.number,
  )
  known.set(by, { version: state.version, issues })
  return issues
}
