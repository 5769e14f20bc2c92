import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { receive } from '../../../src/trackers/github/receive.ts'

const SECRET = 'hook-secret'
const signed = (text: string, headers: Readonly<Record<string, string>> = {}, secret = SECRET) => {
  const body = new TextEncoder().encode(text)
  const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
  return {
    body,
    headers: { 'x-github-event': 'issues', 'x-github-delivery': 'd-1', 'x-hub-signature-256': signature, ...headers },
  }
}
const secrets = { webhookSecret: SECRET }
const closed = JSON.stringify({ action: 'closed', issue: { node_id: 'I_1' }, repository: { full_name: 'acme/web' } })
const accepted = {
  verdict: 'accepted',
  deliveryId: 'd-1',
  event: 'issues.closed',
  hints: [{ scope: 'acme/web', externalId: 'I_1', kind: 'item' }],
}

test('GitHub’s own example of a signature is genuine', async () => {
  // https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries#testing-the-webhook-payload-validation
  const signature = 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17'
  const delivery = { ...signed('Hello, World!'), headers: { ...signed('').headers, 'x-hub-signature-256': signature } }
  const received = await receive(delivery, { webhookSecret: "It's a Secret to Everybody" })
  // Past the signature: what is wrong with it is its body.
  expect(received).toEqual({ verdict: 'refused', reason: 'github: the body is not a JSON object' })
})

test('a body sent as a form is read, signed as it is', async () => {
  const form = new URLSearchParams({ payload: closed }).toString()
  const delivery = signed(form, { 'content-type': 'application/x-www-form-urlencoded' })
  expect(await receive(delivery, secrets)).toEqual(accepted)
})

test('a signature in capitals is genuine', async () => {
  const delivery = signed(closed)
  const capitals = delivery.headers['x-hub-signature-256'].slice(7).toUpperCase()
  const headers = { ...delivery.headers, 'x-hub-signature-256': `sha256=${capitals}` }
  expect(await receive({ ...delivery, headers }, secrets)).toEqual(accepted)
})

test.each([
  { name: 'another secret', delivery: signed(closed, {}, 'other'), reason: /signed with another secret/ },
  {
    name: 'the old sha1 only',
    delivery: signed(closed, { 'x-hub-signature-256': 'sha1=00' }),
    reason: /64 hexadecimal digits/,
  },
  { name: 'no delivery id', delivery: signed(closed, { 'x-github-delivery': '' }), reason: /X-GitHub-Delivery/ },
  { name: 'half a body', delivery: signed(closed.slice(0, 20)), reason: /not a JSON object/ },
  { name: 'a list for a body', delivery: signed('[]'), reason: /not a JSON object/ },
])('$name is refused', async ({ delivery, reason }) => {
  expect(await receive(delivery, secrets)).toEqual({ verdict: 'refused', reason: expect.stringMatching(reason) })
})

test('without a secret of ours nothing is accepted, not even what is signed with an empty one', async () => {
  expect(await receive(signed(closed), { token: 't' })).toMatchObject({ verdict: 'refused' })
  expect(await receive(signed(closed), { webhookSecret: '' })).toMatchObject({ verdict: 'refused' })
})

test('a former secret that was written as one text is one secret, not a secret for each of its letters', async () => {
  const stored = JSON.parse('{"webhookSecret":"hook-secret","formerWebhookSecrets":"older"}')
  expect(await receive(signed(closed, {}, 'o'), stored)).toMatchObject({ verdict: 'refused' })
  expect(await receive(signed(closed, {}, 'older'), stored)).toEqual(accepted)
})

test('fields of unexpected shape hint at nothing', async () => {
  const odd = JSON.stringify({ action: 7, issue: 'I_1', repository: null })
  expect(await receive(signed(odd), secrets)).toEqual({
    verdict: 'accepted',
    deliveryId: 'd-1',
    event: 'issues',
    hints: [],
  })
})
