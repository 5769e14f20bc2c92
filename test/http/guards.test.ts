import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { HttpConfig } from '../../src/http/deps.ts'
import { type TestStore, openTestStore } from '../support/databases.ts'
import { openApp } from './open-app.ts'

describe('who may ask', () => {
  let store: TestStore
  beforeAll(async () => {
    store = await openTestStore('postgres')
  })
  afterAll(() => store?.close())

  const appWith = async (config: Partial<HttpConfig> = {}) =>
    (
      await openApp(
        store,
        {},
        { config: { publicUrl: null, allowRemote: false, version: '1', zone: 'UTC', ...config } },
      )
    ).app

  test.each([
    { host: 'localhost:4680', status: 200 },
    { host: '127.0.0.1:4680', status: 200 },
    { host: '[::1]:4680', status: 200 },
    { host: 'plumbline.localhost', status: 200 },
    { host: 'attacker.test', status: 421 },
    { host: '127.0.0.1.attacker.test', status: 421 },
    { host: 'localhost.attacker.test', status: 421 },
    { host: '192.168.1.5:4680', status: 421 },
    { host: '192.168.1.5:4680', status: 200, allowRemote: true },
    { host: 'attacker.test', status: 421, allowRemote: true },
    { host: 'plumbline.acme.test', status: 200, publicUrl: 'https://plumbline.acme.test' },
    { host: 'other.acme.test', status: 421, publicUrl: 'https://plumbline.acme.test' },
  ])('under the name $host a page is answered $status', async ({ host, status, ...config }) => {
    const app = await appWith(config)
    const answer = await app.request(`http://${host}/setup`)
    expect(answer.status).toBe(status)
    if (status === 421) expect(await answer.json()).toMatchObject({ detail: expect.stringContaining('PUBLIC_URL') })
  })

  test('trackers and supervisors may use any name', async () => {
    const app = await appWith()
    expect((await app.request('http://tunnel.test/healthz')).status).toBe(200)
    expect((await app.request('http://tunnel.test/webhooks/nobody', { method: 'POST', body: '{}' })).status).toBe(404)
    expect((await app.request('http://tunnel.test/metrics')).status).toBe(421)
    expect((await app.request('http://tunnel.test/api/v1/plans')).status).toBe(421)
    expect((await app.request('http://tunnel.test/events')).status).toBe(421)
  })

  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  test.each([
    { headers: { 'sec-fetch-site': 'cross-site', origin: 'https://attacker.test' }, refused: true },
    { headers: { 'sec-fetch-site': 'same-site', origin: 'http://other.localhost' }, refused: true },
    { headers: { origin: 'https://attacker.test' }, refused: true },
    { headers: { origin: 'null' }, refused: true },
    { headers: { origin: 'http://localhost:9999' }, refused: true },
    { headers: { 'sec-fetch-site': 'same-origin', origin: 'http://localhost' }, refused: false },
    { headers: { origin: 'http://localhost' }, refused: false },
    { headers: {}, refused: false },
  ])('a form posted with $headers is refused: $refused', async ({ headers, refused }) => {
    const app = await appWith()
    for (const path of ['/setup', '/api/v1/setup']) {
      const answer = await app.request(path, {
        method: 'POST',
        headers: new Headers([...Object.entries(form), ...Object.entries(headers)]),
        body: 'tracker=nope',
      })
      expect(answer.status === 403).toBe(refused)
    }
  })

  test.each(['/api/v1/setup', '/setup'])('more than 12 MiB for %s is 413, whether announced or not', async (path) => {
    const app = await appWith()
    const piece = new Uint8Array(1024 * 1024)
    const announced = await app.request(path, {
      method: 'POST',
      headers: { 'content-length': String(13 * piece.length) },
      body: 'short',
    })
    expect(announced.status).toBe(413)
    let sent = 0
    const endless = new ReadableStream({
      pull: (stream) => {
        sent += 1
        stream.enqueue(piece)
      },
    })
    const unannounced = await app.request(path, { method: 'POST', body: endless, duplex: 'half' } as RequestInit)
    expect([unannounced.status, sent]).toEqual([413, expect.toSatisfy((count: number) => count < 20)])
  })

  test.each(['/plans/%00', '/api/v1/plans/a/items?search=%00', '/webhooks/%00', '/setup/%00/sources'])(
    'an address with a NUL, %s, is told to be one',
    async (path) => {
      const { app, errors } = await openApp(store)
      for (const method of ['GET', 'POST']) expect((await app.request(path, { method })).status).toBe(400)
      expect(errors).toEqual([])
    },
  )
})
