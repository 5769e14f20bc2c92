import { sql } from 'drizzle-orm'
import type { IsoInstant } from '../model/time.ts'
import { type Database, firstRow, rows } from './database.ts'
import { isoFromDatabase } from './instant.ts'
import { anyOf } from './json.ts'

/** What is written with a revision. */
export interface RevisionNote {
  readonly kind: 'facts' | 'plan' | 'rates' | 'baseline'
  readonly actor: string | null
  readonly summary: string | null
  readonly lines: number
  readonly unmappedItems: number
  readonly now: IsoInstant
}

/** One published state of a plan's books. */
export interface Revision extends Omit<RevisionNote, 'now'> {
  readonly no: number
  readonly recordedAt: IsoInstant
  readonly epoch: number
  /** Whether it is the newest. */
  readonly current: boolean
}

/**
 * The last revision on the plan's books by an instant.
 *
 * @param knownAt `null` = the newest
 * @returns `null` when there was none yet
 */
export const revisionAt = async (
  db: Database,
  planNo: number,
  knownAt: IsoInstant | null,
): Promise<Revision | null> => {
  const row = await firstRow<Row>(
    db,
    sql`${read} where v.plan_no = ${planNo} and v.recorded_at <= coalesce(${knownAt}::timestamptz, 'infinity')
        order by v.no desc limit 1`,
  )
  return row && revisionOf(row)
}

export const readRevision = async (db: Database, planNo: number, no: number): Promise<Revision | null> => {
  const row = await firstRow<Row>(db, sql`${read} where v.plan_no = ${planNo} and v.no = ${no}`)
  return row && revisionOf(row)
}

/** Newest first. @param page.after only revisions below this number */
export const listRevisions = async (
  db: Database,
  planNo: number,
  page: { readonly after?: number; readonly limit: number; readonly kinds?: readonly Revision['kind'][] },
): Promise<readonly Revision[]> => {
  const kinds = page.kinds ? sql`v.kind in ${anyOf(page.kinds)}` : sql`true`
  const found = await rows<Row>(
    db,
    sql`${read} where v.plan_no = ${planNo} and v.no < coalesce(${page.after ?? null}::int, 2147483647) and ${kinds}
        order by v.no desc limit ${page.limit}`,
  )
  return found.map(revisionOf)
}

const read = sql.raw(
  'select v.*, v.no = h.revision as current from revisions v join plan_heads h on h.plan_no = v.plan_no',
)

interface Row {
  readonly no: number
  readonly recorded_at: string
  readonly epoch: number
  readonly kind: Revision['kind']
  readonly actor: string | null
  readonly summary: string | null
  readonly lines: number
  readonly unmapped_items: number
  readonly current: boolean
}

const revisionOf = (row: Row): Revision => ({
  no: row.no,
  recordedAt: isoFromDatabase(row.recorded_at),
  epoch: row.epoch,
  kind: row.kind,
  actor: row.actor,
  summary: row.summary,
  lines: row.lines,
  unmappedItems: row.unmapped_items,
  current: row.current,
})
