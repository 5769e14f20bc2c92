import { plannedSources } from '../model/plan.ts'
import type { Database } from '../store/database.ts'
import { holdHeads } from '../store/heads.ts'
import { markDirty } from '../store/plan-dirty.ts'
import { headDocuments } from '../store/plan-documents.ts'
import { findSourceId } from '../store/sources.ts'

/**
 * Notes in every plan that may count items of a source that these have changed: plans whose rules name it, and plans
 * under a large change, whose rules of tomorrow nobody knows yet.
 */
export const markConcerned = async (tx: Database, sourceNo: number, subjects: readonly number[]): Promise<void> => {
  const changing = new Set((await holdHeads(tx)).flatMap((head) => (head.reserved ? [head.planNo] : [])))
  const source = await findSourceId(tx, sourceNo)
  const concerned = new Set(changing)
  // Read after the heads are held: a plan that was being changed is seen as it is now.
  for (const { plan, document } of await headDocuments(tx)) {
    const named = plannedSources(document)
    if (named === null || (source !== null && named.has(source))) concerned.add(plan.no)
  }
  for (const planNo of concerned) await markDirty(tx, planNo, subjects)
}
