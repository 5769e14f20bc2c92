import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { closeIssue, createMilestone, closeMilestone, deleteIssue } from '../../demo/stand-ins/github/mutations.ts'
import { type StandInGitHub, startGitHub } from '../../demo/stand-ins/github/server.ts'
import { planVariance } from '../../src/reports/plan-variance.ts'
import { syncHealth } from '../../src/reports/sync-health.ts'
import { leaseSource } from '../../src/store/leases.ts'
import { listItems } from '../../src/store/list-items.ts'
import { listPulls } from '../../src/store/pulls.ts'
import { listRevisions } from '../../src/store/revisions.ts'
import { findSource } from '../../src/store/sources.ts'
import { pollSource } from '../../src/sync/poll-source.ts'
import { runDue, syncNow } from '../../src/sync/run-due.ts'
import type { SyncTools } from '../../src/sync/tools.ts'
import { BUILD, LAUNCH, phase, plan } from '../ledger/build.ts'
import { newPlan, writePlan } from '../settle/books.ts'
import { type TestStore, eachDatabase, openTestStore } from '../support/databases.ts'
import { TOKEN, addIssue, clockAt, connect, heldItems, repository, toolsFor } from './world.ts'

eachDatabase((kind) => {
  let store: TestStore
  let github: StandInGitHub
  let tools: SyncTools
  let clock: ReturnType<typeof clockAt>
  let source: number
  beforeAll(async () => {
    store = await openTestStore(kind)
  })
  beforeEach(async () => {
    clock = clockAt('2026-06-01T12:00:00Z')
    github = await startGitHub({ state: repository(230), token: TOKEN, now: clock.now })
    source = await connect(store, github.url)
    tools = toolsFor(store, clock.now)
  })
  afterEach(async () => {
    await github.close()
    await store.truncate()
  })
  afterAll(() => store.close())

  const row = async (id = 'web') => (await findSource(store.db, id))!
  const count = async () => (await listItems(store.db, { limit: 10_000 })).items.length
  const health = async () => (await syncHealth(store, { now: clock.now(), pollSeconds: 300 })).sources[0]!

  test('a source is read whole once, then only what changed; an idle poll is one call', async () => {
    expect(await health()).toMatchObject({ state: 'never-read', lastPollAt: null, items: { total: 0 } })
    const [first] = await runDue(tools)
    expect(first).toMatchObject({ source: 'web', items: 230, changed: 230, error: null })
    expect(await runDue(tools)).toEqual([])
    clock.forward(301)
    const before = github.usage()
    expect(await runDue(tools)).toEqual([{ source: 'web', items: 0, changed: 0, calls: 1, error: null }])
    expect(github.usage().calls - before.calls).toBe(1)
    closeIssue(github.state, 4, { at: '2026-06-01T12:04:00Z', by: 'ana' })
    clock.forward(301)
    expect(await runDue(tools)).toMatchObject([{ items: 1, changed: 1 }])
    expect(await health()).toMatchObject({ state: 'waiting', failures: 0, error: null, items: { total: 230, done: 1 } })
    expect(
      (await listPulls(store.db, source, 9)).map(({ reason, items, changed }) => [reason, items, changed]),
    ).toEqual([
      ['poll', 1, 1],
      ['poll', 0, 0],
      ['full', 230, 230],
    ])
  })

  test('a failure keeps the data, is told, and is tried again when the tracker says', async () => {
    await runDue(tools)
    const held = await heldItems(store)
    clock.forward(301)
    github.failNext({ kind: 'secondaryLimit', retryAfterSeconds: 77 })
    const [outcome] = await runDue(tools)
    expect(outcome!.error).toContain('github')
    expect(await heldItems(store)).toEqual(held)
    const at = new Date(clock.now().getTime() + 77_000).toISOString()
    expect(await row()).toMatchObject({ nextAttemptAt: at, failures: 1, lastErrorKind: 'rateLimited' })
    expect(await health()).toMatchObject({ state: 'failing', nextAttemptAt: at, items: { total: 230 } })
    clock.forward(76)
    expect(await runDue(tools)).toEqual([])
    clock.forward(2)
    expect(await runDue(tools)).toMatchObject([{ error: null }])
    expect(await row()).toMatchObject({ nextAttemptAt: null, failures: 0, lastError: null })
  })

  test('one bad source does not keep another waiting', async () => {
    await connect(store, 'http://127.0.0.1:9', 'broken')
    const outcomes = await runDue(tools)
    expect(outcomes.map((outcome) => [outcome.source, outcome.items, outcome.error === null]).sort()).toEqual([
      ['broken', 0, false],
      ['web', 230, true],
    ])
    expect(await row('broken')).toMatchObject({ lastPollAt: null, failures: 1, lastErrorKind: 'unavailable' })
  })

  test('the cursor moves only past what is stored: a failure in the middle goes on from there', async () => {
    for (let index = 230; index < 1_250; index += 1) addIssue(github.state, index)
    let calls = 0
    const answered = 22 // of about 44
    const cut: SyncTools = {
      ...tools,
      fetch: async (...request) => {
        calls += 1
        if (calls > answered)
          return new Response('{"message":"Bad credentials"}', {
            status: 401,
            headers: { 'content-type': 'application/json' },
          })
        return fetch(...request)
      },
    }
    const [stopped] = await runDue(cut)
    expect(stopped!.error).not.toBeNull()
    const stored = await count()
    expect(stored).toBe(stopped!.items)
    expect((await row()).cursor === null).toBe(stored === 0)
    expect(stored).toBeGreaterThan(0)
    clock.forward(3_600)
    const [resumed] = await runDue(tools)
    expect(resumed!.error).toBeNull()
    expect(await count()).toBe(1_250)
    expect(resumed!.items).toBeLessThan(1_250)
  })

  test('a worker whose lease another has taken stops, and the other’s word counts', async () => {
    const mine = (await leaseSource(store.db, 'web', {
      worker: 'slow',
      now: '2026-06-01T12:00:00Z',
      until: '2026-06-01T12:00:01Z',
    }))!
    const other = { worker: 'other', now: '2026-06-01T12:00:02Z', until: '2026-06-01T13:00:00Z' }
    expect(await leaseSource(store.db, 'web', other)).not.toBeNull()
    const outcome = await pollSource({ ...tools, workerId: 'slow' }, mine)
    expect(outcome.error).toContain('another worker has taken over source web')
    expect(await row()).toMatchObject({ leasedBy: 'other', cursor: null, failures: 0, lastError: null })
    expect(await syncNow({ ...tools, workerId: 'third' }, 'web')).toBeNull()
  })

  test('reading all of it again changes nothing that was the same', async () => {
    await runDue(tools)
    const held = await heldItems(store)
    expect(await syncNow(tools, 'web', { full: true })).toMatchObject({ items: 230, changed: 0, error: null })
    expect(await heldItems(store)).toEqual(held)
    expect(await syncNow(tools, 'nobody')).toBeNull()
  })

  test('an item that is gone when it is pulled is not shown, and is not forgotten', async () => {
    await runDue(tools)
    closeIssue(github.state, 5, { at: '2026-06-01T12:01:00Z', by: 'ana' })
    deleteIssue(github.state, 5, { at: '2026-06-01T12:02:00Z', by: 'ana' })
    clock.forward(301)
    await runDue(tools)
    expect(await count()).toBe(230)
  })

  describe('with a plan', () => {
    const tracked = {
      id: 'beta',
      name: 'Beta',
      date: '2026-06-01',
      weight: null,
      actual: null,
      tracker: { source: 'web', milestone: 'v1' },
    }
    const document = plan([
      BUILD,
      LAUNCH,
      phase(3, 'beta', { progress: { kind: 'milestones' }, milestones: [tracked] }),
    ])
    const milestones = async (knownAt?: string) =>
      (await planVariance(store, { plan: 'checkout', now: clock.now(), asOf: '2026-06-01', knownAt })).milestones

    test('everything that is read is in its books, and what no rule takes is counted', async () => {
      await newPlan(store, plan([BUILD]))
      await runDue(tools)
      const report = await planVariance(store, { plan: 'checkout', now: clock.now() })
      expect([report.total.items.total, report.unmapped.items, report.trust.itemsSeen]).toEqual([115, 115, 230])
      expect(report.trust).toMatchObject({ level: 'limited', lastPollAt: clock.now().toISOString() })
    })

    test('a milestone that is closed in its tracker is news of the plan: a revision that the past does not know', async () => {
      createMilestone(github.state, { title: 'v1', createdAt: '2026-03-01T00:00:00Z', creator: 'ana' })
      const no = await newPlan(store, document)
      await runDue(tools)
      expect(await milestones()).toMatchObject([{ id: 'beta', actualDate: null }])
      const before = clock.now().toISOString()
      closeMilestone(github.state, 1, { at: '2026-05-20T09:00:00Z', by: 'ana' })
      clock.forward(3_600)
      await syncNow(tools, 'web', { full: true })
      expect(await milestones()).toMatchObject([{ id: 'beta', actualDate: '2026-05-20' }])
      expect(await milestones(before)).toMatchObject([{ id: 'beta', actualDate: null }])
      const [last] = await listRevisions(store.db, no, { limit: 1 })
      expect(last).toMatchObject({ kind: 'facts', summary: 'a milestone was reached or opened again' })
      await syncNow(tools, 'web', { full: true })
      expect((await listRevisions(store.db, no, { limit: 1 }))[0]!.no).toBe(last!.no)
      await writePlan(store, no, document, clock.now().toISOString())
    })

    test('a look at one item is no reading of the source: the numbers stay marked as poor until it was read whole', async () => {
      await newPlan(store, plan([BUILD]))
      const report = await planVariance(store, { plan: 'checkout', now: clock.now() })
      expect(report.trust).toMatchObject({ level: 'poor', lastPollAt: null, itemsSeen: 0 })
      expect(report.trust.remarks).toEqual(['acme/web has never been read to its end: let a sync finish.'])
    })
  })
})
