import type { Delivery } from '../../trackers/tracker.ts'
import type { Meter } from '../metrics/meter.ts'
import type { Answer, AnswerDelivery } from './answer-delivery.ts'
import { LARGEST_BODY } from './read-body.ts'
import { WEBHOOK_ROUTE } from './webhooks.ts'

/**
 * The webhook door without routes, for a server that reads requests itself: answers and counts as the route does. What
 * it does not take at once, the route is there for.
 */
export interface DirectDoor {
  /** The connection whose door is asked for, or `null`: let the app answer. */
  readonly connectionOf: (method: string, address: string, contentLength: string | undefined) => string | null
  readonly answer: (connectionId: string, address: string, delivery: Delivery) => Promise<Answer>
  /** The caller went away in the middle. */
  readonly brokenOff: (address: string) => void
}

export const directDoor = (deliveries: AnswerDelivery, meter: Meter): DirectDoor => ({
  connectionOf: (method, address, contentLength) => {
    if (method !== 'POST' || !(Number(contentLength) <= LARGEST_BODY)) return null
    return PLAIN_ADDRESS.exec(address)?.[1] ?? null
  },
  answer: async (connectionId, address, delivery) => {
    const start = performance.now()
    const answer = await deliveries.answer(connectionId, address, delivery)
    meter.request('POST', WEBHOOK_ROUTE, answer.status, (performance.now() - start) / 1000)
    return answer
  },
  brokenOff: (address) => {
    const { status } = deliveries.brokenOff(address)
    meter.request('POST', WEBHOOK_ROUTE, status, 0)
  },
})

/** Nothing to decode, nothing asked: where both ways of reading an address agree. */
const PLAIN_ADDRESS = /^\/webhooks\/([\w-]+)$/
