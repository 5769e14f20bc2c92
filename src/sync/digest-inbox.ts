import { Fault } from '../model/fault.ts'
import { claimDeliveries, connectionsWithDueDeliveries, failDeliveries, finishDeliveries } from '../store/inbox.ts'
import { leaseSource } from '../store/leases.ts'
import { appendPull } from '../store/pulls.ts'
import { type StoredSource, listSources } from '../store/sources.ts'
import type { Hint, TrackerClient } from '../trackers/tracker.ts'
import { callMeter } from './call-meter.ts'
import { clientFor, openConnection } from './connect.ts'
import { pollSource, refreshMilestones } from './poll-source.ts'
import { recordBatch } from './record-batch.ts'
import { retryTime } from './retry-time.ts'
import type { SyncTools } from './tools.ts'

const CLAIM_LIMIT = 1_000
const CLAIM_MS = 120_000
const MAX_ATTEMPTS = 8

/**
 * Looks at what deliveries hinted at: all due deliveries of a connection together, each item pulled once, however many
 * deliveries named it. A delivery is done when what it hinted at is stored; until then it stays due.
 *
 * @returns how many deliveries were digested
 */
export const digestInbox = async (tools: SyncTools): Promise<number> => {
  let digested = 0
  for (const connection of await connectionsWithDueDeliveries(tools.store.db, tools.now().toISOString()))
    digested += await digestConnection(tools, connection)
  return digested
}

const digestConnection = async (tools: SyncTools, connection: string): Promise<number> => {
  const now = tools.now()
  const claimed = await claimDeliveries(tools.store.db, {
    connection,
    limit: CLAIM_LIMIT,
    now: now.toISOString(),
    until: new Date(now.getTime() + CLAIM_MS).toISOString(),
  })
  if (claimed.length === 0) return 0
  const numbers = claimed.map((delivery) => delivery.no)
  try {
    await pullHints(
      tools,
      connection,
      claimed.flatMap((delivery) => delivery.hints as readonly Hint[]),
    )
    await finishDeliveries(tools.store.db, numbers, tools.now().toISOString())
    return claimed.length
  } catch (error) {
    const attempts = Math.max(...claimed.map((delivery) => delivery.attempts))
    await failDeliveries(tools.store.db, numbers, {
      error: error instanceof Error ? error.message : String(error),
      nextAttemptAt: retryTime(error, attempts, tools.now()).toISOString(),
      maxAttempts: MAX_ATTEMPTS,
    })
    if (!(error instanceof Fault)) tools.log(`sync: deliveries of ${connection} failed unexpectedly: ${String(error)}`)
    return 0
  }
}

const pullHints = async (tools: SyncTools, connection: string, hints: readonly Hint[]): Promise<void> => {
  if (hints.length === 0) return
  const opened = await openConnection(tools, connection)
  for (const source of await listSources(tools.store.db, { connection })) {
    const meter = callMeter()
    const client = clientFor(tools, opened, meter.onCall)
    const concerned = hints.filter((hint) => client.concerns(source, hint.scope))
    if (concerned.length > 0) await pullConcerned(tools, source, client, concerned, meter.calls)
  }
}

const pullConcerned = async (
  tools: SyncTools,
  source: StoredSource,
  client: TrackerClient,
  hints: readonly Hint[],
  calls: () => number,
): Promise<void> => {
  const gone = new Set(hints.flatMap((hint) => (hint.kind === 'gone' && hint.externalId ? [hint.externalId] : [])))
  const ids = [...new Set(hints.flatMap((hint) => (hint.externalId ? [hint.externalId] : [])))]
  if (hints.some((hint) => hint.kind === 'milestones')) await refreshMilestones(tools, source, client)
  // A sprint was renamed, a label was edited: it concerns items that the delivery does not name.
  if (hints.some((hint) => hint.kind === 'item' && hint.externalId === null)) await pollNow(tools, source)
  if (ids.length === 0) return
  const startedAt = tools.now().toISOString()
  const pulled = await client.pull(source, ids)
  const missing = pulled.missing.map((externalId) => ({
    externalId,
    presence: gone.has(externalId) ? ('deleted' as const) : ('invisible' as const),
  }))
  const changed = await recordBatch(tools, source, { items: pulled.items, missing, startedAt })
  await appendPull(tools.store.db, {
    sourceNo: source.no,
    reason: 'hint',
    startedAt,
    endedAt: tools.now().toISOString(),
    items: pulled.items.length,
    changed,
    missing: missing.length,
    calls: calls(),
    error: null,
    errorKind: null,
  })
}

/** When another worker is at it, that poll sees the change too. */
const pollNow = async (tools: SyncTools, { id }: StoredSource): Promise<void> => {
  const now = tools.now()
  const leased = await leaseSource(tools.store.db, id, {
    worker: tools.workerId,
    now: now.toISOString(),
    until: new Date(now.getTime() + CLAIM_MS).toISOString(),
  })
  if (leased) await pollSource(tools, leased)
}
