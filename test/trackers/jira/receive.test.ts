import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { jira } from '../../../src/trackers/jira/jira.ts'

const SECRET = 'hook-secret'
const signature = (body: string, secret = SECRET) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
const receive = (body: string, headers: Record<string, string> = { 'x-hub-signature': signature(body) }) =>
  jira.receive({ headers, body: new TextEncoder().encode(body) }, { webhookSecret: SECRET })

const moved = {
  webhookEvent: 'jira:issue_updated',
  issue: { id: '10007', key: 'OPS-3' },
  changelog: { items: [{ field: 'Key', fromString: 'CORE-9', toString: 'OPS-3' }] },
}

test.each([
  { event: { webhookEvent: 'jira:issue_created', issue: { id: '1', key: 'CORE-1' } }, hints: ['item CORE 1'] },
  { event: { webhookEvent: 'jira:issue_deleted', issue: { id: '1', key: 'CORE-1' } }, hints: ['gone CORE 1'] },
  { event: moved, hints: ['item OPS 10007', 'item CORE 10007'] },
  { event: { webhookEvent: 'worklog_deleted', worklog: { issueId: '12' } }, hints: ['item null 12'] },
  { event: { webhookEvent: 'jira:version_released', version: { id: '1' } }, hints: ['milestones null null'] },
  { event: { webhookEvent: 'sprint_closed', sprint: { id: 1 } }, hints: ['item null null'] },
  { event: { webhookEvent: 'comment_created', issue: { id: '1', key: 'CORE-1' } }, hints: [] },
  { event: { webhookEvent: 'user_created' }, hints: [] },
])('$event.webhookEvent hints at $hints', async ({ event, hints }) => {
  const received = await receive(JSON.stringify(event))
  expect(
    received.verdict === 'accepted' && received.hints.map((hint) => `${hint.kind} ${hint.scope} ${hint.externalId}`),
  ).toEqual(hints)
})

test('a delivery is known by the number that Cloud gives it, else by its body', async () => {
  const body = '{"webhookEvent":"user_created"}'
  const headers = { 'x-hub-signature': signature(body), 'x-atlassian-webhook-identifier': 'abc-1' }
  expect(await receive(body, headers)).toMatchObject({ deliveryId: 'abc-1' })
  expect(await receive(body)).toMatchObject({ deliveryId: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) })
})

test.each([
  { signed: 'with sha1', header: 'sha1=0123' },
  { signed: 'with half a signature', header: signature('{}').slice(0, 30) },
  { signed: 'by somebody else', header: signature('{}', 'their secret') },
])('a delivery signed $signed is refused', async ({ header }) => {
  expect(await receive('{}', { 'x-hub-signature': header })).toMatchObject({ verdict: 'refused' })
})

test('a signed body that is no JSON is kept and says nothing', async () => {
  expect(await receive('not json')).toMatchObject({ verdict: 'accepted', event: 'unreadable', hints: [] })
})

test('a former secret that was written as one text is one secret, not a secret for each of its letters', async () => {
  const stored = JSON.parse('{"webhookSecret":"hook-secret","formerWebhookSecrets":"older"}')
  const signedWith = (secret: string) => ({
    headers: { 'x-hub-signature': signature('{}', secret) },
    body: new TextEncoder().encode('{}'),
  })
  expect(await jira.receive(signedWith('o'), stored)).toMatchObject({ verdict: 'refused' })
  expect(await jira.receive(signedWith('older'), stored)).toMatchObject({ verdict: 'accepted' })
})
