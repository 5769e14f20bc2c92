import type { Store } from '../../src/store/database.ts'
import { syncNow } from '../../src/sync/run-due.ts'
import { SOURCE } from '../support/bench-setup.ts'
import { setUp } from '../support/sync-tools.ts'

export interface BackfillRate {
  readonly perSecond: number
  readonly perSecondComputed: number
}

/**
 * Reads a whole repository with its history: client, facts, settling against one plan, all of it.
 *
 * @returns items a second, and items per second of computing in this process: that says the same on a busy machine (the
 *   embedded database computes in this process, PostgreSQL in its own)
 */
export const backfillRate = async (store: Store, tracker: string, items: number): Promise<BackfillRate> => {
  const tools = await setUp(store, tracker)
  const begun = performance.now()
  const computedBefore = process.cpuUsage()
  const outcome = await syncNow(tools, SOURCE)
  const seconds = (performance.now() - begun) / 1000
  const computed = process.cpuUsage(computedBefore)
  if (!outcome || outcome.error !== null || outcome.items !== items)
    throw new Error(`bench: the backfill failed: ${JSON.stringify(outcome)}`)
  return { perSecond: items / seconds, perSecondComputed: (items * 1e6) / (computed.user + computed.system) }
}
