import type { Delivery, Received } from '../trackers/tracker.ts'
import { batchDeliveries } from './batch-deliveries.ts'
import { countRefusals } from './count-refusals.ts'
import { type OpenedConnections, openedConnections } from './opened-connections.ts'
import type { SyncTools } from './tools.ts'

export type DoorAnswer =
  | { readonly verdict: 'stored' | 'known' }
  | { readonly verdict: 'refused'; readonly reason: string }

/** The webhook door: verify on the raw bytes, store word for word, answer. The inbox row is what wakes the digestion. */
export interface Door {
  /**
   * `stored` and `known` are said only once the delivery lies durably in the inbox.
   *
   * @throws Fault notFound (no such connection), or what the store throws; then nothing was stored
   */
  readonly receive: (connectionId: string, delivery: Delivery) => Promise<DoorAnswer>
  /** After a set-up was applied here: secrets are looked up anew. */
  readonly forget: () => void
}

/** @param later goes on with work after the answer: refusals are counted there */
export const openDoor = (tools: SyncTools, later: (work: Promise<unknown>) => void): Door => {
  const connections = openedConnections(tools)
  const store = batchDeliveries(tools.store.db)
  const countRefusal = countRefusals(tools.store.db)
  return {
    receive: async (connectionId, delivery) => {
      const received = await verified(connections, connectionId, delivery)
      if (received.verdict === 'refused') {
        later(countRefusal(connectionId))
        return { verdict: 'refused', reason: received.reason }
      }
      const verdict = await store({
        connection: connectionId,
        deliveryId: received.deliveryId,
        event: received.event,
        headers: delivery.headers,
        body: new TextDecoder().decode(delivery.body),
        hints: received.hints,
        receivedAt: tools.now().toISOString(),
      })
      return { verdict }
    },
    forget: connections.forget,
  }
}

/** A secret that was changed elsewhere a moment ago is looked up before anything is refused. */
const verified = async (connections: OpenedConnections, id: string, delivery: Delivery): Promise<Received> => {
  const { tracker, secrets } = await connections.get(id)
  const received = await tracker.receive(delivery, secrets)
  if (received.verdict === 'accepted') return received
  const anew = await connections.again(id)
  return anew ? anew.tracker.receive(delivery, anew.secrets) : received
}
