import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as at from '../../../demo/stand-ins/github/mutations.ts'
import { deliveryOf, pingOf } from '../../../demo/stand-ins/github/webhooks.ts'
import type { Delivery, Hint, Received } from '../../../src/trackers/tracker.ts'
import { receive } from '../../../src/trackers/github/receive.ts'
import { everyMutation } from './every-mutation.ts'
import { type PublishedPayload, publishedExamples, webhookObjections } from './published.ts'

const secrets = { webhookSecret: 'hook-secret' }

describe('what the stand-in delivers', () => {
  const state = at.createGitHubState({ owner: 'acme', repo: 'web', users: ['ana', 'ben'] })
  const to = { url: 'http://127.0.0.1:1/', secret: secrets.webhookSecret }
  const deliveries = [pingOf(state, to, 'ana')]
  beforeAll(() => {
    state.listeners.add((happening) => {
      const delivery = deliveryOf(state, happening, to)
      if (delivery) deliveries.push(delivery)
    })
    everyMutation(state)
  })
  afterAll(() => state.listeners.clear())

  test('covers every event that it knows', () => {
    const kinds = new Set(deliveries.map(({ event, action }) => [event, action].filter(Boolean).join('.')))
    expect([...kinds].sort()).toEqual([
      'issues.assigned',
      'issues.closed',
      'issues.deleted',
      'issues.demilestoned',
      'issues.edited',
      'issues.labeled',
      'issues.milestoned',
      'issues.opened',
      'issues.reopened',
      'issues.transferred',
      'issues.unassigned',
      'issues.unlabeled',
      'milestone.closed',
      'milestone.created',
      'milestone.edited',
      'ping',
      'sub_issues.parent_issue_added',
      'sub_issues.parent_issue_removed',
    ])
  })

  test('is as GitHub publishes it, header by header and field by field', () => {
    const wrong = deliveries.flatMap(({ event, action, headers, body }) =>
      webhookObjections(event, action, headers, JSON.parse(body)),
    )
    expect(wrong).toEqual([])
    const [, first] = deliveries
    const { action, milestone } = JSON.parse(first!.body)
    expect(webhookObjections('milestone', 'created', first!.headers, { action, milestone })).not.toEqual([])
  })

  test('is accepted, and each hint names the repository that it concerns', async () => {
    const scopes: (string | null)[] = []
    for (const { headers, body, id } of deliveries) {
      const received = await receive({ headers, body: new TextEncoder().encode(body) }, secrets)
      expect(received).toMatchObject({ verdict: 'accepted', deliveryId: id })
      scopes.push(...hintsOf(received).map((hint) => hint.scope))
    }
    // The transferred one is announced where it arrives, too.
    expect(scopes.filter((scope) => scope !== 'acme/web')).toEqual(['acme/other'])
    expect(scopes.length).toBeGreaterThan(30)
  })
})

describe('the 329 payloads that GitHub publishes', () => {
  const payloads = publishedExamples().flatMap(({ name, examples: bodies }) =>
    bodies.map((body, index) => ({ name, body, index })),
  )

  const deliver = async (name: string, body: PublishedPayload, index: number): Promise<Received> => {
    const bytes = new TextEncoder().encode(JSON.stringify(body))
    const headers = {
      'content-type': 'application/json',
      'x-github-delivery': `${name}-${index}`,
      'x-github-event': name,
      'x-hub-signature-256': `sha256=${createHmac('sha256', secrets.webhookSecret).update(bytes).digest('hex')}`,
    }
    const delivery: Delivery = { headers, body: bytes }
    return receive(delivery, secrets)
  }

  test('are all accepted when signed, and only those about items or milestones hint at anything', async () => {
    expect(payloads).toHaveLength(329)
    const hinting: Record<string, number> = {}
    for (const { name, body, index } of payloads) {
      const received = await deliver(name, body, index)
      expect(received.verdict).toBe('accepted')
      if (hintsOf(received).length > 0) hinting[name] = (hinting[name] ?? 0) + 1
    }
    expect(hinting).toEqual({ issues: 29, label: 3, milestone: 5, pull_request: 29 })
  })

  test('name the item by its node id, and tell a deleted or transferred one as gone', async () => {
    const issues = payloads.filter(({ name }) => name === 'issues')
    for (const { name, body, index } of issues) {
      const { action, issue, repository } = body as unknown as Record<
        string,
        { node_id: string; full_name: string }
      > & { action: string }
      const kind = action === 'deleted' || action === 'transferred' ? 'gone' : 'item'
      const [hint] = hintsOf(await deliver(name, body, index))
      expect(hint).toEqual({ scope: repository?.full_name, externalId: issue?.node_id, kind })
    }
  })
})

const hintsOf = (received: Received): readonly Hint[] => (received.verdict === 'accepted' ? received.hints : [])
