import { sql } from 'drizzle-orm'
import { type Database, firstRow, rows } from './database.ts'
import { anyOf, toJson } from './json.ts'

/** Notes subjects of which something is known that the plan's books do not say yet. */
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

/** Takes these subjects off the list, as far as they are on it: settle them in the same transaction. */
export const takeDirtySubjects = async (tx: Database, planNo: number, subjects: readonly number[]): Promise<void> => {
  await rows(tx, sql`delete from plan_dirty where plan_no = ${planNo} and subject in ${anyOf(subjects, 'bigint')}`)
}

export const listDirtyPlans = async (db: Database): Promise<readonly number[]> => {
  const found = await rows<{ plan_no: number }>(db, sql`select distinct plan_no from plan_dirty order by 1`)
  return found.map((row) => row.plan_no)
}

/** Whether anything is noted of a plan that has a document to settle by. */
export const isWaiting = async (db: Database, planNo: number): Promise<boolean> =>
  (await firstRow(
    db,
    sql`select 1 as one from plan_dirty d join plan_heads h on h.plan_no = d.plan_no
        where d.plan_no = ${planNo}
          and exists (select 1 from plan_documents p where p.plan_no = d.plan_no and p.revision <= h.revision) limit 1`,
  )) !== null
