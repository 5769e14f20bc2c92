import type { Store } from '../../src/store/database.ts'
import { syncNow } from '../../src/sync/run-due.ts'
import { SOURCE } from '../support/bench-setup.ts'
import { setUp } from '../support/sync-tools.ts'

/**
 * Reads a whole repository with its history: client, facts, settling against one plan, all of it.
 *
 * @returns items a second
 */
export const backfillRate = async (store: Store, tracker: string, items: number): Promise<number> => {
  const tools = await setUp(store, tracker)
  const begun = performance.now()
  const outcome = await syncNow(tools, SOURCE)
  const seconds = (performance.now() - begun) / 1000
  if (!outcome || outcome.error !== null || outcome.items !== items)
    throw new Error(`bench: the backfill failed: ${JSON.stringify(outcome)}`)
  return items / seconds
}
