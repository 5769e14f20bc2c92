import { isoInstant } from '../model/time.ts'
import { listConnections } from '../store/connections.ts'
import { type Store, snapshot } from '../store/database.ts'
import { countDeliveries } from '../store/inbox.ts'
import { countItems } from '../store/list-items.ts'
import { type StoredSource, listSources } from '../store/sources.ts'
import { titleOf } from './plan-trust.ts'
import type { SyncHealth } from './shapes/sync-health.ts'

const NO_ITEMS = { total: 0, present: 0, todo: 0, doing: 0, done: 0, dropped: 0 }

/** How the copies of the trackers are kept, and what is wrong with them. */
export const syncHealth = (
  store: Store,
  { now, pollSeconds }: { readonly now: Date; readonly pollSeconds: number },
): Promise<SyncHealth> =>
  snapshot(store.db, async (tx) => {
    const connections = await listConnections(tx)
    const counts = await countItems(tx)
    const deliveries = new Map((await countDeliveries(tx)).map((counted) => [counted.connection, counted]))
    const byId = new Map(connections.map((connection) => [connection.id, connection]))
    return {
      at: isoInstant(now),
      sources: (await listSources(tx)).map((source) => ({
        id: source.id,
        title: titleOf(source),
        connection: source.connection,
        tracker: byId.get(source.connection)?.tracker ?? '',
        state: stateOf(source, now),
        lastDeliveryAt: byId.get(source.connection)?.lastDeliveryAt ?? null,
        lastPollAt: source.lastPollAt,
        lastChangeAt: source.lastChangeAt,
        nextAttemptAt: source.nextAttemptAt ?? nextPoll(source, pollSeconds),
        items: { ...NO_ITEMS, ...counts.get(source.no) },
        calls: source.calls,
        quota: source.quota,
        failures: source.failures,
        error: source.lastError,
        errorKind: source.lastErrorKind,
      })),
      connections: connections.map((connection) => ({
        id: connection.id,
        tracker: connection.tracker,
        url: connection.url,
        webhookAddress: `/webhooks/${encodeURIComponent(connection.id)}`,
        deliveries: connection.deliveries,
        refusedDeliveries: connection.refusedDeliveries,
        lastDeliveryAt: deliveries.get(connection.id)?.lastReceivedAt ?? connection.lastDeliveryAt,
        due: deliveries.get(connection.id)?.due ?? 0,
        dead: deliveries.get(connection.id)?.dead ?? 0,
      })),
    }
  })

const stateOf = (source: StoredSource, now: Date): SyncHealth['sources'][number]['state'] => {
  if (source.leasedUntil !== null && Date.parse(source.leasedUntil) > now.getTime()) return 'reading'
  if (source.lastError !== null) return 'failing'
  return source.lastPollAt === null ? 'never-read' : 'waiting'
}

const nextPoll = ({ lastPollAt }: StoredSource, pollSeconds: number): string | null =>
  lastPollAt === null ? null : new Date(Date.parse(lastPollAt) + pollSeconds * 1000).toISOString()
