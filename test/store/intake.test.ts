import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { findConnection, listConnections, noteRefusedDelivery, saveConnection } from '../../src/store/connections.ts'
import { rows } from '../../src/store/database.ts'
import {
  claimDeliveries,
  connectionsWithDueDeliveries,
  countDeliveries,
  failDeliveries,
  finishDeliveries,
  pruneInbox,
  readDelivery,
  storeDelivery,
} from '../../src/store/inbox.ts'
import { leaseDueSources, leaseSource, releaseSource, renewLease, saveCursor } from '../../src/store/leases.ts'
import { appendPull, latestPulls, listPulls } from '../../src/store/pulls.ts'
import { findSource, listSources, removeSource, saveSource } from '../../src/store/sources.ts'
import { listMilestones, saveMilestones } from '../../src/store/tracker-milestones.ts'
import { type TestStore, eachDatabase, openTestStore } from '../support/databases.ts'
import { sql } from 'drizzle-orm'

const github = { id: 'acme-github', tracker: 'github', url: 'https://api.github.com', settings: { app: 7 } }
const eight = '2026-03-10T08:00:00.000Z'
const at = (minute: number) => new Date(Date.parse(eight) + minute * 60_000).toISOString()

eachDatabase((kind) => {
  let store: TestStore
  beforeAll(async () => {
    store = await openTestStore(kind)
  })
  beforeEach(() => saveConnection(store.db, { ...github, sealedSecrets: 'sealed' }, eight))
  afterEach(() => store.truncate())
  afterAll(() => store.close())

  describe('connections', () => {
    test('are stored once, and say whether anything changed', async () => {
      expect(await saveConnection(store.db, github, at(1))).toBe('same')
      expect(await saveConnection(store.db, { ...github, settings: { app: 8 } }, at(1))).toBe('changed')
      expect(await saveConnection(store.db, { ...github, id: 'other' }, at(1))).toBe('created')
      expect((await listConnections(store.db)).map(({ id }) => id)).toEqual(['acme-github', 'other'])
    })

    test('keep their secrets unless new ones come', async () => {
      await saveConnection(store.db, { ...github, url: 'https://github.acme.test' }, at(1))
      expect((await findConnection(store.db, 'acme-github'))?.sealedSecrets).toBe('sealed')
      expect(await saveConnection(store.db, { ...github, sealedSecrets: null }, at(1))).toBe('changed')
      expect((await findConnection(store.db, 'acme-github'))?.sealedSecrets).toBeNull()
      expect(await findConnection(store.db, 'nowhere')).toBeNull()
    })
  })

  const web = { id: 'web', connection: 'acme-github', settings: { repository: 'acme/web' } }
  const terms = (worker: string, minute = 0) => ({ worker, now: at(minute), until: at(minute + 5) })
  const done = {
    result: 'done' as const,
    at: at(1),
    cursor: { since: 'x' },
    changed: true,
    backfilled: true,
    calls: 3,
    quota: { remaining: 10, limit: 60, resetAt: null },
  }

  describe('sources', () => {
    test('forget their cursor when their settings change, and come back when they were removed', async () => {
      const { no } = await saveSource(store.db, web)
      await leaseSource(store.db, 'web', terms('a'))
      await releaseSource(store.db, no, 'a', done)
      expect(await saveSource(store.db, web)).toEqual({ no, outcome: 'same' })
      expect((await findSource(store.db, 'web'))?.cursor).toEqual({ since: 'x' })
      expect(await removeSource(store.db, 'web', at(2))).toBe(true)
      expect(await removeSource(store.db, 'web', at(2))).toBe(false)
      expect(await listSources(store.db)).toEqual([])
      expect(await saveSource(store.db, web)).toEqual({ no, outcome: 'changed' })
      expect(await findSource(store.db, 'web')).toMatchObject({ cursor: { since: 'x' }, backfilledAt: at(1) })
      await saveSource(store.db, { ...web, settings: { repository: 'acme/shop' } })
      expect(await findSource(store.db, 'web')).toMatchObject({ no, cursor: null, backfilledAt: null })
    })

    test('each is leased to one worker only, however many ask at once', async () => {
      for (let number = 0; number < 12; number += 1) await saveSource(store.db, { ...web, id: `web-${number}` })
      const other = await store.another()
      const ask = (worker: string, turn: number) =>
        leaseDueSources(turn % 2 ? other.db : store.db, { ...terms(worker), pollSeconds: 60, limit: 5 })
      const leased = (await Promise.all(['a', 'b', 'c', 'd'].map(ask))).flat().map(({ id }) => id)
      expect(leased).toHaveLength(12)
      expect(new Set(leased).size).toBe(12)
      expect(await ask('e', 0)).toEqual([])
    })

    test('a locked row is passed over, not waited for', async () => {
      await saveSource(store.db, web)
      await saveSource(store.db, { ...web, id: 'shop' })
      const other = await store.another()
      if (kind === 'pglite') expect(other.db).toBe(store.db)
      else
        await store.db.transaction(async (tx) => {
          await rows(tx, sql`select 1 from sources where id = 'web' for update`)
          const got = await leaseDueSources(other.db, { ...terms('b'), pollSeconds: 60, limit: 5 })
          expect(got.map(({ id }) => id)).toEqual(['shop'])
        })
    })

    test('are due after the poll interval, after a failure at the next attempt, after a lease has run out', async () => {
      const { no } = await saveSource(store.db, web)
      const due = async (minute: number) =>
        (await leaseDueSources(store.db, { ...terms('a', minute), pollSeconds: 120, limit: 5 })).length
      expect(await due(0)).toBe(1)
      expect(await due(4)).toBe(0)
      expect(await due(5)).toBe(1)
      expect(await releaseSource(store.db, no, 'a', { ...done, at: at(6) })).toBe(true)
      expect(await due(7)).toBe(0)
      expect(await due(8)).toBe(1)
      const failed = {
        result: 'failed',
        at: at(9),
        error: 'no',
        errorKind: 'unavailable',
        calls: 1,
        quota: null,
      } as const
      await releaseSource(store.db, no, 'a', { ...failed, nextAttemptAt: at(20) })
      expect(await findSource(store.db, 'web')).toMatchObject({
        failures: 1,
        lastError: 'no',
        lastErrorKind: 'unavailable',
        cursor: { since: 'x' },
        calls: 4,
        quota: { remaining: 10 },
        leasedBy: null,
      })
      expect(await due(19)).toBe(0)
      expect(await due(20)).toBe(1)
      await releaseSource(store.db, no, 'a', { ...done, at: at(21), backfilled: false, changed: false })
      expect(await findSource(store.db, 'web')).toMatchObject({
        failures: 0,
        lastError: null,
        lastChangeAt: at(6),
        backfilledAt: at(6),
        lastPollAt: at(21),
      })
    })

    test('are read at once when their connection changed: a new token ends the waiting after the old one', async () => {
      const { no } = await saveSource(store.db, web)
      const due = async () =>
        (await leaseDueSources(store.db, { ...terms('a', 12), pollSeconds: 3600, limit: 5 })).length
      await leaseSource(store.db, 'web', terms('a'))
      await releaseSource(store.db, no, 'a', done)
      await leaseSource(store.db, 'web', terms('a', 10))
      await releaseSource(store.db, no, 'a', {
        result: 'failed',
        at: at(11),
        error: 'refused',
        errorKind: 'unauthenticated',
        nextAttemptAt: at(300),
        calls: 1,
        quota: null,
      })
      await saveConnection(store.db, github, at(12))
      expect(await due()).toBe(0)
      await saveConnection(store.db, { ...github, sealedSecrets: 'sealed anew' }, at(12))
      expect(await findSource(store.db, 'web')).toMatchObject({ failures: 0, lastError: null, cursor: { since: 'x' } })
      expect(await due()).toBe(1)
    })

    test('a worker whose lease went to another can neither go on nor store', async () => {
      const { no } = await saveSource(store.db, web)
      expect(await leaseSource(store.db, 'web', terms('a'))).toMatchObject({ leasedBy: 'a' })
      expect(await leaseSource(store.db, 'web', terms('b', 4))).toBeNull()
      expect(await saveCursor(store.db, no, { worker: 'a', until: at(6), cursor: { page: 2 }, itemsSeen: 100 })).toBe(
        true,
      )
      expect(await leaseSource(store.db, 'web', terms('b', 6))).toMatchObject({ cursor: { page: 2 }, itemsSeen: 100 })
      expect(await renewLease(store.db, no, { worker: 'a', until: at(9) })).toBe(false)
      expect(await saveCursor(store.db, no, { worker: 'a', until: at(9), cursor: {}, itemsSeen: 1 })).toBe(false)
      expect(await releaseSource(store.db, no, 'a', done)).toBe(false)
      expect(await renewLease(store.db, no, { worker: 'b', until: at(9) })).toBe(true)
      expect((await findSource(store.db, 'web'))?.cursor).toEqual({ page: 2 })
    })
  })

  test('the pull log tells the last pull and the last good one, also as it stood before', async () => {
    const { no } = await saveSource(store.db, web)
    const pull = (minute: number, error: string | null) => ({
      sourceNo: no,
      reason: 'poll' as const,
      startedAt: at(minute),
      endedAt: at(minute),
      items: 1,
      changed: 0,
      missing: 0,
      calls: 1,
      error,
      errorKind: error === null ? null : ('unavailable' as const),
    })
    const log = [pull(1, null), pull(2, 'down'), pull(3, 'down')]
    for (const each of log) await appendPull(store.db, each)
    expect((await latestPulls(store.db)).get(no)).toEqual({ last: log[2], lastGood: log[0] })
    expect((await latestPulls(store.db, { knownAt: at(1) })).get(no)).toEqual({ last: log[0], lastGood: log[0] })
    expect((await latestPulls(store.db, { knownAt: at(0) })).size).toBe(0)
    expect(await listPulls(store.db, no, 2)).toEqual([log[2], log[1]])
  })

  test('milestones are replaced by id and stay when a listing shows them no more', async () => {
    const beta = {
      id: '1',
      title: 'beta',
      url: null,
      start: null,
      due: '2026-05-29',
      closedAt: null,
      state: 'open' as const,
    }
    const gone = { ...beta, id: '2', title: 'gone', closedAt: at(0), state: 'closed' as const }
    await saveMilestones(store.db, 1, [beta, gone], at(1))
    await saveMilestones(store.db, 1, [{ ...beta, title: 'v2.0 beta' }], at(2))
    expect(await listMilestones(store.db, [1])).toEqual([
      { ...gone, sourceNo: 1, seenAt: at(1) },
      { ...beta, title: 'v2.0 beta', sourceNo: 1, seenAt: at(2) },
    ])
    expect(await listMilestones(store.db, [2])).toEqual([])
    expect(await listMilestones(store.db)).toHaveLength(2)
  })

  describe('the inbox', () => {
    const delivery = (deliveryId: string, minute = 0) => ({
      connection: 'acme-github',
      deliveryId,
      event: 'issues',
      headers: { 'x-github-event': 'issues' },
      body: '{"title":"\\u0000 nul","n":1.0}',
      hints: [{ scope: 'acme/web', externalId: 'I_1', kind: 'item' }],
      receivedAt: at(minute),
    })
    const claim = (minute: number, limit = 10, db = store.db) =>
      claimDeliveries(db, { limit, now: at(minute), until: at(minute + 2) })

    test('keeps a delivery word for word, once', async () => {
      expect(await storeDelivery(store.db, delivery('d1'))).toBe('stored')
      expect(await storeDelivery(store.db, { ...delivery('d1'), body: 'other' })).toBe('known')
      const { no } = (await claim(0))[0]!
      expect(await readDelivery(store.db, no)).toMatchObject({ ...delivery('d1'), state: 'due', attempts: 1 })
    })

    test('of two that store the same delivery at once, one is told so', async () => {
      const other = await store.another()
      const verdicts = await Promise.all(
        [store, other, store, other].map(({ db }) => storeDelivery(db, delivery('d1'))),
      )
      expect(verdicts.sort()).toEqual(['known', 'known', 'known', 'stored'])
    })

    test('gives each due delivery to one worker, oldest first, and counts it on its connection', async () => {
      for (let number = 0; number < 9; number += 1) await storeDelivery(store.db, delivery(`d${number}`, number))
      const other = await store.another()
      const claimed = await Promise.all([claim(10, 4), claim(10, 4, other.db), claim(10, 4)])
      expect(
        claimed
          .flat()
          .map(({ no }) => no)
          .sort((a, b) => a - b),
      ).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
      for (const page of claimed)
        expect(page.map(({ no }) => no)).toEqual([...page.map(({ no }) => no)].sort((a, b) => a - b))
      expect(await findConnection(store.db, 'acme-github')).toMatchObject({ deliveries: 9, lastDeliveryAt: at(8) })
    })

    test('what is neither finished nor failed comes back, and is counted once', async () => {
      await storeDelivery(store.db, delivery('d1'))
      expect(await claim(0)).toMatchObject([{ deliveryId: 'd1', attempts: 1, hints: delivery('d1').hints }])
      expect(await claim(1)).toEqual([])
      expect(await connectionsWithDueDeliveries(store.db, at(1))).toEqual([])
      expect(await connectionsWithDueDeliveries(store.db, at(2))).toEqual(['acme-github'])
      const again = await claim(2)
      expect(again).toMatchObject([{ attempts: 2 }])
      await finishDeliveries(
        store.db,
        again.map(({ no }) => no),
        at(3),
      )
      expect(await claim(9)).toEqual([])
      expect((await findConnection(store.db, 'acme-github'))?.deliveries).toBe(1)
    })

    test('a delivery that keeps failing is given up, and taken up again when it is sent once more', async () => {
      await storeDelivery(store.db, delivery('d1'))
      for (const minute of [0, 10, 20]) {
        const nos = (await claim(minute)).map(({ no }) => no)
        expect(nos).toHaveLength(1)
        await failDeliveries(store.db, nos, { error: 'down', nextAttemptAt: at(minute + 10), maxAttempts: 3 })
      }
      expect(await claim(60)).toEqual([])
      const [counts] = await countDeliveries(store.db)
      expect(counts).toMatchObject({ connection: 'acme-github', due: 0, dead: 1, done: 0, lastReceivedAt: at(0) })
      expect(await storeDelivery(store.db, delivery('d1', 61))).toBe('stored')
      expect(await claim(61)).toMatchObject([{ attempts: 1 }])
    })

    test('forgets finished deliveries of long ago, and no others', async () => {
      for (const id of ['d1', 'd2', 'd3']) await storeDelivery(store.db, delivery(id))
      await finishDeliveries(store.db, [(await claim(0, 1))[0]!.no], at(0))
      expect(await pruneInbox(store.db, at(0))).toBe(0)
      expect(await pruneInbox(store.db, at(1))).toBe(1)
      expect(await countDeliveries(store.db)).toMatchObject([{ due: 2, done: 0 }])
    })

    test('counts what was refused', async () => {
      await noteRefusedDelivery(store.db, 'acme-github')
      expect((await findConnection(store.db, 'acme-github'))?.refusedDeliveries).toBe(1)
    })
  })
})
