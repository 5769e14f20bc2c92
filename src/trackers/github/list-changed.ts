import { z } from 'zod'
import type { Cursor } from '../../model/source.ts'
import type { ChangePage } from '../tracker.ts'
import type { Answer, Caller } from './call.ts'
import { parseAnswer } from './parse.ts'
import { TOTALS } from './queries.ts'
import type { GitHubSource } from './settings.ts'
import { listedIssue, totals } from './shapes.ts'

/**
 * The listing is walked by keyset: always the first page of "updated since S, oldest update first", then S moves to the
 * last update seen. An item that changes or is deleted while we read cannot push another one across a page border;
 * page numbers lose items that way, whatever the order.
 *
 * S is asked for one second early: GitHub's instants have whole seconds, and whether `since` includes its own second is
 * not promised. Only where one second fills more than a page are page numbers used, inside that second, and it is read
 * again until a pass brings nothing new.
 */
export async function* listChanged(
  caller: Caller,
  source: GitHubSource,
  from: Cursor | null,
): AsyncGenerator<ChangePage> {
  let at = from === null ? START : position.parse(from)
  const total = from === null ? await countItems(caller, source) : null
  const brought = new Set<string>()
  let pass = { number: 1, news: 0 }
  for (;;) {
    const answer = await ask(caller, source, at)
    if (answer.status === 304) return
    if (at.etag !== null && at.page > 1) {
      // The page moved: what pushed it stands on an earlier page of the same second.
      at = { ...at, page: 1, etag: null }
      continue
    }
    const issues = parseAnswer(z.array(listedIssue), answer.data, 'the issue list')
    const externalIds = issues
      .filter((issue) => at.seen[issue.node_id] !== issue.updated_at && (source.pullRequests || !issue.pull_request))
      .map((issue) => issue.node_id)
    for (const issue of issues) {
      const version = `${issue.node_id} ${issue.updated_at}`
      if (!brought.has(version)) pass.news += 1
      brought.add(version)
    }
    const more = /rel="next"/.test(String(answer.headers.link ?? ''))
    const last = issues.at(-1)?.updated_at ?? at.since
    const seen = { ...at.seen, ...settled(issues, answer, caller.now()) }
    const leavesSecond = !more || (last !== null && (at.since === null || last > at.since))

    if (leavesSecond && at.page > 1 && pass.news > 0 && pass.number < MOST_PASSES) {
      at = { ...at, page: 1, etag: null, seen }
      pass = { number: pass.number + 1, news: 0 }
    } else if (!more) {
      const etag = typeof answer.headers.etag === 'string' ? answer.headers.etag : null
      yield { externalIds, cursor: { ...at, etag, seen }, total }
      return
    } else if (leavesSecond) {
      at = { since: last, page: 1, etag: null, seen: recent(seen, last) }
      pass = { number: 1, news: 0 }
    } else {
      at = { ...at, page: at.page + 1, etag: null, seen }
    }
    yield { externalIds, cursor: { ...at }, total }
  }
}

/** Where the listing stands. */
const position = z.object({
  /** Everything before this instant has been listed; `null` = nothing has. */
  since: z.string().nullable(),
  /** Above 1 only inside a second that fills more than one page. */
  page: z.number().int().min(1),
  /** Of the last page as it was: a listing in which nothing happened costs one call, and none of the quota. */
  etag: z.string().nullable(),
  /** Listed already, by id with its `updated_at`: what the overlap brings again. */
  seen: z.record(z.string(), z.string()),
})
type Position = z.infer<typeof position>
type Listed = z.infer<typeof listedIssue>

const START: Position = { since: null, page: 1, etag: null, seen: {} }
const PAGE_SIZE = 100
const MOST_PASSES = 4

const ask = (caller: Caller, source: GitHubSource, at: Position): Promise<Answer> => {
  const parameters = {
    owner: source.owner,
    repo: source.repo,
    state: 'all',
    sort: 'updated',
    direction: 'asc',
    per_page: PAGE_SIZE,
    page: at.page,
    ...(at.since === null ? {} : { since: secondBefore(at.since) }),
  }
  return caller.get('/repos/{owner}/{repo}/issues', parameters, at.etag)
}

/** An item may change twice within a second: what was updated just now is listed once more next time. */
const settled = (issues: readonly Listed[], answer: Answer, now: Date): Position['seen'] => {
  const until = Date.parse(String(answer.headers.date ?? now.toISOString())) - 2000
  const old = issues.filter((issue) => Date.parse(issue.updated_at) <= until)
  return Object.fromEntries(old.map((issue) => [issue.node_id, issue.updated_at]))
}

/** What the next page can bring again. */
const recent = (seen: Position['seen'], since: string | null): Position['seen'] => {
  const from = since === null ? 0 : Date.parse(since) - 1000
  return Object.fromEntries(Object.entries(seen).filter(([, updatedAt]) => Date.parse(updatedAt) >= from))
}

const countItems = async (caller: Caller, source: GitHubSource): Promise<number | null> => {
  const { data } = await caller.graphql('Totals', TOTALS, { owner: source.owner, name: source.repo })
  const repository = parseAnswer(totals, data, 'the item count').repository
  if (repository === null) return null
  return repository.issues.totalCount + (source.pullRequests ? repository.pullRequests.totalCount : 0)
}

const secondBefore = (instant: string): string => new Date(Date.parse(instant) - 1000).toISOString().replace('.000', '')
