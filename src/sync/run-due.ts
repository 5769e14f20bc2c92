import { leaseDueSources, leaseSource } from '../store/leases.ts'
import { settleWaitingPlans } from '../settle/settle-waiting-plans.ts'
import { digestInbox } from './digest-inbox.ts'
import { type PollOutcome, pollSource } from './poll-source.ts'
import type { SyncTools } from './tools.ts'

const LEASE_MS = 120_000
const AT_ONCE = 2

/**
 * Does everything that is due now: what a crash left unsettled, deliveries, then polls. The inbox and the source rows are the queue, so this may
 * run anywhere, any number of times, and after any crash (docs/decisions/0003).
 */
export const runDue = async (tools: SyncTools): Promise<readonly PollOutcome[]> => {
  await settleWaitingPlans(tools.store, tools.now().toISOString())
  await digestInbox(tools)
  const outcomes: PollOutcome[] = []
  for (;;) {
    const now = tools.now()
    const leased = await leaseDueSources(tools.store.db, {
      worker: tools.workerId,
      now: now.toISOString(),
      until: new Date(now.getTime() + LEASE_MS).toISOString(),
      pollSeconds: tools.pollSeconds,
      limit: AT_ONCE,
    })
    if (leased.length === 0) return outcomes
    outcomes.push(...(await Promise.all(leased.map((source) => pollSource(tools, source)))))
  }
}

/** Polls one source now, due or not. `null` = another worker is at it, or there is no such source. */
export const syncNow = async (
  tools: SyncTools,
  sourceId: string,
  options: { readonly full?: boolean } = {},
): Promise<PollOutcome | null> => {
  const now = tools.now()
  const leased = await leaseSource(tools.store.db, sourceId, {
    worker: tools.workerId,
    now: now.toISOString(),
    until: new Date(now.getTime() + LEASE_MS).toISOString(),
  })
  return leased && pollSource(tools, leased, options)
}
