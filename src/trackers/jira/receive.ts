import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { ConnectionSecrets } from '../../model/source.ts'
import type { Delivery, Hint, Received } from '../tracker.ts'
import { at, listOf } from './raw.ts'

/**
 * Verifies and reads one webhook call.
 *
 * Jira signs as WebSub does: `X-Hub-Signature: sha256=` and the HMAC of the raw body in hex. Cloud numbers its
 * deliveries and keeps the number when it sends again; older Data Centers do not: there the body names itself.
 */
export const receive = async (delivery: Delivery, secrets: ConnectionSecrets): Promise<Received> => {
  // Flat, not spread: a former secret that is a text must not count as its letters.
  const known = [secrets.webhookSecret, secrets.formerWebhookSecrets].flat().filter((secret) => !!secret)
  if (known.length === 0)
    return refused('the connection has no webhookSecret; set one and give it to the webhook in Jira')
  const [, hex] = /^sha256=([0-9a-f]{64})$/i.exec(delivery.headers['x-hub-signature'] ?? '') ?? []
  if (hex === undefined)
    return refused('not signed with sha256; give the webhook in Jira the secret of this connection')
  for (const secret of known) {
    if (!isSigned(delivery.body, hex, String(secret))) continue
    const body = parsed(delivery.body)
    const event = at(body, 'webhookEvent')
    return {
      verdict: 'accepted',
      deliveryId: delivery.headers['x-atlassian-webhook-identifier'] ?? `sha256:${digest(delivery.body)}`,
      event: typeof event === 'string' ? event : 'unreadable',
      hints: typeof event === 'string' ? hintsOf(event, body) : [],
    }
  }
  return refused('the signature does not fit the body; check that Jira and this connection have the same secret')
}

const refused = (reason: string): Received => ({ verdict: 'refused', reason })

/** @param signature 64 hexadecimal digits. Compares in constant time. */
const isSigned = (body: Uint8Array, signature: string, secret: string): boolean =>
  timingSafeEqual(Buffer.from(signature, 'hex'), createHmac('sha256', secret).update(body).digest())

const digest = (body: Uint8Array): string => createHash('sha256').update(body).digest('hex')

const parsed = (body: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder().decode(body))
  } catch {
    return null
  }
}

const hintsOf = (event: string, body: unknown): Hint[] => {
  const issue = at(body, 'issue')
  const id = textOrNull(at(issue, 'id'))
  switch (event) {
    case 'jira:issue_created':
      return [{ scope: projectOf(at(issue, 'key')), externalId: id, kind: 'item' }]
    case 'jira:issue_updated':
      return onlyCommented(body)
        ? []
        : scopesOf(body).map((scope) => ({ scope, externalId: id, kind: 'item' as const }))
    case 'jira:issue_deleted':
      return [{ scope: projectOf(at(issue, 'key')), externalId: id, kind: 'gone' }]
    case 'sprint_updated':
    case 'sprint_closed':
    case 'sprint_deleted':
      // Renamed or emptied: its issues are not named.
      return [{ scope: null, externalId: null, kind: 'item' }]
  }
  // The issue is told by id alone, its project not at all.
  if (event.startsWith('worklog_'))
    return [{ scope: null, externalId: textOrNull(at(at(body, 'worklog'), 'issueId')), kind: 'item' }]
  if (event.startsWith('jira:version_')) return [{ scope: null, externalId: null, kind: 'milestones' }]
  return []
}

/** Jira sends comments as updates too. */
const onlyCommented = (body: unknown): boolean => {
  if (listOf(at(at(body, 'changelog'), 'items')).length > 0) return false
  return /^issue_comment/.test(String(at(body, 'issue_event_type_name'))) || at(body, 'comment') !== undefined
}

/** The project of the issue's key, and the one that it just left. */
const scopesOf = (body: unknown): readonly (string | null)[] => {
  const scopes = new Set([projectOf(at(at(body, 'issue'), 'key'))])
  for (const item of listOf(at(at(body, 'changelog'), 'items')))
    if (String(at(item, 'field')).toLowerCase() === 'key') {
      const left = projectOf(at(item, 'fromString'))
      if (left !== null) scopes.add(left)
    }
  return [...scopes]
}

/** `CORE` of `CORE-12`. */
const projectOf = (key: unknown): string | null =>
  /^([A-Za-z][A-Za-z0-9_]*)-\d+$/.exec(typeof key === 'string' ? key : '')?.[1] ?? null

const textOrNull = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : null
