import { sql } from 'drizzle-orm'
import type { BaselineItem } from '../model/baseline.ts'
import { type Database, rows } from './database.ts'
import { anyOf, pieces, toJson } from './json.ts'

const PIECE = 5000

export const insertBaselineItems = async (
  tx: Database,
  planNo: number,
  number: number,
  items: readonly BaselineItem[],
): Promise<void> => {
  for (const piece of pieces(items, PIECE))
    await rows(
      tx,
      sql`insert into baseline_items (plan_no, number, subject, phase_no, size_micro, value_micro, carried_micro,
            estimated)
          select ${planNo}::int, ${number}::int, subject, "phaseNo", size, value, carried, estimated
          from jsonb_to_recordset(${toJson(piece)}::jsonb) as r (subject bigint, "phaseNo" int, size bigint,
            value bigint, carried bigint, estimated boolean)`,
    )
}

/** The list of a baseline, by subject. */
export const listBaselineItems = async (
  db: Database,
  planNo: number,
  number: number,
  filter: { readonly phaseNos?: readonly number[]; readonly subjects?: readonly number[] } = {},
): Promise<readonly BaselineItem[]> => {
  const phases = filter.phaseNos ? sql`phase_no in ${anyOf(filter.phaseNos, 'int')}` : sql`true`
  const subjects = filter.subjects ? sql`subject in ${anyOf(filter.subjects, 'bigint')}` : sql`true`
  const found = await rows<Row>(
    db,
    sql`select * from baseline_items
        where plan_no = ${planNo} and number = ${number} and ${phases} and ${subjects} order by subject`,
  )
  return found.map(itemOf)
}

/** What every baseline of a plan says of these subjects: by subject, then by baseline number. */
export const baselineItemsOf = async (
  db: Database,
  planNo: number,
  subjects: readonly number[],
): Promise<ReadonlyMap<number, ReadonlyMap<number, BaselineItem>>> => {
  const found = await rows<Row>(
    db,
    sql`select * from baseline_items where plan_no = ${planNo} and subject in ${anyOf(subjects, 'bigint')}
        order by subject, number`,
  )
  const bySubject = new Map<number, Map<number, BaselineItem>>()
  for (const row of found) {
    const known = bySubject.get(row.subject) ?? new Map<number, BaselineItem>()
    bySubject.set(row.subject, known.set(row.number, itemOf(row)))
  }
  return bySubject
}

interface Row {
  readonly number: number
  readonly subject: number
  readonly phase_no: number
  readonly size_micro: number | bigint
  readonly value_micro: number | bigint
  readonly carried_micro: number | bigint
  readonly estimated: boolean
}

const itemOf = (row: Row): BaselineItem => ({
  subject: row.subject,
  phaseNo: row.phase_no,
  size: BigInt(row.size_micro),
  value: BigInt(row.value_micro),
  carried: BigInt(row.carried_micro),
  estimated: row.estimated,
})
