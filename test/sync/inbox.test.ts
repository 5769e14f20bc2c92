import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  closeIssue,
  deleteIssue,
  labelIssue,
  reopenIssue,
  retitleIssue,
} from '../../demo/stand-ins/github/mutations.ts'
import { type StandInGitHub, startGitHub } from '../../demo/stand-ins/github/server.ts'
import { syncHealth } from '../../src/reports/sync-health.ts'
import { findConnection } from '../../src/store/connections.ts'
import { countDeliveries, readDelivery } from '../../src/store/inbox.ts'
import { findItemsByKey } from '../../src/store/list-items.ts'
import { listPulls } from '../../src/store/pulls.ts'
import { digestInbox } from '../../src/sync/digest-inbox.ts'
import { type Door, openDoor } from '../../src/sync/receive-delivery.ts'
import { runDue } from '../../src/sync/run-due.ts'
import type { SyncTools } from '../../src/sync/tools.ts'
import { type TestStore, eachDatabase, openTestStore } from '../support/databases.ts'
import { HOOK, TOKEN, asReceived, clockAt, connect, repository, toolsFor } from './world.ts'

const CONNECTION = 'acme-web'
/** Nobody listens there: deliveries are taken from the stand-in's own list and handed to the door. */
const NOWHERE = 'http://127.0.0.1:9/'

eachDatabase((kind) => {
  let store: TestStore
  let github: StandInGitHub
  let tools: SyncTools
  let door: Door
  let under: Promise<unknown>[]
  let clock: ReturnType<typeof clockAt>
  let source: number
  let taken: number
  beforeAll(async () => {
    store = await openTestStore(kind)
  })
  beforeEach(async () => {
    taken = 0
    clock = clockAt('2026-06-01T12:00:00Z')
    github = await startGitHub({ state: repository(12), token: TOKEN, now: clock.now })
    source = await connect(store, github.url)
    tools = toolsFor(store, clock.now)
    under = []
    door = openDoor(tools, (work) => under.push(work))
    await runDue(tools)
    github.subscribe({ url: NOWHERE, secret: HOOK })
    await sent()
  })
  afterEach(async () => {
    await github.close()
    await store.truncate()
  })
  afterAll(() => store.close())

  /** What the stand-in sent since the last time. */
  const sent = async () => {
    await github.delivered()
    const all = github.deliveries.slice(taken).map(({ delivery }) => delivery)
    taken = github.deliveries.length
    return all
  }
  const receiveAll = async () => {
    const verdicts: string[] = []
    for (const delivery of await sent()) verdicts.push((await door.receive(CONNECTION, asReceived(delivery))).verdict)
    return verdicts
  }
  const stateOf = async (number: number) => (await findItemsByKey(store.db, `acme/web#${number}`))[0]!
  const counts = async () => {
    const [counted] = await countDeliveries(store.db)
    return counted && [counted.due, counted.done, counted.dead]
  }
  const deed = { at: '2026-06-01T12:00:00Z', by: 'ana' }

  test('a burst of five hundred deliveries of three items costs one pull of three', async () => {
    for (let round = 0; round < 84; round += 1)
      for (const number of [1, 2, 3]) {
        closeIssue(github.state, number, deed)
        reopenIssue(github.state, number, deed)
      }
    closeIssue(github.state, 2, deed)
    const verdicts = await receiveAll()
    expect(verdicts.length).toBeGreaterThan(500)
    expect(new Set(verdicts)).toEqual(new Set(['stored']))
    const before = github.usage().calls
    expect(await digestInbox(tools)).toBe(verdicts.length)
    expect(github.usage().calls - before).toBeLessThanOrEqual(5)
    expect([(await stateOf(1)).state, (await stateOf(2)).state]).toEqual(['todo', 'done'])
    expect((await listPulls(store.db, source, 1))[0]).toMatchObject({ reason: 'hint', items: 3, changed: 3 })
    expect(await digestInbox(tools)).toBe(0)
  })

  describe('the door', () => {
    test('stores once, knows a resend, and refuses what is not signed by us', async () => {
      closeIssue(github.state, 1, deed)
      const [delivery] = await sent()
      const at = (change: object = {}) => door.receive(CONNECTION, asReceived({ ...delivery!, ...change }))
      expect(await at()).toEqual({ verdict: 'stored' })
      expect(await at()).toEqual({ verdict: 'known' })
      expect(await at({ body: delivery!.body.replace('closed', 'opened') })).toMatchObject({ verdict: 'refused' })
      expect(await at({ headers: {} })).toMatchObject({ verdict: 'refused' })
      await Promise.all(under)
      expect(await counts()).toEqual([1, 0, 0])
      await digestInbox(tools)
      const connection = await findConnection(store.db, CONNECTION)
      expect(connection).toMatchObject({
        deliveries: 1,
        refusedDeliveries: 2,
        lastDeliveryAt: clock.now().toISOString(),
      })
      const [told] = (await syncHealth(store, { now: clock.now(), pollSeconds: 300 })).connections
      expect(told).toMatchObject({
        deliveries: 1,
        refusedDeliveries: 2,
        due: 0,
        dead: 0,
        webhookAddress: '/webhooks/acme-web',
      })
      expect((await readDelivery(store.db, 1))!.body).toBe(delivery!.body)
    })

    test('of a connection that does not exist is not found', async () => {
      closeIssue(github.state, 1, deed)
      const [delivery] = await sent()
      await expect(door.receive('nobody', asReceived(delivery!))).rejects.toMatchObject({ kind: 'notFound' })
    })
  })

  test('a failure puts deliveries back until the tracker may be asked again; after eight they wait for a person', async () => {
    closeIssue(github.state, 1, deed)
    await receiveAll()
    github.failNext({ kind: 'secondaryLimit', retryAfterSeconds: 60 }, { times: 1 })
    expect(await digestInbox(tools)).toBe(0)
    expect(await counts()).toEqual([1, 0, 0])
    expect(await digestInbox(tools)).toBe(0)
    expect((await readDelivery(store.db, 1))!.attempts).toBe(1)
    clock.forward(61)
    expect(await digestInbox(tools)).toBe(1)
    expect(await counts()).toEqual([0, 1, 0])

    reopenIssue(github.state, 1, deed)
    await receiveAll()
    github.failNext({ kind: 'forbidden' }, { times: 1_000 })
    for (let attempt = 0; attempt < 8; attempt += 1) {
      expect(await counts()).toEqual([1, 1, 0])
      await digestInbox(tools)
      clock.forward(86_400)
    }
    expect(await counts()).toEqual([0, 1, 1])
    expect((await readDelivery(store.db, 2))!.lastError).toContain('github')
  })

  test('a delivery of a deleted item marks it as deleted, and only that one', async () => {
    deleteIssue(github.state, 3, deed)
    await receiveAll()
    await digestInbox(tools)
    expect([(await stateOf(3)).presence, (await stateOf(4)).presence]).toEqual(['deleted', 'present'])
  })

  test('what concerns no source of ours is done without a call', async () => {
    await connect(store, github.url, 'other', 'acme/other')
    retitleIssue(github.state, 1, 'Another title', deed)
    const [delivery] = await sent()
    const received = await door.receive('acme-other', asReceived(delivery!))
    expect(received.verdict).toBe('stored')
    const before = github.usage().calls
    expect(await digestInbox(tools)).toBe(1)
    expect(github.usage().calls).toBe(before)
    expect((await stateOf(1)).title).toBe('Issue 1')
  })

  test('deliveries come before polls, and both end in the same', async () => {
    labelIssue(github.state, 5, 'urgent', { ...deed, at: '2026-06-01T12:01:00Z' })
    await receiveAll()
    clock.forward(301)
    expect(await runDue(tools)).toMatchObject([{ source: 'web', changed: 0, error: null }])
    expect((await stateOf(5)).labels).toContain('urgent')
  })
})
