import { sql } from 'drizzle-orm'
import type { IsoInstant } from '../model/time.ts'
import { type Database, firstRow, rows } from './database.ts'
import { isoFromDatabase, isoOrNull } from './instant.ts'
import { toJson } from './json.ts'

export interface StoredPlan {
  /** Small number that the ledger refers to. */
  readonly no: number
  readonly id: string
  readonly createdAt: IsoInstant
  readonly removedAt: IsoInstant | null
}

/** A plan with its books at revision 0. One that exists is found, one that was removed comes back. */
export const createPlan = async (tx: Database, id: string, now: IsoInstant): Promise<StoredPlan> => {
  const row = await firstRow<Row>(
    tx,
    sql`insert into plans (id, created_at) values (${id}, ${now})
        on conflict (id) do update set removed_at = null returning *`,
  )
  await rows(
    tx,
    sql`insert into plan_heads (plan_no, revision, epoch, recorded_at) values (${row!.no}, 0, 0, 'epoch')
        on conflict (plan_no) do nothing`,
  )
  return planOf(row!)
}

export const findPlan = async (db: Database, id: string): Promise<StoredPlan | null> => {
  const row = await firstRow<Row>(db, sql`select * from plans where id = ${id}`)
  return row && planOf(row)
}

export const listPlans = async (
  db: Database,
  { withRemoved = false }: { readonly withRemoved?: boolean } = {},
): Promise<readonly StoredPlan[]> =>
  (await rows<Row>(db, sql`select * from plans where ${withRemoved} or removed_at is null order by id`)).map(planOf)

/** Takes it off the lists; its books stay. */
export const removePlan = async (db: Database, id: string, now: IsoInstant): Promise<boolean> =>
  (await firstRow(
    db,
    sql`update plans set removed_at = ${now} where id = ${id} and removed_at is null returning no`,
  )) !== null

/** Ledger numbers of phases: those known keep theirs, new ones get the next, none is used again. Under the head's lock. */
export const numberPhases = async (
  tx: Database,
  planNo: number,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> => {
  await rows(
    tx,
    sql`insert into plan_phases (plan_no, no, id)
        select ${planNo}::int, known.highest + row_number() over (order by position), id
        from jsonb_array_elements_text(${toJson([...new Set(ids)])}::jsonb) with ordinality as wanted (id, position),
          (select coalesce(max(no), 0) as highest from plan_phases where plan_no = ${planNo}::int) known
        where not exists (select 1 from plan_phases p where p.plan_no = ${planNo}::int and p.id = wanted.id)`,
  )
  const found = await rows<{ id: string; no: number }>(
    tx,
    sql`select id, no from plan_phases where plan_no = ${planNo} order by no`,
  )
  const asked = new Set(ids)
  return new Map(found.filter(({ id }) => asked.has(id)).map(({ id, no }) => [id, no]))
}

interface Row {
  readonly no: number
  readonly id: string
  readonly created_at: string
  readonly removed_at: string | null
}

const planOf = (row: Row): StoredPlan => ({
  no: row.no,
  id: row.id,
  createdAt: isoFromDatabase(row.created_at),
  removedAt: isoOrNull(row.removed_at),
})
