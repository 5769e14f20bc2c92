import { setTimeout as pause } from 'node:timers/promises'
import { Fault, REMEDY } from '../../model/fault.ts'
import { findSource, listSources } from '../../store/sources.ts'
import { digestInbox } from '../../sync/digest-inbox.ts'
import { syncNow } from '../../sync/run-due.ts'
import type { SyncTools } from '../../sync/tools.ts'
import type { SyncOrder, SyncResult } from './backend.ts'

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
  const ids = await chosen(tools, order.sources)
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

const chosen = async (tools: SyncTools, wanted: readonly string[]): Promise<readonly string[]> => {
  const known = (await listSources(tools.store.db)).map(({ id }) => id)
  if (known.length === 0)
    throw new Fault('invalid', 'sync: nothing is set up to be read yet: run "plumbline apply -f FILE" first')
  const missing = wanted.find((id) => !known.includes(id))
  if (missing !== undefined)
    throw new Fault('notFound', `sync: no source is named ${missing}: these are set up: ${known.join(', ')}`)
  return wanted.length === 0 ? known : [...new Set(wanted)]
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
