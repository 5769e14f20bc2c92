import { expect, test } from 'vitest'
import { sealWith } from '../../src/access/seal.ts'

const SECRET = 'a secret for tests only'
const secrets = { token: 'gh-token', webhookSecret: 'häkchen ✓', formerWebhookSecrets: ['old'] }

test('what is sealed is opened by the same key, also by another process', async () => {
  const sealed = await (await sealWith(SECRET)).seal(secrets)
  expect(await (await sealWith(SECRET)).open(sealed)).toEqual(secrets)
  expect(sealed).not.toContain('gh-token')
})

test('nothing sealed opens as nothing', async () => {
  expect(await (await sealWith(SECRET)).open(null)).toEqual({})
})

test('the same secrets never look the same twice', async () => {
  const { seal } = await sealWith(SECRET)
  expect(await seal(secrets)).not.toBe(await seal(secrets))
})

test.each([
  { what: 'another key', secret: 'another secret, also long', change: (sealed: string) => sealed },
  { what: 'a changed text', secret: SECRET, change: (sealed: string) => `${sealed.slice(0, -6)}AAAA==` },
  { what: 'another version', secret: SECRET, change: (sealed: string) => `2${sealed.slice(1)}` },
  { what: 'half of it', secret: SECRET, change: (sealed: string) => sealed.split('.').slice(0, 2).join('.') },
  { what: 'something else', secret: SECRET, change: () => 'plain' },
])('$what does not open it, and the refusal says what to do and no secret', async ({ secret, change }) => {
  const sealed = change(await (await sealWith(SECRET)).seal(secrets))
  const refusal = await (await sealWith(secret)).open(sealed).catch((error: unknown) => error)
  expect(refusal).toMatchObject({ name: 'Fault', kind: 'misconfigured' })
  expect(String(refusal)).toContain('PLUMBLINE_SECRET')
  expect(String(refusal)).not.toContain(secret)
})

test('a short key is refused when the service starts', async () => {
  await expect(sealWith('too short')).rejects.toMatchObject({ name: 'Fault', kind: 'misconfigured' })
})
