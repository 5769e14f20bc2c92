import { sql } from 'drizzle-orm'
import { type Database, rows } from './database.ts'
import { toJson } from './json.ts'

/** Notes subjects that must be settled once the large settle under way is published. */
export const markDirty = async (tx: Database, planNo: number, subjects: readonly number[]): Promise<void> => {
  await rows(
    tx,
    sql`insert into plan_dirty (plan_no, subject)
        select ${planNo}::int, value::bigint from jsonb_array_elements_text(${toJson(subjects)}::jsonb) order by 2
        on conflict do nothing`,
  )
}

/** Takes noted subjects off the list: settle them in the same transaction. */
export const takeDirty = async (tx: Database, planNo: number, limit: number): Promise<readonly number[]> => {
  const taken = await rows<{ subject: number }>(
    tx,
    sql`with waiting as (
          select subject from plan_dirty where plan_no = ${planNo} order by subject limit ${limit}
          for update skip locked)
        delete from plan_dirty d using waiting where d.plan_no = ${planNo} and d.subject = waiting.subject
        returning d.subject`,
  )
  return taken.map(({ subject }) => subject).sort((a, b) => a - b)
}

export const listDirtyPlans = async (db: Database): Promise<readonly number[]> => {
  const found = await rows<{ plan_no: number }>(db, sql`select distinct plan_no from plan_dirty order by 1`)
  return found.map((row) => row.plan_no)
}
