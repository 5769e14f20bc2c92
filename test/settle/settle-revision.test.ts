import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { PlanDocument } from '../../src/model/plan.ts'
import { recordPull } from '../../src/settle/record-pull.ts'
import { type SettleLimits, settleRevision, settleWaiting } from '../../src/settle/settle-revision.ts'
import { settleWaitingPlans } from '../../src/settle/settle-waiting-plans.ts'
import { compareBalances, readBalances } from '../../src/store/balances.ts'
import { type Database, type Store, firstRow, rows } from '../../src/store/database.ts'
import { readHead } from '../../src/store/heads.ts'
import { listDirtyPlans } from '../../src/store/plan-dirty.ts'
import { savePlanDocument } from '../../src/store/plan-documents.ts'
import { createPlan } from '../../src/store/plans.ts'
import { listRevisions, revisionAt } from '../../src/store/revisions.ts'
import { BUILD, LAUNCH, born, phase, plan, state } from '../ledger/build.ts'
import { type TestStore, eachDatabase, openTestStore } from '../support/databases.ts'
import { storeThatDies } from './dying.ts'
import { START, learn, newPlan, newSource, pulledItem, standing, writePlan } from './books.ts'

/** Items 1..n of 3 points each, the even ones done. */
const items = (count: number, from = 1) =>
  Array.from({ length: count }, (_, index) => {
    const id = from + index
    return pulledItem(id, [...born('2026-03-02', 'build', 3), ...(id % 2 ? [] : [state('2026-03-04', 'done')])])
  })

const NOW = '2026-03-05T08:00:00.000Z'
const SMALL: SettleLimits = { atOnce: 10, chunk: 4 }
const document = plan([BUILD, LAUNCH])
/** The same work, all of it in Launch. */
const other = plan([phase(1, 'build'), phase(2, 'launch', { map: [{ label: ['build'] }] })])

eachDatabase((kind) => {
  let store: TestStore
  let source: number
  beforeAll(async () => {
    store = await openTestStore(kind)
  })
  beforeEach(async () => {
    source = await newSource(store)
  })
  afterEach(() => store.truncate())
  afterAll(() => store.close())

  const settleAll = (planNo: number, now = NOW, limits?: SettleLimits) =>
    settleRevision(store, planNo, { kind: 'facts', actor: null, summary: null, now, subjects: 'all' }, limits)
  const pointsIn = async (planNo: number): Promise<Record<number, bigint>> => {
    const revision = (await revisionAt(store.db, planNo, null))!
    const sums = await readBalances(store.db, planNo, { books: [0], asOf: '2026-12-31', revision })
    return Object.fromEntries(sums.map(({ phaseNo, total }) => [phaseNo, total.size / 1_000_000n]))
  }
  const record = (found: ReturnType<typeof items>, at = NOW) =>
    recordPull(store, source, { items: found, missing: [], startedAt: at }, at)

  test('news becomes the next revision, without gaps; no news takes none', async () => {
    const no = await newPlan(store, document)
    await learn(store, source, items(3), NOW)
    await learn(store, source, items(3), '2026-03-06T08:00:00.000Z')
    await learn(store, source, items(4), '2026-03-07T08:00:00.000Z')
    expect(await settleAll(no)).toEqual({ result: 'unchanged', revision: 3 })
    const revisions = await listRevisions(store.db, no, { limit: 10 })
    expect(revisions.map((revision) => [revision.no, revision.kind, revision.lines])).toEqual([
      [3, 'facts', 1 + 1],
      [2, 'facts', 3 + 1],
      [1, 'plan', 0],
    ])
    expect(await pointsIn(no)).toEqual({ 1: 12n })
  })

  test('an item that a rule stops taking leaves the books, and its lines are the rule’s, not the world’s', async () => {
    const no = await newPlan(store, document)
    await learn(store, source, items(2), NOW)
    await writePlan(store, no, other, NOW)
    expect(await pointsIn(no)).toEqual({ 1: 0n, 2: 6n })
    const entries = await rows<{ entry: string; phase_no: number; cause: string; day: string }>(
      store.db,
      sql`select distinct entry, phase_no, cause, day from postings where revision = 3 order by phase_no, cause`,
    )
    expect(entries).toEqual([
      { entry: 'remapped', phase_no: 1, cause: 'added', day: '2026-03-02' },
      { entry: 'remapped', phase_no: 1, cause: 'completed', day: '2026-03-04' },
      { entry: 'remapped', phase_no: 2, cause: 'added', day: '2026-03-02' },
      { entry: 'remapped', phase_no: 2, cause: 'completed', day: '2026-03-04' },
    ])
  })

  test('two writers at once post each line once', async () => {
    const no = await newPlan(store, document)
    await record(items(8))
    const writer = await store.another()
    const settle = (by: Store) =>
      settleRevision(by, no, {
        kind: 'facts',
        actor: null,
        summary: null,
        now: NOW,
        subjects: [1, 2, 3, 4, 5, 6, 7, 8],
      })
    const outcomes = await Promise.all([settle(store), settle(writer), settle(store), settle(writer)])
    expect(outcomes.map(({ result }) => result).sort()).toEqual(['settled', 'unchanged', 'unchanged', 'unchanged'])
    expect(await firstRow(store.db, sql`select count(*)::int as lines from postings`)).toEqual({ lines: 12 })
    expect(await compareBalances(store.db, no)).toEqual([])
  })

  test('every plan has books of its own: one item counts in two plans, and never twice in one', async () => {
    const first = await newPlan(store, document)
    const second = await newPlan(store, { ...other, id: 'second' })
    await learn(store, source, items(3), NOW)
    expect([await pointsIn(first), await pointsIn(second)]).toEqual([{ 1: 9n }, { 2: 9n }])
  })

  test('a plan that cannot be settled keeps its news, says so, and does not keep others waiting', async () => {
    const broken = await newPlan(store, { ...document, zone: 'Nowhere/At_All' })
    const fine = await newPlan(store, { ...document, id: 'fine' })
    await expect(learn(store, source, items(1), NOW)).rejects.toThrow('Nowhere/At_All')
    expect(await pointsIn(fine)).toEqual({ 1: 3n })
    expect(await listDirtyPlans(store.db)).toEqual([broken])
  })

  describe('a large settle', () => {
    const dyingAfter = (transactions: number): Store => storeThatDies(store, transactions)
    const settleLarge = (by: Store, planNo: number, now = NOW) =>
      settleRevision(by, planNo, { kind: 'facts', actor: null, summary: null, now, subjects: 'all' }, SMALL)
    const writeLarge = (by: Store, planNo: number, now: string, next: PlanDocument = other) =>
      writePlan(by, planNo, next, now, { limits: SMALL })

    test('ends as a small one does, in one revision with an epoch of its own', async () => {
      const small = await newPlan(store, document)
      const large = await newPlan(store, { ...document, id: 'large' })
      await record(items(25))
      await settleAll(small)
      expect(await settleLarge(store, large)).toEqual({ result: 'settled', revision: 2, lines: 37 })
      expect(await standing(store, large)).toEqual(await standing(store, small))
      expect(await pointsIn(large)).toEqual({ 1: 75n })
      for (const no of [small, large]) expect(await compareBalances(store.db, no)).toEqual([])
      const epochs = (await listRevisions(store.db, large, { limit: 5 })).map(({ epoch }) => epoch)
      expect(epochs[0]).toBeGreaterThan(epochs[1]!)
    })

    test('is seen by nobody until it is published', async () => {
      const no = await newPlan(store, document)
      await learn(store, source, items(25), NOW)
      const before = { points: await pointsIn(no), revision: (await revisionAt(store.db, no, null))!.no }
      for (const transactions of [1, 2, 4, 7]) {
        await expect(
          writeLarge(dyingAfter(transactions), no, `2026-03-1${transactions}T08:00:00.000Z`),
        ).rejects.toThrow('the process died')
        expect({ points: await pointsIn(no), revision: (await revisionAt(store.db, no, null))!.no }).toEqual(before)
        expect((await readHead(store.db, no))!.reserved).toMatchObject({ revision: before.revision + 1 })
      }
      expect(await firstRow(store.db, sql`select count(*)::int as n from postings where revision = 3`)).not.toEqual({
        n: 0,
      })
    })

    test('that died is taken over by the next settle, and ends as if nothing had happened', async () => {
      const whole = await newPlan(store, { ...document, id: 'whole' })
      await learn(store, source, items(25), NOW)
      for (const transactions of [1, 2, 3, 5, 7]) {
        const no = await newPlan(store, { ...document, id: `died-${transactions}` })
        await expect(writeLarge(dyingAfter(transactions), no, NOW)).rejects.toThrow('the process died')
        // The rules that died with the process are not the plan's: the old ones are settled again.
        await settleWaitingPlans(store, '2026-03-05T09:00:00.000Z')
        expect(await standing(store, no), `died after ${transactions}`).toEqual(await standing(store, whole))
        expect((await pointsIn(no))[1]).toBe(75n)
        expect((await readHead(store.db, no))!.reserved).toBeNull()
        expect(await compareBalances(store.db, no)).toEqual([])
        expect((await listRevisions(store.db, no, { limit: 9 })).map((revision) => revision.no)).toEqual(
          [3, 2, 1].slice(-(await readHead(store.db, no))!.revision),
        )
      }
    })

    test('that died can be asked for again when its time is over, and is whole then', async () => {
      const straight = await newPlan(store, { ...document, id: 'straight' })
      const died = await newPlan(store, { ...document, id: 'died' })
      await learn(store, source, items(25), NOW)
      await writeLarge(store, straight, NOW)
      await expect(writeLarge(dyingAfter(4), died, NOW)).rejects.toThrow('the process died')
      await writeLarge(store, died, '2026-03-05T09:00:00.000Z')
      expect(await standing(store, died)).toEqual(await standing(store, straight))
      expect(await compareBalances(store.db, died)).toEqual([])
    })

    test('lets facts in that arrive meanwhile: they wait, and are settled right after it', async () => {
      const no = await newPlan(store, document)
      await learn(store, source, items(25), NOW)
      await expect(writeLarge(dyingAfter(4), no, NOW)).rejects.toThrow('the process died')
      await learn(store, source, items(5, 26), '2026-03-05T08:01:00.000Z')
      expect(await pointsIn(no)).toEqual({ 1: 75n })
      expect(await listDirtyPlans(store.db)).toEqual([no])
      await writeLarge(store, no, '2026-03-05T09:00:00.000Z')
      expect(await listDirtyPlans(store.db)).toEqual([])
      expect(await pointsIn(no)).toEqual({ 1: 0n, 2: 90n })
      expect(await compareBalances(store.db, no)).toEqual([])
    })

    test('holds off commands on the plan, and says until when', async () => {
      const no = await newPlan(store, document)
      await learn(store, source, items(25), NOW)
      await expect(writeLarge(dyingAfter(4), no, NOW)).rejects.toThrow('the process died')
      const until = (await readHead(store.db, no))!.reserved!.until
      const refusal = { name: 'Fault', kind: 'conflict', retryAt: new Date(until) }
      await expect(writeLarge(store, no, '2026-03-05T08:01:00.000Z')).rejects.toMatchObject(refusal)
      await expect(writePlan(store, no, other, '2026-03-05T08:01:00.000Z')).rejects.toMatchObject(refusal)
      expect(await settleLarge(store, no, '2026-03-05T08:01:00.000Z')).toEqual({ result: 'queued' })
    })

    test('whose place another took stops, and what the other wrote stands', async () => {
      const no = await newPlan(store, document)
      await learn(store, source, items(25), NOW)
      const late = '2026-03-05T09:00:00.000Z'
      let chunks = 0
      const slow: Store = {
        ...store,
        db: new Proxy(store.db, {
          get: (target, name) => {
            if (name !== 'transaction') return Reflect.get(target, name, target) as unknown
            return async (...work: Parameters<Database['transaction']>) => {
              chunks += 1
              if (chunks === 4) await writeLarge(store, no, late, document)
              return target.transaction(...work)
            }
          },
        }),
      }
      await expect(writeLarge(slow, no, NOW)).rejects.toMatchObject({ name: 'Fault', kind: 'conflict' })
      expect((await pointsIn(no))[1]).toBe(75n)
      expect((await readHead(store.db, no))!.reserved).toBeNull()
      expect(await compareBalances(store.db, no)).toEqual([])
    })

    test('of a new plan that died leaves a plan without a document, and news of its items do not spin', async () => {
      await record(items(25))
      const { no } = await createPlan(store.db, 'fresh', START)
      await expect(writeLarge(dyingAfter(3), no, NOW, document)).rejects.toThrow('the process died')
      await learn(store, source, items(26), '2026-03-05T08:01:00.000Z')
      await settleWaiting(store, no, '2026-03-05T09:00:00.000Z')
      await writeLarge(store, no, '2026-03-05T10:00:00.000Z', document)
      expect(await pointsIn(no)).toEqual({ 1: 78n })
      expect(await compareBalances(store.db, no)).toEqual([])
    })
  })

  test('a plan that is written while its source is read misses nothing that is recorded meanwhile', async () => {
    const { no } = await createPlan(store.db, 'checkout', START)
    const reader = await store.another()
    let recording: Promise<unknown> = Promise.resolve()
    await settleRevision(store, no, {
      kind: 'plan',
      actor: null,
      summary: null,
      now: NOW,
      subjects: 'all',
      prepare: async () => ({
        document,
        store: async (tx, revision) => {
          await savePlanDocument(tx, no, revision, document)
          // Its items were counted already; this pull comes in between.
          recording = learn(reader, source, items(2), NOW)
        },
      }),
    })
    await recording
    expect(await pointsIn(no)).toEqual({ 1: 6n })
  })
})
