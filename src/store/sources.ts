import { sql } from 'drizzle-orm'
import type { FaultKind } from '../model/fault.ts'
import type { Cursor, Quota, Source } from '../model/source.ts'
import type { IsoInstant } from '../model/time.ts'
import type { Outcome } from './connections.ts'
import { type Database, firstRow, rows } from './database.ts'
import { isoOrNull } from './instant.ts'
import { jsonb } from './json.ts'

export interface StoredSource extends Source {
  /** Small number that items refer to. */
  readonly no: number
  readonly cursor: Cursor | null
  /** The last time that a listing went through to its end. */
  readonly lastPollAt: IsoInstant | null
  readonly lastChangeAt: IsoInstant | null
  readonly leasedUntil: IsoInstant | null
  readonly leasedBy: string | null
  readonly nextAttemptAt: IsoInstant | null
  /** In a row. */
  readonly failures: number
  readonly lastError: string | null
  readonly lastErrorKind: FaultKind | null
  /** When everything had been read for the first time. */
  readonly backfilledAt: IsoInstant | null
  readonly itemsSeen: number
  readonly calls: number
  readonly quota: Quota | null
  readonly removedAt: IsoInstant | null
}

/** Stores a source as it was set up. Other settings mean other items: the cursor is forgotten. A removed one comes back. */
export const saveSource = async (
  db: Database,
  { id, connection, settings }: Source,
): Promise<{ readonly no: number; readonly outcome: Outcome }> => {
  const saved = await firstRow<{ no: number; created: boolean }>(
    db,
    sql`insert into sources as s (id, connection, settings) values (${id}, ${connection}, ${jsonb(settings)})
        on conflict (id) do update set connection = excluded.connection, settings = excluded.settings, removed_at = null,
          cursor = case when (s.connection, s.settings) = (excluded.connection, excluded.settings) then s.cursor end,
          backfilled_at =
            case when (s.connection, s.settings) = (excluded.connection, excluded.settings) then s.backfilled_at end,
          last_poll_at = null, next_attempt_at = null, failures = 0, last_error = null, last_error_kind = null
        where (s.connection, s.settings) is distinct from (excluded.connection, excluded.settings)
          or s.removed_at is not null
        returning no, xmax = 0 as created`,
  )
  if (saved) return { no: saved.no, outcome: saved.created ? 'created' : 'changed' }
  const same = await firstRow<{ no: number }>(db, sql`select no from sources where id = ${id}`)
  return { no: same!.no, outcome: 'same' }
}

/** Stops reading it; what it brought stays. */
export const removeSource = async (db: Database, id: string, now: IsoInstant): Promise<boolean> =>
  (await firstRow(
    db,
    sql`update sources set removed_at = ${now} where id = ${id} and removed_at is null returning no`,
  )) !== null

export const findSource = async (db: Database, id: string): Promise<StoredSource | null> => {
  const row = await firstRow<SourceRow>(db, sql`select * from sources where id = ${id}`)
  return row && sourceOf(row)
}

/** The name that people gave a source, also of one that was removed. */
export const findSourceId = async (db: Database, no: number): Promise<string | null> =>
  (await firstRow<{ id: string }>(db, sql`select id from sources where no = ${no}`))?.id ?? null

export const listSources = async (
  db: Database,
  { connection, withRemoved = false }: { readonly connection?: string; readonly withRemoved?: boolean } = {},
): Promise<readonly StoredSource[]> => {
  const found = await rows<SourceRow>(
    db,
    sql`select * from sources
        where (${withRemoved} or removed_at is null) and connection = coalesce(${connection ?? null}, connection)
        order by id`,
  )
  return found.map(sourceOf)
}

export interface SourceRow {
  readonly no: number
  readonly id: string
  readonly connection: string
  readonly settings: Readonly<Record<string, unknown>>
  readonly cursor: Cursor | null
  readonly last_poll_at: string | null
  readonly last_change_at: string | null
  readonly leased_until: string | null
  readonly leased_by: string | null
  readonly next_attempt_at: string | null
  readonly failures: number
  readonly last_error: string | null
  readonly last_error_kind: FaultKind | null
  readonly backfilled_at: string | null
  readonly items_seen: number
  readonly calls: number
  readonly quota: Quota | null
  readonly removed_at: string | null
}

export const sourceOf = (row: SourceRow): StoredSource => ({
  no: row.no,
  id: row.id,
  connection: row.connection,
  settings: row.settings,
  cursor: row.cursor,
  lastPollAt: isoOrNull(row.last_poll_at),
  lastChangeAt: isoOrNull(row.last_change_at),
  leasedUntil: isoOrNull(row.leased_until),
  leasedBy: row.leased_by,
  nextAttemptAt: isoOrNull(row.next_attempt_at),
  failures: row.failures,
  lastError: row.last_error,
  lastErrorKind: row.last_error_kind,
  backfilledAt: isoOrNull(row.backfilled_at),
  itemsSeen: row.items_seen,
  calls: row.calls,
  quota: row.quota,
  removedAt: isoOrNull(row.removed_at),
})
