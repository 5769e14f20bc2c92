import { sql } from 'drizzle-orm'
import type { Baseline, BaselineItem, BaselinePhase, ScopeFlows } from '../model/baseline.ts'
import type { PlanDocument } from '../model/plan.ts'
import type { IsoDate } from '../model/time.ts'
import { type Database, firstRow, rows } from './database.ts'
import { isoFromDatabase } from './instant.ts'
import { toJson } from './json.ts'
import type { JsonAmounts } from './schema.ts'
import { insertBaselineItems } from './baseline-items.ts'

/** Stores an approved baseline with its items. Its number is the caller's: one more than the highest, under the head's lock. */
export const insertBaseline = async (
  tx: Database,
  planNo: number,
  baseline: Baseline,
  items: readonly BaselineItem[],
): Promise<void> => {
  const { number, name, reason, approver, approvedAt, revision, workDay, firstDay, valueUnit, hash } = baseline
  await rows(
    tx,
    sql`insert into baselines (plan_no, number, name, reason, approver, approved_at, revision, work_day, first_day,
          value_unit, document, phases, hash)
        values (${planNo}, ${number}, ${name}, ${reason}, ${approver}, ${approvedAt}, ${revision}, ${workDay},
          ${firstDay}, ${valueUnit}, ${toJson(baseline.plan)}::jsonb, ${toJson(baseline.phases)}::jsonb, ${hash})`,
  )
  await insertBaselineItems(tx, planNo, number, items)
}

/** In the order of their numbers. @param filter.revision only those taken from it or an earlier one */
export const listBaselines = async (
  db: Database,
  planNo: number,
  { revision }: { readonly revision?: number | undefined } = {},
): Promise<readonly Baseline[]> => {
  const found = await rows<Row>(
    db,
    sql`select * from baselines
        where plan_no = ${planNo} and revision <= coalesce(${revision ?? null}::int, 2147483647) order by number`,
  )
  return found.map(baselineOf)
}

export const findBaseline = async (db: Database, planNo: number, number: number): Promise<Baseline | null> => {
  const row = await firstRow<Row>(db, sql`select * from baselines where plan_no = ${planNo} and number = ${number}`)
  return row && baselineOf(row)
}

/** The baseline that counts on a status date, as known at a revision: the highest number that has begun by then. */
export const baselineInForce = async (
  db: Database,
  planNo: number,
  { asOf, revision }: { readonly asOf: IsoDate; readonly revision: number },
): Promise<Baseline | null> => {
  const row = await firstRow<Row>(
    db,
    sql`select * from baselines
        where plan_no = ${planNo} and revision <= ${revision} and (first_day is null or first_day <= ${asOf}::date)
        order by number desc limit 1`,
  )
  return row && baselineOf(row)
}

interface Row {
  readonly number: number
  readonly name: string
  readonly reason: string
  readonly approver: string | null
  readonly approved_at: string
  readonly revision: number
  readonly work_day: IsoDate
  readonly first_day: IsoDate | null
  readonly value_unit: string
  readonly document: PlanDocument
  readonly phases: readonly JsonAmounts<BaselinePhase>[]
  readonly hash: string
}

const baselineOf = (row: Row): Baseline => ({
  number: row.number,
  name: row.name,
  reason: row.reason,
  approver: row.approver,
  approvedAt: isoFromDatabase(row.approved_at),
  revision: row.revision,
  workDay: row.work_day,
  firstDay: row.first_day,
  valueUnit: row.value_unit,
  plan: row.document,
  phases: row.phases.map(phaseOf),
  hash: row.hash,
})

const phaseOf = (phase: JsonAmounts<BaselinePhase>): BaselinePhase => ({
  ...phase,
  value: BigInt(phase.value),
  scope: phase.scope === null ? null : BigInt(phase.scope),
  poolSize: BigInt(phase.poolSize),
  poolValue: BigInt(phase.poolValue),
  carried: BigInt(phase.carried),
  curve: phase.curve.map(BigInt),
  excepted: flowsOf(phase.excepted),
})

const flowsOf = (flows: JsonAmounts<ScopeFlows>): ScopeFlows => ({
  added: BigInt(flows.added),
  removed: BigInt(flows.removed),
  reestimated: BigInt(flows.reestimated),
  movedIn: BigInt(flows.movedIn),
  movedOut: BigInt(flows.movedOut),
})
