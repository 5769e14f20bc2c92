import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { recordPull } from '../../src/settle/record-pull.ts'
import { loadFacts } from '../../src/store/facts.ts'
import { loadItems } from '../../src/store/items.ts'
import { listDirtyPlans } from '../../src/store/plan-dirty.ts'
import { BUILD, born, changed, created, phase, plan, state, worked } from '../ledger/build.ts'
import { type TestStore, eachDatabase, openTestStore } from '../support/databases.ts'
import { learn, newPlan, newSource, pulledItem, standing } from './books.ts'

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

  const record = (items: Parameters<typeof pulledItem>[], at: string, missing: string[] = []) =>
    recordPull(
      store,
      source,
      {
        items: items.map((given) => pulledItem(...given)),
        missing: missing.map((externalId) => ({ externalId, presence: 'invisible' })),
        startedAt: at,
      },
      at,
    )
  const itemOf = async (subject: number) => (await loadItems(store.db, [subject])).get(subject)!
  const factsOf = async (subject: number) => (await loadFacts(store.db, [subject])).get(subject)!

  test('an item comes with its history and its present row', async () => {
    const [subject] = await record(
      [[7, [...born('2026-03-02', 'build', 3), state('2026-03-04', 'done'), worked('2026-03-03', 'a', 5400)]]],
      '2026-03-05T08:00:00.000Z',
    )
    expect(await itemOf(subject!)).toMatchObject({
      key: 'acme/web#7',
      state: 'done',
      points: 3,
      labels: ['build'],
      loggedSeconds: 5400,
      createdAt: '2026-03-02T12:00:00.000Z',
      closedAt: '2026-03-04T12:00:00.000Z',
      pulledAt: '2026-03-05T08:00:00.000Z',
    })
    expect((await factsOf(subject!)).map(({ field }) => field)).toEqual([
      'created',
      'labels',
      'points',
      'worklog',
      'status',
    ])
  })

  test('the same pull again is no news, and neither is an older one that tells less', async () => {
    const facts = [...born('2026-03-02', 'build', 3), state('2026-03-04', 'done')]
    const [subject] = await record([[7, facts]], '2026-03-05T08:00:00.000Z')
    const before = [await itemOf(subject!), await factsOf(subject!)]
    expect(await record([[7, facts]], '2026-03-05T08:00:00.000Z')).toEqual([])
    expect(await record([[7, born('2026-03-02', 'build', 3)]], '2026-03-05T07:00:00.000Z')).toEqual([])
    const [item, known] = [await itemOf(subject!), await factsOf(subject!)]
    expect(known).toEqual(before[1])
    expect([item.state, item.pulledAt]).toEqual(['done', '2026-03-05T08:00:00.000Z'])
  })

  test('an older pull that ends later adds what it knows and takes nothing back', async () => {
    const base = born('2026-03-02', 'build', 3)
    const [subject] = await record([[7, [...base, state('2026-03-04', 'done')]]], '2026-03-05T08:00:00.000Z')
    expect(await record([[7, [...base, changed('2026-03-03', 'points', 5)]]], '2026-03-05T07:00:00.000Z')).toEqual([
      subject,
    ])
    expect(await itemOf(subject!)).toMatchObject({ state: 'done', points: 5 })
  })

  test('what a newer pull no longer tells is taken back: an event that was edited away, a worklog that was deleted', async () => {
    const base = [...born('2026-03-02', 'build', 3), state('2026-03-03', 'doing')]
    const [subject] = await record([[7, [...base, worked('2026-03-03', 'a', 3600)]]], '2026-03-05T08:00:00.000Z')
    expect(await record([[7, born('2026-03-02', 'build', 3)]], '2026-03-06T08:00:00.000Z')).toEqual([subject])
    expect(await itemOf(subject!)).toMatchObject({ state: 'todo', loggedSeconds: 0 })
  })

  describe('an item that the tracker no longer shows', () => {
    test('goes with its last state kept, once, and comes back when it is seen again', async () => {
      const facts = born('2026-03-02', 'build', 3)
      const [subject] = await record([[7, facts]], '2026-03-05T08:00:00.000Z')
      expect(await record([], '2026-03-06T08:00:00.000Z', ['id-7'])).toEqual([subject])
      expect(await itemOf(subject!)).toMatchObject({ presence: 'invisible', points: 3, state: 'todo' })
      expect(await record([], '2026-03-07T08:00:00.000Z', ['id-7'])).toEqual([])
      expect(await record([[7, facts]], '2026-03-08T08:00:00.000Z')).toEqual([subject])
      expect((await itemOf(subject!)).presence).toBe('present')
    })

    test('is not made up when it was never seen, and an older pull does not hide a newer one', async () => {
      expect(await record([], '2026-03-06T08:00:00.000Z', ['id-404'])).toEqual([])
      const [subject] = await record([[7, born('2026-03-02', 'build', 3)]], '2026-03-05T08:00:00.000Z')
      expect(await record([], '2026-03-05T07:00:00.000Z', ['id-7'])).toEqual([])
      expect((await itemOf(subject!)).presence).toBe('present')
    })
  })

  test('texts that a database refuses are stored with a mark in their place', async () => {
    const odd = 'a\u0000b \ud800'
    const facts = [
      created('2026-03-02'),
      changed('2026-03-02', 'title', odd),
      changed('2026-03-03', 'labels', ['x\u0000']),
    ]
    const [subject] = await record([[7, facts]], '2026-03-05T08:00:00.000Z')
    expect(await itemOf(subject!)).toMatchObject({ title: 'a\ufffdb \ufffd', labels: ['x\ufffd'] })
  })

  test('odd texts are no news when they are seen again', async () => {
    const facts = [created('2026-03-02'), changed('2026-03-02', 'title', 'a\u0000b')]
    await record([[7, facts]], '2026-03-05T08:00:00.000Z')
    expect(await record([[7, facts]], '2026-03-06T08:00:00.000Z')).toEqual([])
  })

  test('two pulls of one item at once follow each other and end as one after the other', async () => {
    const other = await store.another()
    const base = born('2026-03-02', 'build', 3)
    const at = ['2026-03-05T08:00:00.000Z', '2026-03-05T08:00:01.000Z'] as const
    const finding = (startedAt: string, facts: typeof base) => ({
      items: [pulledItem(7, facts)],
      missing: [],
      startedAt,
    })
    await Promise.all([
      recordPull(store, source, finding(at[0], base), at[0]),
      recordPull(other, source, finding(at[1], [...base, state('2026-03-04', 'done')]), at[1]),
    ])
    const items = [...(await loadItems(store.db, [1, 2])).values()]
    expect(items.map((item) => [item.key, item.state, item.pulledAt])).toEqual([['acme/web#7', 'done', at[1]]])
  })

  describe('a crash between facts and ledger', () => {
    const facts = [...born('2026-03-02', 'build', 3), state('2026-03-04', 'done')]

    test('loses nothing: what was recorded is noted in the plans that it concerns, and settled next', async () => {
      const build = await newPlan(store, plan([BUILD]))
      const mobile = await newPlan(
        store,
        plan([phase(1, 'app', { map: [{ source: ['mobile'] }] })], { id: 'mobile', name: 'Mobile' }),
      )
      await record([[7, facts]], '2026-03-05T08:00:00.000Z')
      expect(await listDirtyPlans(store.db)).toEqual([build])
      expect(await standing(store, build)).toEqual({})
      // The pull is repeated, since its cursor was never stored; it finds nothing new.
      expect(await learn(store, source, [pulledItem(7, facts)], '2026-03-05T09:00:00.000Z')).toEqual([])
      expect(Object.keys(await standing(store, build))).toHaveLength(1)
      expect(await standing(store, mobile)).toEqual({})
      expect(await listDirtyPlans(store.db)).toEqual([])
    })
  })
})
