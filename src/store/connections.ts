import { sql } from 'drizzle-orm'
import type { Connection } from '../model/source.ts'
import type { IsoInstant } from '../model/time.ts'
import { type Database, firstRow, rows } from './database.ts'
import { isoFromDatabase, isoOrNull } from './instant.ts'
import { jsonb } from './json.ts'

export interface StoredConnection extends Connection {
  readonly sealedSecrets: string | null
  readonly lastDeliveryAt: IsoInstant | null
  readonly deliveries: number
  readonly refusedDeliveries: number
  readonly createdAt: IsoInstant
}

export type Outcome = 'created' | 'changed' | 'same'

/**
 * Stores how a tracker is reached. Where that changed, sources that wait after a failure are tried again at once.
 *
 * @param connection without `sealedSecrets` those that are stored stay; `null` removes them
 */
export const saveConnection = async (
  db: Database,
  connection: Connection & { readonly sealedSecrets?: string | null | undefined },
  now: IsoInstant,
): Promise<Outcome> => {
  const { id, tracker, url, settings, sealedSecrets } = connection
  const keep = sealedSecrets === undefined
  const saved = await firstRow<{ created: boolean }>(
    db,
    sql`insert into connections as c (id, tracker, url, settings, sealed_secrets, created_at)
        values (${id}, ${tracker}, ${url}, ${jsonb(settings)}, ${sealedSecrets ?? null}, ${now})
        on conflict (id) do update set tracker = excluded.tracker, url = excluded.url, settings = excluded.settings,
          sealed_secrets = case when ${keep} then c.sealed_secrets else excluded.sealed_secrets end, removed_at = null
        where c.removed_at is not null or (c.tracker, c.url, c.settings) is distinct from (excluded.tracker, excluded.url, excluded.settings)
          or not ${keep} and c.sealed_secrets is distinct from excluded.sealed_secrets
        returning xmax = 0 as created`,
  )
  if (saved === null) return 'same'
  await rows(
    db,
    sql`update sources set failures = 0, last_error = null, last_error_kind = null, next_attempt_at = ${now}
        where connection = ${id} and failures > 0`,
  )
  return saved.created ? 'created' : 'changed'
}

export const findConnection = async (db: Database, id: string): Promise<StoredConnection | null> => {
  const row = await firstRow<Row>(db, sql`select * from connections where id = ${id} and removed_at is null`)
  return row && connectionOf(row)
}

export const listConnections = async (db: Database): Promise<readonly StoredConnection[]> =>
  (await rows<Row>(db, sql`select * from connections where removed_at is null order by id`)).map(connectionOf)

/** Forgets its secrets and refuses its deliveries from now on. What its sources brought stays. */
export const removeConnection = async (db: Database, id: string, now: IsoInstant): Promise<void> => {
  await rows(
    db,
    sql`update connections set removed_at = ${now}, sealed_secrets = null where id = ${id} and removed_at is null`,
  )
}

/** Counts deliveries that were not signed with a secret of ours; nothing else of them is stored. */
export const noteRefusedDelivery = async (db: Database, id: string, count = 1): Promise<void> => {
  await rows(db, sql`update connections set refused_deliveries = refused_deliveries + ${count}::int where id = ${id}`)
}

interface Row {
  readonly id: string
  readonly tracker: string
  readonly url: string
  readonly settings: Readonly<Record<string, unknown>>
  readonly sealed_secrets: string | null
  readonly last_delivery_at: string | null
  readonly deliveries: number
  readonly refused_deliveries: number
  readonly created_at: string
}

const connectionOf = (row: Row): StoredConnection => ({
  id: row.id,
  tracker: row.tracker,
  url: row.url,
  settings: row.settings,
  sealedSecrets: row.sealed_secrets,
  lastDeliveryAt: isoOrNull(row.last_delivery_at),
  deliveries: row.deliveries,
  refusedDeliveries: row.refused_deliveries,
  createdAt: isoFromDatabase(row.created_at),
})
