import type { Delivery } from '../trackers/tracker.ts'
import { noteRefusedDelivery } from '../store/connections.ts'
import { storeDelivery } from '../store/inbox.ts'
import { openConnection } from './connect.ts'
import type { SyncTools } from './tools.ts'

export type DoorAnswer =
  | { readonly verdict: 'stored' | 'known' }
  | { readonly verdict: 'refused'; readonly reason: string }

/**
 * The webhook door: verify on the raw bytes, store word for word, answer. Nothing else happens here; the inbox row is
 * what wakes the digestion.
 */
export const receiveDelivery = async (
  tools: SyncTools,
  connectionId: string,
  delivery: Delivery,
): Promise<DoorAnswer> => {
  const { secrets, tracker } = await openConnection(tools, connectionId)
  const received = await tracker.receive(delivery, secrets)
  if (received.verdict === 'refused') {
    await noteRefusedDelivery(tools.store.db, connectionId)
    return { verdict: 'refused', reason: received.reason }
  }
  const verdict = await storeDelivery(tools.store.db, {
    connection: connectionId,
    deliveryId: received.deliveryId,
    event: received.event,
    headers: delivery.headers,
    body: new TextDecoder().decode(delivery.body),
    hints: received.hints,
    receivedAt: tools.now().toISOString(),
  })
  return { verdict }
}
