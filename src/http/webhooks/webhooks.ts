import { Hono } from 'hono'
import { Fault } from '../../model/fault.ts'
import type { Delivery, Received } from '../../trackers/tracker.ts'
import type { AppDeps } from '../deps.ts'
import type { Meter } from '../metrics/meter.ts'
import { problem, problemAnswer } from '../problems/problem-document.ts'
import { batchDeliveries } from './batch-deliveries.ts'
import { countRefusals } from './count-refusals.ts'
import { type OpenedConnections, openedConnections } from './opened-connections.ts'
import { readBody } from './read-body.ts'

/**
 * `POST /webhooks/{connection}`: verify on the raw bytes, store word for word, answer. 202 = stored, 200 = known already.
 * Whatever else is answered, nothing was stored.
 */
export const webhooks = (deps: AppDeps, meter: Meter): { readonly routes: Hono; readonly forget: () => void } => {
  const connections = openedConnections(deps.sync)
  const store = batchDeliveries(deps.store.db)
  const refused = countRefusals(deps.store.db)
  const routes = new Hono().post('/webhooks/:connection', async (c) => {
    const id = c.req.param('connection')
    const body = await readBody(c.req.raw).catch(() => 'broken off' as const)
    if (body === 'broken off') {
      meter.delivery(body)
      return problemAnswer(problem(400, 'http: the delivery broke off: send it again', c.req.path))
    }
    if (body === null) {
      meter.delivery('too large')
      c.header('connection', 'close')
      return problemAnswer(problem(413, 'http: a delivery may have 25 MiB at most', c.req.path))
    }
    const delivery = { headers: Object.fromEntries(c.req.raw.headers), body }
    try {
      const received = await receive(connections, id, delivery)
      if (received.verdict === 'refused') {
        meter.delivery('refused')
        deps.later(refused(id))
        return problemAnswer(problem(401, `http: the delivery is refused: ${received.reason}`, c.req.path))
      }
      const { deliveryId, event, hints } = received
      const verdict = await store({
        connection: id,
        deliveryId,
        event,
        headers: delivery.headers,
        body: new TextDecoder().decode(body),
        hints,
        receivedAt: deps.sync.now().toISOString(),
      })
      meter.delivery(verdict)
      if (verdict === 'stored') deps.wake()
      return c.json({ verdict }, verdict === 'stored' ? 202 : 200)
    } catch (error) {
      if (error instanceof Fault && error.kind === 'notFound') {
        meter.delivery('unknown connection')
        throw error
      }
      meter.delivery('failed')
      deps.log.error({ err: error, connection: id }, 'http: a delivery could not be stored')
      return problemAnswer(
        problem(503, 'http: the delivery could not be stored: send it again later', c.req.path),
        RETRY_SECONDS,
      )
    }
  })
  return { routes, forget: connections.forget }
}

const RETRY_SECONDS = 30

/** A secret that was changed elsewhere a moment ago is looked up before anything is refused. */
const receive = async (connections: OpenedConnections, id: string, delivery: Delivery): Promise<Received> => {
  const { tracker, secrets } = await connections.get(id)
  const received = await tracker.receive(delivery, secrets)
  if (received.verdict === 'accepted') return received
  const anew = await connections.again(id)
  return anew ? anew.tracker.receive(delivery, anew.secrets) : received
}
