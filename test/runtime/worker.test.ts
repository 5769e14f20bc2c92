import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestHarness, createTestHarness } from 'wrangler'
import { migrate } from '../../src/store/migrate.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { readMigrations } from '../../src/store/read-migrations.ts'
import type { Store } from '../../src/store/database.ts'
import { countDeliveries } from '../../src/store/inbox.ts'
import { listPulls } from '../../src/store/pulls.ts'
import { saveSource } from '../../src/store/sources.ts'
import { type SmallWorld, openSmallWorld } from '../http/small-world.ts'
import { createEmptyDatabase } from '../support/databases.ts'
import { TEST_SECRET } from '../support/sample-world.ts'

const root = `${import.meta.dirname}/../..`

let database: Awaited<ReturnType<typeof createEmptyDatabase>>
let store: Store
let world: SmallWorld
let server: TestHarness

beforeAll(async () => {
  database = await createEmptyDatabase()
  store = await openPostgres(database.url, { max: 2 })
  const withPassword = new URL(database.url)
  // The server here asks for none, but Hyperdrive wants to have one.
  withPassword.password = 'any'
  process.env.CLOUDFLARE_HYPERDRIVE_LOCAL_CONNECTION_STRING_DB = withPassword.href
  process.env.WRANGLER_SEND_METRICS = 'false'
  server = createTestHarness({
    root,
    workers: [{ configPath: 'wrangler.toml', secrets: { PLUMBLINE_SECRET: TEST_SECRET } }],
  })
  await server.listen()
})
afterAll(async () => {
  await server?.close()
  await world?.end()
  await store?.close()
  await database?.drop()
})

const ask = (path: string, init: Parameters<typeof server.fetch>[1] = {}) =>
  server.fetch(`http://localhost${path}`, { redirect: 'manual', ...init })
const doneItems = async (): Promise<number> => {
  const report = (await (await ask('/api/v1/plans/shop/report')).json()) as { total: { items: { done: number } } }
  return report.total.items.done
}
/** Looks again until it is so; the test's own time limit ends it otherwise. */
const until = async (isSo: () => Promise<boolean>): Promise<void> => {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 100))
}

test('before anybody has migrated: alive, not ready, and it says which migrations are missing', async () => {
  expect((await ask('/healthz')).status).toBe(200)
  const ready = await ask('/readyz')
  const { missing } = (await ready.json()) as { missing: string[] }
  expect(ready.status).toBe(503)
  expect(missing.map((sentence) => /Migration (\S+)/.exec(sentence)?.[1])).toEqual(
    readMigrations().map(({ name }) => name),
  )
  await migrate(store.db, readMigrations())
  expect((await ask('/readyz')).status).toBe(200)
})

test('pages, their files, and reports are those of the service on Node', async () => {
  expect((await ask('/')).headers.get('location')).toBe('/setup')
  world = await openSmallWorld(store)
  const page = await ask('/plans/shop')
  const html = await page.text()
  expect([page.status, html]).toEqual([200, expect.stringContaining('Web shop')])
  for (const file of [/<link rel="stylesheet" href="([^"]+)"/, /<script type="module" src="([^"]+)"/]) {
    const answer = await ask(file.exec(html)![1]!)
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable'])
    await answer.arrayBuffer()
  }
  const report = await ask('/api/v1/plans/shop/report?asOf=2026-06-15')
  expect([report.status, await report.json()]).toMatchObject([
    200,
    { plan: 'shop', baseline: { number: 1 }, total: { items: { total: 10, done: 3 }, earnedValue: 3600 } },
  ])
  expect((await ask('/plans/nope')).status).toBe(404)
  expect((await server.fetch('http://attacker.test/plans/shop')).status).toBe(421)
})

test('a signed webhook is in the report once the queue has run; an unsigned one is refused', async () => {
  const before = await doneItems()
  const delivery = world.close(4)
  const door = { method: 'POST', headers: { ...delivery.headers }, body: delivery.body }
  const refused = await ask('/webhooks/acme-github', { ...door, body: `${delivery.body} ` })
  expect(refused.status).toBe(401)
  expect(await countDeliveries(store.db)).toEqual([])
  expect((await ask('/webhooks/acme-github', door)).status).toBe(202)
  expect((await ask('/webhooks/acme-github', door)).status).toBe(200)
  await until(async () => (await doneItems()) === before + 1)
  expect(await countDeliveries(store.db)).toMatchObject([{ connection: 'acme-github', done: 1, due: 0 }])
})

test('the schedule polls what is due', async () => {
  // Another setting: everything is to be read anew.
  const settings = { repository: 'acme/web', pullRequests: true }
  const { no } = await saveSource(store.db, { id: 'web', connection: 'acme-github', settings })
  const pulls = (await listPulls(store.db, no, 100)).length
  const outcome = await server.getWorker().scheduled({ cron: '* * * * *' })
  expect(outcome).toMatchObject({ outcome: 'ok' })
  // The queue of the test before may have taken the source a moment earlier: then it is that run which reads it.
  await expect.poll(async () => (await listPulls(store.db, no, 100)).length, { timeout: 20_000 }).toBe(pulls + 1)
  expect((await listPulls(store.db, no, 1))[0]).toMatchObject({ reason: 'full', items: 12, error: null })
})

test('events stream from a store that stays open for them', async () => {
  const answer = await ask('/events', { headers: { 'last-event-id': '0.0' } })
  expect(answer.headers.get('content-type')).toBe('text/event-stream')
  const reader = answer.body!.getReader()
  let text = ''
  while (!text.includes('event: revision')) text += new TextDecoder().decode((await reader.read()).value as Uint8Array)
  expect(text).toContain('"plan":"shop"')
  await reader.cancel()
})
