import { Fault } from '../model/fault.ts'
import type { PlanDocument } from '../model/plan.ts'
import type { Store } from '../store/database.ts'
import { readPlanDocument } from '../store/plan-documents.ts'
import { type StoredPlan, findPlan } from '../store/plans.ts'

/** A plan as it stands. @throws Fault notFound */
export const openOutline = async (
  { db }: Store,
  id: string,
): Promise<{ readonly plan: StoredPlan; readonly document: PlanDocument }> => {
  const plan = await findPlan(db, id)
  const stored = plan && plan.removedAt === null ? await readPlanDocument(db, plan.no, null) : null
  if (!plan || !stored) throw new Fault('notFound', `http: no plan is named ${id}: see the list on the first page`)
  return { plan, document: stored.document }
}
