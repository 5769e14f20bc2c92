import type { Presence } from '../model/work-item.ts'
import type { PulledItem } from '../model/fact.ts'
import { recordPull } from '../settle/record-pull.ts'
import { settleWaitingPlans } from '../settle/settle-waiting-plans.ts'
import type { StoredSource } from '../store/sources.ts'
import type { SyncTools } from './tools.ts'

/** What was pulled becomes facts, and facts become postings: the same for polls and hints. */
export const recordBatch = async (
  tools: SyncTools,
  source: StoredSource,
  pulled: {
    readonly items: readonly PulledItem[]
    readonly missing: readonly { readonly externalId: string; readonly presence: Exclude<Presence, 'present'> }[]
    readonly startedAt: string
  },
): Promise<number> => {
  const now = tools.now().toISOString()
  const changed = await recordPull(tools.store, source.no, pulled, now)
  if (changed.length > 0) await settleWaitingPlans(tools.store, now)
  return changed.length
}
