import { chmodSync, existsSync, readFileSync, statSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sealWith } from '../../src/access/seal.ts'
import { type Config, parseConfig } from '../../src/runtime/config.ts'
import { createLog } from '../../src/runtime/log.ts'
import { openStore } from '../../src/runtime/open-store.ts'
import { type Service, startService } from '../../src/runtime/serve.ts'
import { type SmallWorld, openSmallWorld } from '../http/small-world.ts'
import { type TestStore, eachDatabase, openTestStore } from '../support/databases.ts'
import { TEST_SECRET } from '../support/sample-world.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const quiet = createLog('silent', false)
const config = (different: Record<string, string> = {}): Config =>
  parseConfig({ PORT: '0', PLUMBLINE_POLL_SECONDS: '3600', ...different })

eachDatabase((kind) => {
  let store: TestStore
  let world: SmallWorld
  let service: Service
  beforeAll(async () => {
    store = await openTestStore(kind)
    world = await openSmallWorld(store)
    const opened = { store, seal: await sealWith(TEST_SECRET), place: 'a test' }
    service = await startService(config(), { opened, log: quiet, environment: {} })
  })
  afterAll(async () => {
    await service?.close()
    await world?.end()
  })

  test('a webhook is told to those who look at the page, and stands in the report, within two seconds', async () => {
    const listening = await fetch(`${service.url}/events`)
    const reader = listening.body!.pipeThrough(new TextDecoderStream()).getReader()
    let heard = (await reader.read()).value ?? ''
    const delivery = world.close(4)
    const start = performance.now()
    const answer = await fetch(`${service.url}/webhooks/acme-github`, {
      method: 'POST',
      headers: { ...delivery.headers },
      body: delivery.body,
    })
    expect(answer.status).toBe(202)
    while (!heard.includes('event: revision')) heard += (await reader.read()).value ?? ''
    const report = await (await fetch(`${service.url}/api/v1/plans/shop/report`)).json()
    expect(report).toMatchObject({ total: { items: { done: 4 } } })
    expect(performance.now() - start).toBeLessThan(2000)
    await reader.cancel()
  })

  test('pages are sent compressed, built files for ever', async () => {
    const page = await fetch(`${service.url}/plans/shop`)
    expect(page.headers.get('content-encoding')).toBe('gzip')
    const html = await page.text()
    const file = await fetch(service.url + /<link rel="stylesheet" href="([^"]+)"/.exec(html)![1])
    expect([file.status, file.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable'])
    expect(file.headers.get('content-type')).toMatch(/^text\/css/)
    const icon = await fetch(`${service.url}/favicon.svg`)
    expect([icon.status, icon.headers.get('content-type')]).toEqual([200, expect.stringMatching(/^image\/svg\+xml/)])
    expect((await fetch(`${service.url}/..%2f..%2fpackage.json`)).status).toBe(404)
    expect((await fetch(`${service.url}/assets/../../package.json`)).status).toBe(404)
  })

  test('where there is nothing, people get a page and programs a problem document, as everywhere', async () => {
    const page = await fetch(`${service.url}/nothing`, { headers: { accept: 'text/html' } })
    expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=UTF-8'])
    expect(await page.text()).toContain('there is nothing at /nothing')
    const document = await fetch(`${service.url}/api/v1/nothing`)
    expect([document.status, document.headers.get('content-type')]).toEqual([404, 'application/problem+json'])
    expect(await document.json()).toMatchObject({ status: 404, instance: '/api/v1/nothing' })
  })

  test('an upload that announces too much is answered before it is sent', async () => {
    const { port } = new URL(service.url)
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const length = String(30 * 1024 * 1024)
      const upload = request(
        {
          port,
          host: '127.0.0.1',
          path: '/webhooks/acme-github',
          method: 'POST',
          headers: { 'content-length': length },
        },
        (answer) => {
          resolve(answer.statusCode)
          upload.destroy()
        },
      )
      upload.on('error', reject)
      upload.write('{')
    })
    expect(status).toBe(413)
  })

  test('another service on its port says what to do', async () => {
    const other = await openTestStore('postgres')
    const opened = { store: other, seal: await sealWith(TEST_SECRET), place: 'a test' }
    const port = new URL(service.url).port
    await expect(startService(config({ PORT: port }), { opened, log: quiet, environment: {} })).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringMatching(/port is in use: .*port=\d+: stop what listens there, or choose another in PORT/),
    })
  })

  test('closing ends the streams and is done at once', async () => {
    const listening = await fetch(`${service.url}/events`)
    const reader = listening.body!.getReader()
    await reader.read()
    const start = performance.now()
    await service.close()
    expect(performance.now() - start).toBeLessThan(2000)
    for (;;) if ((await reader.read()).done) break
    await expect(fetch(`${service.url}/healthz`)).rejects.toThrow()
  })
})

describe('with its own data folder', () => {
  test('it makes a folder and a key that only their owner reads; later it finds both', async () => {
    const data = join(temporaryFolder(), 'data')
    const service = await startService(config({ PLUMBLINE_DATA: data }), { log: quiet, environment: {} })
    const sealed = await service.seal.seal({ token: 'kept' })
    expect(await (await fetch(`${service.url}/readyz`)).json()).toEqual({ status: 'ready', missing: [] })

    await expect(openStore(config({ PLUMBLINE_DATA: data }))).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining(`pid=${process.pid}`),
    })
    await service.close()

    const key = join(data, 'secret')
    expect(statSync(key).mode & 0o777).toBe(0o600)
    expect(readFileSync(key, 'utf8')).toMatch(/^[0-9a-f]{64}\n$/)
    expect([data, join(data, 'database')].map((folder) => statSync(folder).mode & 0o777)).toEqual([0o700, 0o700])
    // As older versions made it.
    chmodSync(join(data, 'database'), 0o755)
    const start = performance.now()
    const again = await startService(config({ PLUMBLINE_DATA: data }), { log: quiet, environment: {} })
    expect(performance.now() - start).toBeLessThan(3000)
    expect(await again.seal.open(sealed)).toEqual({ token: 'kept' })
    expect(statSync(join(data, 'database')).mode & 0o777).toBe(0o700)
    await again.close()
    expect(existsSync(join(data, 'database.lock'))).toBe(false)
  })

  test.each([
    { name: 'HOST', value: '0.0.0.0', says: /--allow-remote/ },
    {
      name: 'DATABASE_URL',
      value: 'postgres://me:hunter2@127.0.0.1:1/none',
      says: /no PostgreSQL answers: host=127.0.0.1 port=1/,
    },
    { name: 'PLUMBLINE_DATA', value: '/dev/null/x', says: /data folder cannot be used.*PLUMBLINE_DATA/ },
  ])('with $name=$value it says what to do', async ({ name, value, says }) => {
    const starting = startService(config({ [name]: value }), { log: quiet, environment: {} })
    const fault = await starting.then(
      () => null,
      (error: unknown) => error as Error,
    )
    expect(fault).toMatchObject({ name: 'Fault', message: expect.stringMatching(says) })
    expect(fault!.message).not.toContain('hunter2')
  })
})

test('a log line never holds a secret, whatever is logged', () => {
  const lines: string[] = []
  const write = process.stderr.write
  process.stderr.write = ((line: string) => lines.push(line) > 0) as typeof process.stderr.write
  try {
    const log = createLog('info', true)
    log.info({ token: 'hunter2', connection: { secrets: 'hunter2', id: 'acme' } }, 'connected')
    log.error({ err: new Error('lost', { cause: new Error('reset') }) }, 'runtime: failed')
  } finally {
    process.stderr.write = write
  }
  expect(lines.join('')).not.toContain('hunter2')
  expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d connected token=hidden/)
  expect(lines[1]).toContain('error: runtime: failed')
  expect(lines[1]).toContain('Error: lost')
})
