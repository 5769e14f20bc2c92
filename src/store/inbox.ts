import { sql } from 'drizzle-orm'
import type { IsoInstant } from '../model/time.ts'
import { type Database, firstRow, rows } from './database.ts'
import { isoFromDatabase, isoOrNull } from './instant.ts'
import { anyOf, storableText, toJson } from './json.ts'

export interface NewDelivery {
  readonly connection: string
  readonly deliveryId: string
  readonly event: string
  readonly headers: Readonly<Record<string, string>>
  /** Word for word. */
  readonly body: string
  readonly hints: readonly unknown[]
  readonly receivedAt: IsoInstant
}

export interface DueDelivery extends Pick<NewDelivery, 'connection' | 'deliveryId' | 'event' | 'hints' | 'receivedAt'> {
  readonly no: number
  /** This one included. */
  readonly attempts: number
}

/**
 * Puts a delivery into the inbox, in one statement. `known` = it is there already; one that was given up is taken up
 * again when the tracker sends it once more.
 */
export const storeDelivery = async (db: Database, delivery: NewDelivery): Promise<'stored' | 'known'> =>
  (await storeDeliveries(db, [delivery]))[0]!

/** Puts many deliveries into the inbox, in one statement. @returns for each what `storeDelivery` tells */
export const storeDeliveries = async (
  db: Database,
  deliveries: readonly NewDelivery[],
): Promise<readonly ('stored' | 'known')[]> => {
  if (deliveries.length === 0) return []
  const first = new Map<string, NewDelivery>()
  for (const delivery of [...deliveries].reverse()) first.set(keyOf(delivery.connection, delivery.deliveryId), delivery)
  // Two replicas that store the same ones must lock them in the same order.
  const unique = [...first].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, delivery]) => delivery)
  const bodies = unique.map((each) => storableText(each.body))
  let start = 1
  const parts = unique.map(({ connection, deliveryId, event, headers, hints, receivedAt }, index) => {
    const bytes = Buffer.byteLength(bodies[index]!)
    const part = { connection, delivery_id: deliveryId, event, headers, hints, received_at: receivedAt, start, bytes }
    start += bytes
    return part
  })
  // All bodies as one text, cut by bytes: a parameter each costs the driver more time than the rest of the delivery,
  // and in an array or in JSON the server would have to read every byte of them again.
  const stored = await rows<{ connection: string; delivery_id: string }>(
    db,
    sql`with bodies as materialized (select convert_to(${bodies.join('')}::text, 'UTF8') as bytes)
        insert into inbox as i (connection, delivery_id, event, headers, body, hints, received_at)
        select n.connection, n.delivery_id, n.event, n.headers,
          convert_from(substring(bodies.bytes from n.start for n.bytes), 'UTF8'), n.hints, n.received_at
        from bodies, jsonb_to_recordset(${toJson(parts)}::jsonb) as n(connection text, delivery_id text, event text,
          headers jsonb, hints jsonb, received_at timestamptz, start int, bytes int)
        on conflict (connection, delivery_id) do update set state = 'due', attempts = 0, next_attempt_at = null
        where i.state = 'dead'
        returning connection, delivery_id`,
  )
  const fresh = new Set(stored.map((row) => keyOf(row.connection, row.delivery_id)))
  return deliveries.map((delivery) => {
    const key = keyOf(delivery.connection, delivery.deliveryId)
    // Of two that are the same, the first was stored and the second is known.
    return fresh.has(key) && first.get(key) === delivery ? 'stored' : 'known'
  })
}

const keyOf = (connection: string, deliveryId: string): string => JSON.stringify([connection, deliveryId])

/**
 * Takes due deliveries, oldest first; no two workers get the same one. What is neither finished nor failed comes back
 * at `until`. Deliveries seen for the first time are counted on their connection.
 */
export const claimDeliveries = async (
  db: Database,
  claim: {
    readonly connection?: string | undefined
    readonly limit: number
    readonly now: IsoInstant
    readonly until: IsoInstant
  },
): Promise<readonly DueDelivery[]> => {
  const claimed = await rows<DueRow>(
    db,
    sql`with due as (
          select no from inbox
          where state = 'due' and connection = coalesce(${claim.connection ?? null}, connection)
            and (next_attempt_at is null or next_attempt_at <= ${claim.now}::timestamptz)
          order by no limit ${claim.limit} for update skip locked),
        claimed as (
          update inbox i set attempts = attempts + 1, next_attempt_at = ${claim.until} from due where i.no = due.no
          returning i.no, i.connection, i.delivery_id, i.event, i.hints, i.received_at, i.attempts),
        counted as (
          update connections c set deliveries = c.deliveries + fresh.number,
            last_delivery_at = greatest(c.last_delivery_at, fresh.newest)
          from (select connection, count(*)::int as number, max(received_at) as newest from claimed where attempts = 1
                group by connection) fresh
          where c.id = fresh.connection)
        select * from claimed order by no`,
  )
  return claimed.map((row) => ({
    no: row.no,
    connection: row.connection,
    deliveryId: row.delivery_id,
    event: row.event,
    hints: row.hints,
    receivedAt: isoFromDatabase(row.received_at),
    attempts: row.attempts,
  }))
}

export const finishDeliveries = async (db: Database, nos: readonly number[], now: IsoInstant): Promise<void> => {
  await rows(
    db,
    sql`update inbox set state = 'done', done_at = ${now}, last_error = null where no in ${anyOf(nos, 'bigint')}`,
  )
}

/** Puts deliveries back until `nextAttemptAt`; after `maxAttempts` they are dead and wait for a person or a resend. */
export const failDeliveries = async (
  db: Database,
  nos: readonly number[],
  failure: { readonly error: string; readonly nextAttemptAt: IsoInstant; readonly maxAttempts: number },
): Promise<void> => {
  await rows(
    db,
    sql`update inbox set last_error = ${storableText(failure.error)}, next_attempt_at = ${failure.nextAttemptAt},
          state = case when attempts >= ${failure.maxAttempts} then 'dead' else 'due' end
        where no in ${anyOf(nos, 'bigint')}`,
  )
}

export const connectionsWithDueDeliveries = async (db: Database, now: IsoInstant): Promise<readonly string[]> => {
  const found = await rows<{ connection: string }>(
    db,
    sql`select distinct connection from inbox
        where state = 'due' and (next_attempt_at is null or next_attempt_at <= ${now}::timestamptz) order by 1`,
  )
  return found.map(({ connection }) => connection)
}

export interface DeliveryCounts {
  readonly connection: string
  readonly due: number
  readonly dead: number
  readonly done: number
  readonly oldestDueAt: IsoInstant | null
  readonly lastReceivedAt: IsoInstant | null
}

export const countDeliveries = async (db: Database): Promise<readonly DeliveryCounts[]> => {
  const found = await rows<CountRow>(
    db,
    sql`select connection, count(*) filter (where state = 'due') as due, count(*) filter (where state = 'dead') as dead,
          count(*) filter (where state = 'done') as done, min(received_at) filter (where state = 'due') as oldest,
          max(received_at) as newest
        from inbox group by connection order by connection`,
  )
  return found.map(({ connection, due, dead, done, oldest, newest }) => ({
    connection,
    due,
    dead,
    done,
    oldestDueAt: isoOrNull(oldest),
    lastReceivedAt: isoOrNull(newest),
  }))
}

export interface StoredDelivery extends NewDelivery {
  readonly no: number
  readonly state: 'due' | 'done' | 'dead'
  readonly attempts: number
  readonly lastError: string | null
}

export const readDelivery = async (db: Database, no: number): Promise<StoredDelivery | null> => {
  const row = await firstRow<StoredRow>(db, sql`select * from inbox where no = ${no}`)
  return (
    row && {
      no: row.no,
      connection: row.connection,
      deliveryId: row.delivery_id,
      event: row.event,
      headers: row.headers,
      body: row.body,
      hints: row.hints,
      receivedAt: isoFromDatabase(row.received_at),
      state: row.state,
      attempts: row.attempts,
      lastError: row.last_error,
    }
  )
}

/** Forgets finished deliveries received before an instant. @returns how many */
export const pruneInbox = async (db: Database, before: IsoInstant): Promise<number> =>
  (await rows(db, sql`delete from inbox where state = 'done' and received_at < ${before} returning no`)).length

interface DueRow {
  readonly no: number
  readonly connection: string
  readonly delivery_id: string
  readonly event: string
  readonly hints: readonly unknown[]
  readonly received_at: string
  readonly attempts: number
}

interface StoredRow extends DueRow {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly state: StoredDelivery['state']
  readonly last_error: string | null
}

interface CountRow {
  readonly connection: string
  readonly due: number
  readonly dead: number
  readonly done: number
  readonly oldest: string | null
  readonly newest: string | null
}
