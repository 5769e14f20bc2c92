import { createHmac } from 'node:crypto'
import { connect } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { saveConnection } from '../../src/store/connections.ts'
import { countDeliveries, readDelivery } from '../../src/store/inbox.ts'
import { runDue } from '../../src/sync/run-due.ts'
import { sealWith } from '../../src/access/seal.ts'
import { type TestStore, eachDatabase, openTestStore } from '../support/databases.ts'
import { TEST_SECRET } from '../support/sample-world.ts'
import { listen } from '../../src/runtime/node.ts'
import type { AppDeps } from '../../src/http/deps.ts'
import type { Store } from '../../src/store/database.ts'
import type { SyncTools } from '../../src/sync/tools.ts'
import { openApp as openRoutes } from './open-app.ts'
import { HOOK, type SmallWorld, openSmallWorld } from './small-world.ts'

/** Both ways to the door: through the app's routes, and from a socket that Node hands over. */
const WAYS = ['through the routes', 'from the socket'] as const

eachDatabase((kind) =>
  describe.each(WAYS)('%s', (way) => {
    let store: TestStore
    let world: SmallWorld
    beforeAll(async () => {
      store = await openTestStore(kind)
      world = await openSmallWorld(store)
    })
    afterAll(async () => {
      await world?.end()
      await store?.close()
    })
    const closing: (() => Promise<void>)[] = []
    afterEach(async () => {
      for (const close of closing.splice(0)) await close()
    })

    const openApp = async (on: Store, sync: Partial<SyncTools> = {}, different: Partial<AppDeps> = {}) => {
      const opened = await openRoutes(on, sync, different)
      if (way === 'through the routes') return { ...opened, port: 0 }
      const { port, close } = await listen(opened.app, opened.door, '127.0.0.1', 0)
      closing.push(() => close(1000))
      const request = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${port}${path}`, init)
      return { ...opened, app: { request }, port }
    }
    const counts = async () => {
      const [counted] = await countDeliveries(store.db)
      return (counted?.due ?? 0) + (counted?.done ?? 0) + (counted?.dead ?? 0)
    }
    const post = (delivery: { readonly headers: Readonly<Record<string, string>>; readonly body: BodyInit }) => ({
      method: 'POST',
      headers: { ...delivery.headers },
      body: delivery.body,
    })
    const DOOR = '/webhooks/acme-github'

    test('a signed delivery is stored word for word, a resend is known; only the first wakes the worker', async () => {
      const { app, wakes } = await openApp(store, world.sync)
      const delivery = world.close(4)
      const before = await counts()
      const first = await app.request(DOOR, post(delivery))
      expect([first.status, await first.json()]).toEqual([202, { verdict: 'stored' }])
      const again = await app.request(DOOR, post(delivery))
      expect([again.status, await again.json()]).toEqual([200, { verdict: 'known' }])
      expect(await counts()).toBe(before + 1)
      expect(wakes()).toBe(1)
      const stored = await readDelivery(store.db, 1)
      expect(stored).toMatchObject({
        connection: 'acme-github',
        event: expect.stringMatching(/^issues/),
        body: delivery.body,
        state: 'due',
      })
    })

    test('what was delivered is in the report once the worker has run', async () => {
      const { app, deps } = await openApp(store, world.sync)
      const report = async () => {
        const answer = await app.request('/api/v1/plans/shop/report')
        return ((await answer.json()) as { total: { items: { done: number } } }).total.items.done
      }
      const done = await report()
      const delivery = world.close(5)
      expect((await app.request(DOOR, post(delivery))).status).toBe(202)
      await runDue(deps.sync)
      expect(await report()).toBeGreaterThan(done)
    })

    test('one changed byte, no signature, another secret: refused, nothing stored, counted', async () => {
      const { app, settled } = await openApp(store, world.sync)
      const delivery = world.close(6)
      const before = await counts()
      const bytes = new TextEncoder().encode(delivery.body)
      bytes[bytes.length - 2] = bytes[bytes.length - 2]! ^ 1
      const { 'x-hub-signature-256': signature, ...unsigned } = delivery.headers
      expect(signature).toMatch(/^sha256=/)
      const wrong = { ...unsigned, 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` }
      for (const sent of [
        post({ headers: delivery.headers, body: bytes }),
        post({ headers: unsigned, body: delivery.body }),
        post({ headers: wrong, body: delivery.body }),
      ]) {
        const answer = await app.request(DOOR, sent)
        expect(answer.status).toBe(401)
        expect(answer.headers.get('content-type')).toBe('application/problem+json')
        expect(await answer.json()).toMatchObject({ status: 401, instance: DOOR })
      }
      await settled()
      expect(await counts()).toBe(before)
      const health = (await (await app.request('/api/v1/sources')).json()) as {
        connections: { refusedDeliveries: number }[]
      }
      expect(health.connections[0]?.refusedDeliveries).toBe(3)
      const scraped = await (await app.request('/metrics')).text()
      expect(scraped).toContain('plumbline_webhook_answers_total{answer="refused"} 3')
      expect(scraped).toContain('plumbline_deliveries_refused_total{connection="acme-github"} 3')
    })

    test('a connection that nobody knows is 404, anything but POST is 404 as well', async () => {
      const { app } = await openApp(store, world.sync)
      const delivery = world.close(7)
      const answer = await app.request('/webhooks/nobody', post(delivery))
      expect([answer.status, await answer.json()]).toMatchObject([404, { title: 'Not found', status: 404 }])
      expect((await app.request(DOOR)).status).toBe(404)
    })

    test('a signed delivery whose event holds what no database takes is stored all the same', async () => {
      const { app } = await openApp(store, world.sync)
      const body = JSON.stringify({ action: 'op\u0000ened\ud800', issue: { node_id: 'I\u0000' } })
      const headers = {
        'x-github-event': 'issues',
        'x-github-delivery': 'odd-characters',
        'x-hub-signature-256': `sha256=${createHmac('sha256', HOOK).update(body).digest('hex')}`,
      }
      expect((await app.request(DOOR, post({ headers, body }))).status).toBe(202)
    })

    test('many at once share statements, and each caller hears of its own', async () => {
      const { app } = await openApp(store, world.sync)
      const before = await counts()
      const template = world.close(8)
      const sign = await signer()
      const bodies = Array.from({ length: 60 }, (_, number) => ({
        headers: { ...template.headers, 'x-github-delivery': `crowd-${number % 50}` },
        body: template.body,
      }))
      const signed = await Promise.all(
        bodies.map(async (each) => ({ ...each, headers: { ...each.headers, ...(await sign(each.body)) } })),
      )
      const answers = await Promise.all(signed.map((each) => app.request(DOOR, post(each))))
      const statuses = answers.map(({ status }) => status)
      expect(statuses.filter((status) => status === 202)).toHaveLength(50)
      expect(statuses.filter((status) => status === 200)).toHaveLength(10)
      expect(await counts()).toBe(before + 50)
    })

    test('a secret that was changed elsewhere is accepted at once', async () => {
      let now = new Date('2026-06-15T10:00:00Z')
      const { app } = await openApp(store, { now: () => now })
      const delivery = world.close(9)
      const sign = await signer('a new secret')
      const withNew = { headers: { ...delivery.headers, ...(await sign(delivery.body)) }, body: delivery.body }
      expect((await app.request(DOOR, post(withNew))).status).toBe(401)
      const seal = await sealWith(TEST_SECRET)
      await saveConnection(
        store.db,
        {
          id: 'acme-github',
          tracker: 'github',
          url: world.github.url,
          settings: {},
          sealedSecrets: await seal.seal({
            token: 'gh-token',
            webhookSecret: 'a new secret',
            formerWebhookSecrets: [HOOK],
          }),
        },
        now.toISOString(),
      )
      now = new Date(now.getTime() + 1500)
      expect((await app.request(DOOR, post(withNew))).status).toBe(202)
    })

    if (way === 'through the routes') {
      test('a delivery that breaks off is no failure of ours', async () => {
        const { app, errors } = await openApp(store, world.sync)
        const half = new ReadableStream({ pull: (stream) => stream.error(new Error('aborted')) })
        const answer = await app.request(DOOR, { method: 'POST', body: half, duplex: 'half' } as RequestInit)
        expect([answer.status, errors]).toEqual([400, []])
      })

      test('more than 25 MiB is 413, whether announced or not, and nothing is stored', async () => {
        const { app } = await openApp(store, world.sync)
        const before = await counts()
        const announced = await app.request(DOOR, {
          method: 'POST',
          headers: { 'content-length': String(26 * 1024 * 1024) },
          body: 'short after all',
        })
        expect(announced.status).toBe(413)
        let sent = 0
        const chunk = new Uint8Array(1024 * 1024)
        const endless = new ReadableStream<Uint8Array>({
          pull: (stream) => {
            sent += 1
            stream.enqueue(chunk)
          },
        })
        const unannounced = await app.request(DOOR, { method: 'POST', body: endless, duplex: 'half' } as RequestInit)
        expect([unannounced.status, sent]).toEqual([413, expect.toSatisfy((count: number) => count < 30)])
        expect(await counts()).toBe(before)
      })
    } else {
      test('a delivery that breaks off is no failure of ours, stores nothing, and is counted', async () => {
        const { app, errors, port } = await openApp(store, world.sync)
        const before = await counts()
        const { headers, body } = world.close(4)
        const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
        const socket = connect(port, '127.0.0.1')
        const start = [`POST ${DOOR} HTTP/1.1`, 'host: localhost', `content-length: ${body.length}`, ...lines, '', '']
        await new Promise<void>((resolve) => socket.write(start.join('\r\n') + body.slice(0, 100), () => resolve()))
        socket.destroy()
        const counted = async () => (await (await app.request('/metrics')).text()).includes('answer="broken off"} 1')
        while (!(await counted())) await new Promise((resolve) => setImmediate(resolve))
        expect([await counts(), errors]).toEqual([before, []])
      })

      test('one that does not say how long it is, or is asked for with a question, is answered by the routes', async () => {
        const { app, door } = await openApp(store, world.sync)
        const delivery = world.close(4)
        const taken = [
          door.connectionOf('POST', DOOR, '10'),
          door.connectionOf('POST', DOOR, String(25 * 1024 * 1024 + 1)),
          door.connectionOf('POST', DOOR, undefined),
          door.connectionOf('POST', `${DOOR}?from=somewhere`, '10'),
          door.connectionOf('POST', '/webhooks/%00', '10'),
          door.connectionOf('GET', DOOR, '0'),
        ]
        expect(taken).toEqual(['acme-github', null, null, null, null, null])
        const stream = new Blob([delivery.body]).stream()
        const init = { ...post(delivery), body: stream, duplex: 'half' } as RequestInit
        expect((await app.request(DOOR, init)).status).toBe(202)
        expect((await app.request(`${DOOR}?from=somewhere`, post(delivery))).status).toBe(200)
      })
    }
  }),
)

test('with the database away: 503 with a time to come back, and ready says no', async () => {
  const store = await openTestStore('postgres')
  const world = await openSmallWorld(store)
  const { app, errors } = await openRoutes(store, world.sync)
  const delivery = world.close(4)
  const door = { method: 'POST', headers: { ...delivery.headers }, body: delivery.body }
  expect((await app.request('/webhooks/acme-github', door)).status).toBe(202)
  await world.end()
  await store.close()
  const answer = await app.request('/webhooks/acme-github', door)
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30'])
  const ready = await app.request('/readyz')
  expect([ready.status, await ready.json()]).toMatchObject([503, { status: 'not ready' }])
  expect((await app.request('/healthz')).status).toBe(200)
  const report = await app.request('/api/v1/plans')
  expect([report.status, report.headers.get('content-type')]).toEqual([503, 'application/problem+json'])
  expect(errors.length).toBeGreaterThan(0)
})

const signer = async (secret = HOOK) => {
  const key = await crypto.subtle.importKey(
    'raw',
    new TextEncoder().encode(secret),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  )
  return async (body: string): Promise<Record<string, string>> => {
    const mac = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(body))
    return {
      'x-hub-signature-256': `sha256=${[...new Uint8Array(mac)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`,
    }
  }
}
