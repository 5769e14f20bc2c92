import { createHmac } from 'node:crypto'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { receive } from '../../../src/trackers/jira/receive.ts'
import type { Received } from '../../../src/trackers/tracker.ts'

const folder = resolve(import.meta.dirname, '../../../../shared/real/jira/webhooks/mattermost')
const SECRET = 'hook-secret'

const signed = (body: Uint8Array): Promise<Received> =>
  receive(
    { headers: { 'x-hub-signature': `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}` }, body },
    { webhookSecret: SECRET },
  )

test('a Cloud worklog names its issue by id alone', async () => {
  const body = JSON.stringify({ timestamp: 1, webhookEvent: 'worklog_created', worklog: { id: '7', issueId: '10001' } })
  expect(await signed(new TextEncoder().encode(body))).toMatchObject({
    verdict: 'accepted',
    event: 'worklog_created',
    hints: [{ scope: null, externalId: '10001', kind: 'item' }],
  })
})

if (existsSync(folder))
  describe('recorded webhooks of Jira Cloud and Server', () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
    const bodies = new Map(files.map((name) => [name, new Uint8Array(readFileSync(`${folder}/${name}`))]))

    test('55 of them, each accepted when signed and refused when not', async () => {
      expect(files).toHaveLength(55)
      const ids = new Set<string>()
      for (const [name, body] of bodies) {
        const received = await signed(body)
        expect([name, received.verdict]).toEqual([name, 'accepted'])
        if (received.verdict === 'accepted') ids.add(received.deliveryId)
        expect(await receive({ headers: {}, body }, { webhookSecret: SECRET })).toMatchObject({ verdict: 'refused' })
      }
      expect(ids.size).toBe(new Set([...bodies.values()].map((body) => Buffer.from(body).toString())).size)
    })

    test.each(files)('%s hints at its issue, or at nothing when only somebody talked', async (name) => {
      const body = JSON.parse(new TextDecoder().decode(bodies.get(name))) as {
        webhookEvent: string
        issue_event_type_name?: string
        comment?: object
        issue?: { id: string; key: string }
        changelog?: { items: object[] }
      }
      const received = await signed(bodies.get(name)!)
      if (received.verdict !== 'accepted') throw new Error('refused')
      const talk =
        body.webhookEvent.startsWith('comment_') ||
        /^issue_comment/.test(body.issue_event_type_name ?? '') ||
        (body.comment !== undefined && body.changelog === undefined)
      const kind = body.webhookEvent === 'jira:issue_deleted' ? 'gone' : 'item'
      expect(received.event).toBe(body.webhookEvent)
      expect(received.hints).toEqual(
        talk ? [] : [{ scope: body.issue!.key.split('-')[0], externalId: body.issue!.id, kind }],
      )
    })
  })
else process.stdout.write('left out: 55 recorded Jira webhooks (no recorded data beside the checkout)\n')
