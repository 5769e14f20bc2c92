import { setTimeout as pause } from 'node:timers/promises'
import { REMEDY } from '../../model/fault.ts'
import { findSource, listSources } from '../../store/sources.ts'
import { digestInbox } from '../../sync/digest-inbox.ts'
import { syncNow } from '../../sync/run-due.ts'
import type { SyncTools } from '../../sync/tools.ts'
import type { SyncOrder, SyncResult } from './backend.ts'
import { chooseSources } from './choose-sources.ts'

const AT_ONCE = 2
const LEAST_WAIT_MS = 1_000
const MOST_ATTEMPTS = 10

/**
 * Reads sources until they are up to date. What a tracker only asks to wait for (a limit, an outage) is waited for,
 * unless the order says `once`; what waiting does not mend is an error at once.
 *
 * @throws Fault notFound when an order names a source that is not set up, invalid when there is none at all
 */
export const syncSources = async (
  tools: SyncTools,
  order: SyncOrder,
  say: (text: string) => void,
): Promise<readonly SyncResult[]> => {
  const known = await listSources(tools.store.db)
  const ids = chooseSources(
    known.map(({ id }) => id),
    order.sources,
  )
  await digestInbox(tools)
  const results = new Map<string, SyncResult>()
  const waiting = [...ids]
  const worker = async (): Promise<void> => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift())
      results.set(id, await syncOne(tools, id, order, say))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return ids.map((id) => results.get(id)!)
}

const syncOne = async (
  tools: SyncTools,
  id: string,
  { full, once }: SyncOrder,
  say: (text: string) => void,
): Promise<SyncResult> => {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await syncNow(tools, id, { full })
    if (outcome?.error === null) return outcome
    const source = (await findSource(tools.store.db, id))!
    const error = outcome?.error ?? `another process is reading it: ${source.leasedBy}`
    const isWorthWaiting =
      outcome === null || (source.lastErrorKind !== null && REMEDY[source.lastErrorKind] === 'retry')
    if (once || !isWorthWaiting || attempt === MOST_ATTEMPTS)
      return { source: id, items: outcome?.items ?? 0, changed: outcome?.changed ?? 0, error }
    const until = outcome === null ? source.leasedUntil : source.nextAttemptAt
    say(`${id}: ${error}: trying again${until === null ? '' : ` at ${until}`}`)
    await pause(Math.max(LEAST_WAIT_MS, until === null ? 0 : Date.parse(until) - tools.now().getTime()))
  }
}
