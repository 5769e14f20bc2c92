import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { ConnectionSecrets } from '../../model/source.ts'
import type { Delivery, Hint, Received } from '../tracker.ts'

/**
 * One webhook call: signature first, over the bytes as they came, then what it suggests to look at.
 * https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries
 */
export const receive = async (delivery: Delivery, secrets: ConnectionSecrets): Promise<Received> => {
  const { headers, body } = delivery
  // Flat, not spread: a former secret that is a text must not count as its letters.
  const known = [secrets.webhookSecret, secrets.formerWebhookSecrets].flat().filter((secret) => !!secret)
  if (known.length === 0) return refused('the connection has no webhookSecret: set the one entered with the webhook')
  const signature = headers['x-hub-signature-256']
  if (!signature) return refused('not signed: enter a secret with the webhook at GitHub, and set it as webhookSecret')
  const digits = /^sha256=([0-9a-f]{64})$/i.exec(signature)?.[1]
  if (digits === undefined) return refused('X-Hub-Signature-256 is not sha256= and 64 hexadecimal digits')
  let genuine = false
  for (const secret of known) genuine = isSigned(body, digits, String(secret)) || genuine
  if (!genuine) return refused('signed with another secret than webhookSecret, or changed on its way')

  const deliveryId = headers['x-github-delivery']
  const event = headers['x-github-event']
  if (!deliveryId || !event) return refused('X-GitHub-Delivery or X-GitHub-Event is missing')
  const payload = readPayload(headers['content-type'] ?? '', new TextDecoder().decode(body))
  if (payload === null) return refused('the body is not a JSON object')
  return {
    verdict: 'accepted',
    deliveryId,
    event: payload.action ? `${event}.${payload.action}` : event,
    hints: hintsOf(event, payload),
  }
}

const nodeId = z.object({ node_id: z.string() }).optional().catch(undefined)
const named = z.object({ full_name: z.string() }).optional().catch(undefined)
const payloadShape = z.object({
  action: z.string().optional().catch(undefined),
  repository: named,
  issue: nodeId,
  pull_request: nodeId,
  sub_issue: nodeId,
  parent_issue: nodeId,
  sub_issue_repo: named,
  parent_issue_repo: named,
  changes: z.object({ new_issue: nodeId, new_repository: named }).optional().catch(undefined),
})
type Payload = z.infer<typeof payloadShape>

const hintsOf = (event: string, payload: Payload): readonly Hint[] => {
  const scope = payload.repository?.full_name ?? null
  const item = (node: Payload['issue'], where: string | null, kind: Hint['kind'] = 'item'): readonly Hint[] =>
    node ? [{ scope: where, externalId: node.node_id, kind }] : []
  switch (event) {
    case 'issues': {
      const gone = payload.action === 'deleted' || payload.action === 'transferred'
      const arrived = item(payload.changes?.new_issue, payload.changes?.new_repository?.full_name ?? null)
      return [
        ...item(payload.issue, scope, gone ? 'gone' : 'item'),
        ...(payload.action === 'transferred' ? arrived : []),
      ]
    }
    case 'pull_request':
      return item(payload.pull_request, scope)
    case 'sub_issues':
      return [
        ...item(payload.sub_issue, payload.sub_issue_repo?.full_name ?? scope),
        ...item(payload.parent_issue, payload.parent_issue_repo?.full_name ?? scope),
      ]
    case 'milestone':
      return [{ scope, externalId: null, kind: 'milestones' }]
    case 'label':
      // A renamed or deleted label changes items without an event of their own.
      return payload.action === 'created' ? [] : [{ scope, externalId: null, kind: 'item' }]
    default:
      return []
  }
}

const refused = (reason: string): Received => ({ verdict: 'refused', reason: `github: ${reason}` })

const readPayload = (contentType: string, text: string): Payload | null => {
  // GitHub sends a form when the webhook was set up so; the signature covers the form as it is.
  const form = contentType.startsWith('application/x-www-form-urlencoded')
  try {
    const json: unknown = JSON.parse(form ? (new URLSearchParams(text).get('payload') ?? '') : text)
    return payloadShape.safeParse(json).data ?? null
  } catch {
    return null
  }
}

/** @param signature 64 hexadecimal digits. Compares in constant time. */
const isSigned = (body: Uint8Array, signature: string, secret: string): boolean =>
  timingSafeEqual(Buffer.from(signature, 'hex'), createHmac('sha256', secret).update(body).digest())
