import { Fault } from '../../model/fault.ts'
import type { Cursor } from '../../model/source.ts'
import type { IsoInstant } from '../../model/time.ts'
import type { Zone } from '../../model/zone.ts'
import type { ChangePage } from '../tracker.ts'
import type { JiraApi, ListedId } from './api.ts'
import { inPieces } from './queries.ts'

/** Search lags behind changes, and minutes are all that JQL knows: each listing begins this much before the last end. */
const OVERLAP_MS = 5 * 60_000
/** What is given out at once: it is pulled, stored and then never asked for again. Jira lists more in one call. */
const BITE = 500
/** How many ids of the overlap are remembered; beyond that some come twice, which does no harm. */
const REMEMBERED = 2000

/** Where an empty project goes on: whatever comes into it is new. */
const BEFORE_JIRA = '2000-01-01T00:00:00.000Z'

/** A full listing on its way: what it began with, how far it came, the newest change that it saw. */
interface FullCursor {
  readonly full: { readonly start: IsoInstant; readonly from: IsoInstant | null; readonly newest: IsoInstant }
}

/** Everything changed before `since` is known; of the overlap, `seen` tells which states are. */
interface ChangeCursor {
  readonly since: IsoInstant
  readonly seen: Readonly<Record<string, IsoInstant>>
}

/**
 * Ids changed since the cursor, or all of them. There is never an upper bound on `updated`: what changes meanwhile
 * would fall between two listings.
 *
 * @param now the clock of the moment the listing begins, as Jira tells it where it does
 */
export async function* changedIds(
  api: JiraApi,
  jql: string,
  zone: Zone | null,
  cursor: Cursor | null,
  now: () => IsoInstant,
): AsyncIterable<ChangePage> {
  if (isChangeCursor(cursor)) yield* changes(api, jql, zone, cursor)
  else yield* everything(api, jql, zone, isFullCursor(cursor) ? cursor : null, now)
}

async function* everything(
  api: JiraApi,
  jql: string,
  zone: Zone | null,
  cursor: FullCursor | null,
  now: () => IsoInstant,
): AsyncIterable<ChangePage> {
  const total = await countOf(api, jql)
  const start = cursor?.full.start ?? now()
  let newest = cursor?.full.newest ?? ''
  let from = cursor?.full.from ?? null
  const recent = new Map<string, IsoInstant>()
  let held: readonly ListedId[] | null = null
  for await (const rows of inBites(api.listIds({ jql, order: 'created', from, zone }))) {
    // A page is given out when the next one is there, so that the last one carries the cursor of the end.
    if (held) yield { externalIds: held.map((row) => row.id), cursor: { full: { start, from, newest } }, total }
    held = rows.filter((row) => row.updated === null || recent.get(row.id) !== row.updated)
    for (const row of rows) {
      if (row.updated && row.updated > newest) newest = row.updated
      if (row.updated) recent.set(row.id, row.updated)
    }
    from = rows.at(-1)?.created ?? from
    if (recent.size > 4 * REMEMBERED) keepRecent(recent, newest)
  }
  const since = newest === '' ? BEFORE_JIRA : earlier(newest, start)
  yield { externalIds: held?.map((row) => row.id) ?? [], cursor: { since, seen: remembered(recent, since) }, total }
}

async function* changes(api: JiraApi, jql: string, zone: Zone | null, cursor: ChangeCursor): AsyncIterable<ChangePage> {
  const from = new Date(Date.parse(cursor.since) - OVERLAP_MS).toISOString()
  const seen = new Map(Object.entries(cursor.seen))
  let since = cursor.since
  for await (const rows of inBites(api.listIds({ jql, order: 'updated', from, zone }))) {
    const fresh = rows.filter((row) => row.updated === null || seen.get(row.id) !== row.updated)
    for (const row of rows) {
      if (row.updated === null) continue
      seen.set(row.id, row.updated)
      if (row.updated > since) since = row.updated
    }
    yield { externalIds: fresh.map((row) => row.id), cursor: { since, seen: remembered(seen, since) }, total: null }
  }
}

async function* inBites(pages: AsyncIterable<readonly ListedId[]>): AsyncIterable<readonly ListedId[]> {
  for await (const rows of pages) yield* rows.length === 0 ? [rows] : inPieces(rows, BITE)
}

const remembered = (seen: ReadonlyMap<string, IsoInstant>, since: IsoInstant): Record<string, IsoInstant> => {
  const horizon = new Date(Date.parse(since) - OVERLAP_MS - 3_600_000).toISOString()
  return Object.fromEntries(
    [...seen]
      .filter(([, updated]) => updated >= horizon)
      .sort(([, a], [, b]) => (a < b ? 1 : -1))
      .slice(0, REMEMBERED),
  )
}

const keepRecent = (recent: Map<string, IsoInstant>, newest: IsoInstant): void => {
  const kept = remembered(recent, newest)
  for (const id of recent.keys()) if (!(id in kept)) recent.delete(id)
}

const isChangeCursor = (cursor: Cursor | null): cursor is Cursor & ChangeCursor =>
  typeof cursor?.since === 'string' && typeof cursor.seen === 'object' && cursor.seen !== null

const isFullCursor = (cursor: Cursor | null): cursor is Cursor & FullCursor =>
  typeof cursor?.full === 'object' && cursor.full !== null

/** Our clock may run ahead of Jira's, and what changed while the list was read may lie before its newest change. */
const earlier = (a: IsoInstant, b: IsoInstant): IsoInstant => [a, b].sort()[0]!

/** For the progress bar only: a Jira that will not count is listed all the same. */
const countOf = async (api: JiraApi, jql: string): Promise<number | null> => {
  try {
    return await api.count(jql)
  } catch (fault) {
    if (fault instanceof Fault && (fault.kind === 'notFound' || fault.kind === 'forbidden')) return null
    throw fault
  }
}
