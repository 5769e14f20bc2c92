import { sql } from 'drizzle-orm'
import type { FaultKind } from '../model/fault.ts'
import type { IsoInstant } from '../model/time.ts'
import { type Database, rows } from './database.ts'
import { isoFromDatabase } from './instant.ts'

/** One pull of a source, as it ended. The log is what trust is read from. */
export interface PullRecord {
  readonly sourceNo: number
  readonly reason: 'poll' | 'hint' | 'full'
  readonly startedAt: IsoInstant
  readonly endedAt: IsoInstant
  readonly items: number
  readonly changed: number
  readonly missing: number
  readonly calls: number
  readonly error: string | null
  readonly errorKind: FaultKind | null
}

export const appendPull = async (db: Database, pull: PullRecord): Promise<void> => {
  await rows(
    db,
    sql`insert into pulls (source_no, reason, started_at, ended_at, items, changed, missing, calls, error, error_kind)
        values (${pull.sourceNo}, ${pull.reason}, ${pull.startedAt}, ${pull.endedAt}, ${pull.items}, ${pull.changed},
          ${pull.missing}, ${pull.calls}, ${pull.error}, ${pull.errorKind})`,
  )
}

export interface LatestPulls {
  readonly last: PullRecord
  /** The last reading of the source that went through to its end: a look at single items is none. */
  readonly lastGood: PullRecord | null
}

/** The newest pulls of each source that has any, by source number; with `knownAt`, as the log stood then. */
export const latestPulls = async (
  db: Database,
  { knownAt = null }: { readonly knownAt?: IsoInstant | null } = {},
): Promise<ReadonlyMap<number, LatestPulls>> => {
  const found = await rows<Row & { good: boolean }>(
    db,
    sql`select p.*, wanted.good from sources s cross join (values (false), (true)) as wanted (good)
        cross join lateral (
          select * from pulls
          where source_no = s.no and (error is null and reason <> 'hint' or not wanted.good)
            and ended_at <= coalesce(${knownAt}::timestamptz, 'infinity')
          order by ended_at desc, no desc limit 1) p
        order by wanted.good`,
  )
  const latest = new Map<number, LatestPulls>()
  for (const row of found) {
    const pull = pullOf(row)
    latest.set(pull.sourceNo, { last: latest.get(pull.sourceNo)?.last ?? pull, lastGood: row.good ? pull : null })
  }
  return latest
}

/** Newest first. */
export const listPulls = async (db: Database, sourceNo: number, limit: number): Promise<readonly PullRecord[]> =>
  (
    await rows<Row>(
      db,
      sql`select * from pulls where source_no = ${sourceNo} order by ended_at desc, no desc limit ${limit}`,
    )
  ).map(pullOf)

interface Row {
  readonly source_no: number
  readonly reason: PullRecord['reason']
  readonly started_at: string
  readonly ended_at: string
  readonly items: number
  readonly changed: number
  readonly missing: number
  readonly calls: number
  readonly error: string | null
  readonly error_kind: FaultKind | null
}

const pullOf = (row: Row): PullRecord => ({
  sourceNo: row.source_no,
  reason: row.reason,
  startedAt: isoFromDatabase(row.started_at),
  endedAt: isoFromDatabase(row.ended_at),
  items: row.items,
  changed: row.changed,
  missing: row.missing,
  calls: row.calls,
  error: row.error,
  errorKind: row.error_kind,
})
