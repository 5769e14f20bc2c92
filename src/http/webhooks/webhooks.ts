import { Hono } from 'hono'
import type { Answer, AnswerDelivery } from './answer-delivery.ts'
import { readBody } from './read-body.ts'

/** `POST /webhooks/{connection}` */
export const webhooks = (deliveries: AnswerDelivery): Hono =>
  new Hono().post(WEBHOOK_ROUTE, async (c) => {
    const { path } = c.req
    const body = await readBody(c.req.raw).catch(() => 'broken off' as const)
    if (body === 'broken off') return sent(deliveries.brokenOff(path))
    if (body === null) return sent(deliveries.tooLarge(path))
    const headers = Object.fromEntries(c.req.raw.headers)
    return sent(await deliveries.answer(c.req.param('connection'), path, { headers, body }))
  })

export const WEBHOOK_ROUTE = '/webhooks/:connection'

const sent = ({ status, headers, body }: Answer): Response => new Response(body, { status, headers })
