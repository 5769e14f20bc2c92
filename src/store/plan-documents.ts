import { sql } from 'drizzle-orm'
import type { PlanDocument } from '../model/plan.ts'
import { type Database, firstRow, rows } from './database.ts'
import { toJson } from './json.ts'
import type { StoredPlan } from './plans.ts'
import { isoFromDatabase } from './instant.ts'

export const savePlanDocument = async (
  tx: Database,
  planNo: number,
  revision: number,
  document: PlanDocument,
): Promise<void> => {
  await rows(
    tx,
    sql`insert into plan_documents (plan_no, revision, document)
        values (${planNo}, ${revision}, ${toJson(document)}::jsonb)`,
  )
}

export interface PlanAtRevision {
  /** The revision that stored it. */
  readonly revision: number
  readonly document: PlanDocument
}

/** The plan as it stood at a revision: the document of the highest one up to it. @param revision `null` = the head */
export const readPlanDocument = (
  db: Database,
  planNo: number,
  revision: number | null,
): Promise<PlanAtRevision | null> =>
  firstRow<PlanAtRevision>(
    db,
    sql`select revision, document from plan_documents
        where plan_no = ${planNo} and revision <= coalesce(${revision}::int,
          (select revision from plan_heads where plan_no = ${planNo}))
        order by revision desc limit 1`,
  )

/** Every plan that is not removed, as it stands. */
export const headDocuments = async (
  db: Database,
): Promise<readonly (PlanAtRevision & { readonly plan: StoredPlan })[]> => {
  const found = await rows<PlanAtRevision & { no: number; id: string; created_at: string }>(
    db,
    sql`select p.no, p.id, p.created_at, d.revision, d.document
        from plans p join plan_heads h on h.plan_no = p.no
          cross join lateral (
            select * from plan_documents where plan_no = p.no and revision <= h.revision
            order by revision desc limit 1) d
        where p.removed_at is null order by p.id`,
  )
  return found.map(({ no, id, created_at, revision, document }) => ({
    plan: { no, id, createdAt: isoFromDatabase(created_at), removedAt: null },
    revision,
    document,
  }))
}
