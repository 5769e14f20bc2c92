import type { IsoInstant } from '../model/time.ts'
import type { Store } from '../store/database.ts'
import { listAbandoned } from '../store/heads.ts'
import { listDirtyPlans } from '../store/plan-dirty.ts'
import { settleRevision, settleWaiting } from './settle-revision.ts'

/**
 * Settles whatever waits in any plan: what pulls noted, and large changes that their worker gave up. After a pull, and
 * now and then, so that a crash delays and loses nothing. A plan that cannot be settled does not keep others waiting.
 *
 * @throws the first failure, when all plans have had their turn
 */
export const settleWaitingPlans = async (store: Store, now: IsoInstant): Promise<void> => {
  const failures: unknown[] = []
  const attempt = (work: Promise<unknown>) => work.catch((error: unknown) => failures.push(error))
  for (const planNo of await listAbandoned(store.db, now))
    await attempt(settleRevision(store, planNo, { kind: 'facts', actor: null, summary: null, now, subjects: [] }))
  for (const planNo of await listDirtyPlans(store.db)) await attempt(settleWaiting(store, planNo, now))
  if (failures.length > 0) throw failures[0]
}
