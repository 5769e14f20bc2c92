import { sql } from 'drizzle-orm'
import type { IsoDate, IsoInstant } from '../model/time.ts'
import type { Milestone } from '../model/work-item.ts'
import { type Database, rows } from './database.ts'
import { isoFromDatabase, isoOrNull } from './instant.ts'
import { anyOf, toJson } from './json.ts'

export interface StoredMilestone extends Milestone {
  readonly sourceNo: number
  /** When a listing last showed it. */
  readonly seenAt: IsoInstant
}

/** Stores milestones as a listing shows them. Those that it shows no more stay, with their old `seenAt`. */
export const saveMilestones = async (
  db: Database,
  sourceNo: number,
  milestones: readonly Milestone[],
  now: IsoInstant,
): Promise<void> => {
  const unique = [...new Map(milestones.map((milestone) => [milestone.id, milestone])).values()]
  await rows(
    db,
    sql`insert into tracker_milestones (source_no, external_id, title, url, start, due, closed_at, state, seen_at)
        select ${sourceNo}::int, id, title, url, start, due, "closedAt", state, ${now}::timestamptz
        from jsonb_to_recordset(${toJson(unique)}::jsonb)
          as m (id text, title text, url text, start date, due date, "closedAt" timestamptz, state text)
        order by id
        on conflict (source_no, external_id) do update set title = excluded.title, url = excluded.url,
          start = excluded.start, due = excluded.due, closed_at = excluded.closed_at, state = excluded.state,
          seen_at = excluded.seen_at`,
  )
}

/** @param sourceNos without: of all sources */
export const listMilestones = async (
  db: Database,
  sourceNos?: readonly number[],
): Promise<readonly StoredMilestone[]> => {
  const some = sourceNos === undefined ? sql`true` : sql`source_no in ${anyOf(sourceNos, 'int')}`
  const found = await rows<Row>(db, sql`select * from tracker_milestones where ${some} order by source_no, title`)
  return found.map((row) => ({
    sourceNo: row.source_no,
    id: row.external_id,
    title: row.title,
    url: row.url,
    start: row.start,
    due: row.due,
    closedAt: isoOrNull(row.closed_at),
    state: row.state,
    seenAt: isoFromDatabase(row.seen_at),
  }))
}

interface Row {
  readonly source_no: number
  readonly external_id: string
  readonly title: string
  readonly url: string | null
  readonly start: IsoDate | null
  readonly due: IsoDate | null
  readonly closed_at: string | null
  readonly state: Milestone['state']
  readonly seen_at: string
}
