import { sql } from 'drizzle-orm'
import { Fault } from '../model/fault.ts'
import type { IsoInstant } from '../model/time.ts'
import { type Database, firstRow, rows } from './database.ts'
import { isoFromDatabase } from './instant.ts'
import { publishBalances } from './balances.ts'
import type { RevisionNote } from './revisions.ts'

/** The newest published revision of a plan's books. */
export interface Head {
  readonly planNo: number
  readonly revision: number
  readonly epoch: number
  readonly recordedAt: IsoInstant
  /** A large settle under way: its lines bear this revision and epoch, and no reader sees them yet. */
  readonly reserved: Reservation | null
}

export interface Reservation {
  readonly revision: number
  readonly epoch: number
  readonly by: string
  readonly until: IsoInstant
}

/** A settle of more lines than this gets an epoch of its own. */
export const LARGE_SETTLE = 20_000

export const readHead = async (db: Database, planNo: number): Promise<Head | null> => {
  const row = await firstRow<Row>(db, sql`select * from plan_heads where plan_no = ${planNo}`)
  return row && headOf(row)
}

/** Heads of all plans that are not removed, with their ids: what `/events` watches. */
export const readHeads = async (db: Database): Promise<readonly (Head & { readonly plan: string })[]> => {
  const found = await rows<Row & { plan: string }>(
    db,
    sql`select h.*, p.id as plan from plan_heads h join plans p on p.no = h.plan_no
        where p.removed_at is null order by p.id`,
  )
  return found.map((row) => ({ ...headOf(row), plan: row.plan }))
}

/** Holds the plan's books until the transaction ends: every writer of its numbers begins here. */
export const lockHead = async (tx: Database, planNo: number): Promise<Head> => {
  const row = await firstRow<Row>(tx, sql`select * from plan_heads where plan_no = ${planNo} for update`)
  if (!row)
    throw new Fault('notFound', `store: no plan has the number ${planNo}: list the plans to see which there are`)
  return headOf(row)
}

/**
 * Waits for whoever is changing a plan just now, and keeps everybody from it until the transaction ends. What this
 * transaction writes is seen by every later settle.
 */
export const holdHeads = async (tx: Database): Promise<readonly Head[]> =>
  (await rows<Row>(tx, sql`select * from plan_heads order by plan_no for share`)).map(headOf)

/** Plans whose large settle was given up by its worker. */
export const listAbandoned = async (db: Database, now: IsoInstant): Promise<readonly number[]> => {
  const found = await rows<{ plan_no: number }>(
    db,
    sql`select plan_no from plan_heads where reserved_until <= ${now}::timestamptz order by 1`,
  )
  return found.map(({ plan_no }) => plan_no)
}

/**
 * Writes the plan's next revision and moves the head to it. Recorded now, but always after the one before, by a
 * microsecond at least. An epoch closes at UTC midnight, at a baseline, and around every large settle.
 *
 * @throws Fault `conflict` with `retryAt` while a large settle is under way
 */
export const takeRevision = async (tx: Database, head: Head, note: RevisionNote): Promise<Head> => {
  if (head.reserved) throw underWay(head.planNo, head.reserved)
  const row = await firstRow<Row>(
    tx,
    sql`with clock as (
          select h.*, greatest(${note.now}::timestamptz, h.recorded_at + interval '1 microsecond') as at,
            v.kind = 'baseline' or v.lines > ${LARGE_SETTLE} as closed
          from plan_heads h left join revisions v on v.plan_no = h.plan_no and v.no = h.revision
          where h.plan_no = ${head.planNo} and h.revision = ${head.revision}),
        next as (
          select plan_no, revision + 1 as no, at, epoch + case when coalesce(closed, true)
              or ${note.lines}::int > ${LARGE_SETTLE}
              or (at at time zone 'UTC')::date > (recorded_at at time zone 'UTC')::date then 1 else 0 end as epoch
          from clock),
        noted as (${insertRevision(note)})
        ${moveHead}`,
  )
  return moved(row, head)
}

/**
 * Keeps the next revision, and an epoch of its own, for a large settle; also takes over one whose time ran out, with
 * the lines that it wrote.
 *
 * @throws Fault `conflict` with `retryAt` while another holds it
 */
export const reserveRevision = async (
  tx: Database,
  head: Head,
  { by, until, now }: { readonly by: string; readonly until: IsoInstant; readonly now: IsoInstant },
): Promise<Head> => {
  const row = await firstRow<Row>(
    tx,
    sql`update plan_heads set reserved_revision = revision + 1, reserved_epoch = epoch + 1, reserved_by = ${by},
          reserved_until = ${until}
        where plan_no = ${head.planNo} and revision = ${head.revision}
          and (reserved_until is null or reserved_until <= ${now}::timestamptz or reserved_by = ${by})
        returning *`,
  )
  if (!row && head.reserved) throw underWay(head.planNo, head.reserved)
  return moved(row, head)
}

/** @returns false when the reservation has gone to another: stop */
export const extendReservation = async (
  db: Database,
  planNo: number,
  { by, until }: { readonly by: string; readonly until: IsoInstant },
): Promise<boolean> =>
  (await firstRow(
    db,
    sql`update plan_heads set reserved_until = ${until}
        where plan_no = ${planNo} and reserved_by = ${by} returning plan_no`,
  )) !== null

/** Shows what a large settle wrote: its epoch joins the balances, its revision becomes the head. */
export const publishRevision = async (tx: Database, head: Head, note: RevisionNote): Promise<Head> => {
  if (!head.reserved) throw new Error(`no revision is reserved: plan=${head.planNo}`)
  await publishBalances(tx, head.planNo, head.reserved.epoch)
  const row = await firstRow<Row>(
    tx,
    sql`with next as (
          select plan_no, reserved_revision as no, reserved_epoch as epoch,
            greatest(${note.now}::timestamptz, recorded_at + interval '1 microsecond') as at
          from plan_heads
          where plan_no = ${head.planNo} and revision = ${head.revision} and reserved_by = ${head.reserved.by}),
        noted as (${insertRevision(note)})
        ${moveHead}`,
  )
  return moved(row, head)
}

const insertRevision = ({ kind, actor, summary, lines, unmappedItems }: RevisionNote) =>
  sql`insert into revisions (plan_no, no, recorded_at, epoch, kind, actor, summary, lines, unmapped_items)
      select plan_no, no, at, epoch, ${kind}, ${actor}, ${summary}, ${lines}::int, ${unmappedItems}::int from next
      returning *`

const moveHead = sql`
  update plan_heads h set revision = noted.no, epoch = noted.epoch, recorded_at = noted.recorded_at,
    reserved_revision = null, reserved_epoch = null, reserved_by = null, reserved_until = null
  from noted where h.plan_no = noted.plan_no returning h.*`

const moved = (row: Row | null, head: Head): Head => {
  if (!row) throw new Error(`the head moved although it was held: plan=${head.planNo} revision=${head.revision}`)
  return headOf(row)
}

const underWay = (planNo: number, { until }: Reservation): Fault =>
  new Fault('conflict', `store: the plan is being settled on a large scale: plan=${planNo}: try again at ${until}`, {
    retryAt: new Date(until),
  })

interface Row {
  readonly plan_no: number
  readonly revision: number
  readonly epoch: number
  readonly recorded_at: string
  readonly reserved_revision: number | null
  readonly reserved_epoch: number | null
  readonly reserved_by: string | null
  readonly reserved_until: string | null
}

const headOf = (row: Row): Head => ({
  planNo: row.plan_no,
  revision: row.revision,
  epoch: row.epoch,
  recordedAt: isoFromDatabase(row.recorded_at),
  reserved:
    row.reserved_revision === null
      ? null
      : {
          revision: row.reserved_revision,
          epoch: row.reserved_epoch!,
          by: row.reserved_by!,
          until: isoFromDatabase(row.reserved_until!),
        },
})
