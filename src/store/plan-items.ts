import { sql } from 'drizzle-orm'
import { type Database, firstRow, rows } from './database.ts'
import { anyOf, toJson } from './json.ts'

/** Which phase takes an item now; `phaseNo: null` = none. */
export interface PlanItem {
  readonly subject: number
  readonly phaseNo: number | null
  readonly container: boolean
}

/** Replaces the rows of these items. */
export const savePlanItems = async (tx: Database, planNo: number, items: readonly PlanItem[]): Promise<void> => {
  if (items.length === 0) return
  const mapped = items.filter((item) => item.phaseNo !== null)
  const unmapped = items.filter((item) => item.phaseNo === null)
  if (unmapped.length > 0)
    await rows(
      tx,
      sql`delete from plan_items where plan_no = ${planNo} and subject in ${anyOf(
        unmapped.map((item) => item.subject),
        'bigint',
      )}`,
    )
  if (mapped.length > 0)
    await rows(
      tx,
      sql`insert into plan_items (plan_no, subject, phase_no, container)
          select ${planNo}::int, subject, "phaseNo", container
          from jsonb_to_recordset(${toJson(mapped)}::jsonb) as r (subject bigint, "phaseNo" int, container boolean)
          order by subject
          on conflict (plan_no, subject) do update set phase_no = excluded.phase_no, container = excluded.container
          where (plan_items.phase_no, plan_items.container) <> (excluded.phase_no, excluded.container)`,
    )
}

/**
 * Items that are present in the plan's sources and that no rule takes: those that are there less those that have a phase.
 * Both are counted without a join, as this runs with every revision; only items of removed sources need one.
 *
 * @param sources text ids of the sources that the plan's rules name; `null` = all
 */
export const countUnmapped = async (
  db: Database,
  planNo: number,
  sources: readonly string[] | null,
): Promise<number> => {
  const named = sources === null ? sql`true` : sql`id in ${anyOf(sources)}`
  const counted = await firstRow<{ unmapped: string }>(
    db,
    sql`select
          (select count(*) from items where presence = 'present' and pulled_at > '-infinity'
             and source_no = any (array(select no from sources where removed_at is null and ${named})))
        - (select count(*) from plan_items where plan_no = ${planNo})
        + case when exists (select 1 from sources where removed_at is not null)
            then (select count(*) from sources source join items item on item.source_no = source.no
                  join plan_items planned on planned.subject = item.id
                  where source.removed_at is not null and planned.plan_no = ${planNo})
            else 0 end as unmapped`,
  )
  return Math.max(0, Number(counted!.unmapped))
}

/** Items that more than one of these plans counts. */
export const countOverlap = async (db: Database, planNos: readonly number[]): Promise<number> => {
  const counted = await firstRow<{ items: string }>(
    db,
    sql`select count(*) as items from (
          select subject from plan_items where plan_no in ${anyOf(planNos, 'int')} and not container
          group by subject having count(*) > 1) shared`,
  )
  return Number(counted!.items)
}
