import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Fact } from '../../src/model/fact.ts'
import { saveConnection } from '../../src/store/connections.ts'
import { type Database, transaction } from '../../src/store/database.ts'
import { appendFacts, loadFacts } from '../../src/store/facts.ts'
import { type ItemRow, loadItems, lockItems, saveItems } from '../../src/store/items.ts'
import {
  countItems,
  findItemsByKey,
  knownExternalIds,
  listItems,
  listSubjects,
  subjectsOf,
} from '../../src/store/list-items.ts'
import { saveSource } from '../../src/store/sources.ts'
import { type TestStore, eachDatabase, openTestStore } from '../support/databases.ts'

const eight = '2026-03-10T08:00:00.000Z'
const item = (externalId: string, change: Partial<ItemRow> = {}): ItemRow => ({
  externalId,
  key: `acme/web#${externalId}`,
  url: 'https://github.test/1',
  title: 'Pay by card',
  type: null,
  state: 'todo',
  status: 'open',
  points: 0.5,
  estimateSeconds: null,
  loggedSeconds: 60,
  milestones: [{ id: 'M_1', key: 'v2.0' }],
  parent: null,
  labels: ['api', 'ü'],
  components: [],
  sprints: ['S1'],
  assignees: ['github:ana-k'],
  due: '2026-05-01',
  presence: 'present',
  createdAt: '2026-03-01T00:00:00.000Z',
  updatedAt: '2026-03-02T00:00:00.123456Z',
  closedAt: null,
  pulledAt: eight,
  factCount: 3,
  ...change,
})

const fact = (key: string, change: Partial<Fact> = {}): Fact =>
  ({
    key,
    occurredAt: '2026-03-01T00:00:00.000Z',
    sequence: 0,
    actor: null,
    assumed: false,
    field: 'title',
    value: key,
    ...change,
  }) as Fact

eachDatabase((kind) => {
  let store: TestStore
  let web: number
  let shop: number
  beforeAll(async () => {
    store = await openTestStore(kind)
  })
  beforeEach(async () => {
    await saveConnection(store.db, { id: 'acme', tracker: 'github', url: 'x', settings: {} }, eight)
    const source = async (id: string) => (await saveSource(store.db, { id, connection: 'acme', settings: {} })).no
    web = await source('web')
    shop = await source('shop')
  })
  afterEach(() => store.truncate())
  afterAll(() => store.close())

  const save = (sourceNo: number, items: readonly ItemRow[], db: Database = store.db) =>
    transaction(db, async (tx) => {
      await lockItems(
        tx,
        sourceNo,
        items.map(({ externalId }) => externalId),
      )
      return saveItems(tx, sourceNo, items)
    })

  describe('items', () => {
    test('come back as they were saved, with their subject and source', async () => {
      const rich = item('1', {
        parent: { id: '9', key: 'CORE-9' },
        points: null,
        estimateSeconds: 3600,
        closedAt: eight,
      })
      const subjects = await save(web, [rich, item('2')])
      const loaded = await loadItems(store.db, [...subjects.values(), 999])
      expect([...loaded.values()]).toEqual([
        { ...rich, subject: subjects.get('1'), sourceNo: web, source: 'web' },
        { ...item('2'), subject: subjects.get('2'), sourceNo: web, source: 'web' },
      ])
    })

    test('keep their subject for ever, and never go back to an earlier pull', async () => {
      const first = await save(web, [item('1')])
      const again = await save(web, [item('1', { title: 'Pay by bank', pulledAt: '2026-03-09T00:00:00.000Z' })])
      expect(again).toEqual(first)
      const found = (await loadItems(store.db, [...first.values()])).get(first.get('1')!)
      expect(found).toMatchObject({ title: 'Pay by bank', pulledAt: eight })
    })

    test('the same id in two sources is two items', async () => {
      const [one, two] = [await save(web, [item('1')]), await save(shop, [item('1')])]
      expect(one.get('1')).not.toBe(two.get('1'))
      expect(await subjectsOf(store.db, shop, ['1', '2'])).toEqual(two)
    })

    test('text that a database refuses is replaced, the rest of it survives', async () => {
      const subjects = await save(web, [item('1', { title: 'nul \u0000 and half \ud800 and \\u0000 written out' })])
      const [found] = (await loadItems(store.db, [...subjects.values()])).values()
      expect(found!.title).toBe('nul \ufffd and half \ufffd and \\u0000 written out')
    })

    test('locking tells new ones from known ones, and shows no half-made row to anybody', async () => {
      await save(web, [item('1')])
      await transaction(store.db, async (tx) => {
        const locked = await lockItems(tx, web, ['2', '1', '2'])
        expect(locked.get('1')).toMatchObject({ pulledAt: eight, factCount: 3 })
        expect(locked.get('2')).toMatchObject({ pulledAt: null, factCount: 0 })
        expect(locked.size).toBe(2)
      })
      expect((await listItems(store.db, { limit: 9 })).items).toHaveLength(1)
      expect(await knownExternalIds(store.db, web)).toHaveLength(1)
      expect((await countItems(store.db)).get(web)?.total).toBe(1)
    })

    test('two pulls of the same new and known items, in any order, follow each other', async () => {
      await save(web, [item('5'), item('6')])
      const other = await store.another()
      const ids = ['1', '2', '3', '4', '5', '6']
      const pull = (turn: number) => {
        const order = turn % 2 === 0 ? ids : [...ids].reverse()
        return transaction(turn % 2 === 0 ? store.db : other.db, async (tx) => {
          const locked = await lockItems(tx, web, order)
          const counts = order.map((id) => locked.get(id)!.factCount)
          await saveItems(
            tx,
            web,
            order.map((id) => item(id, { factCount: locked.get(id)!.factCount + 1 })),
          )
          return counts[order.indexOf('1')]!
        })
      }
      const seen = await Promise.all(Array.from({ length: 8 }, (_, turn) => pull(turn)))
      expect(seen.sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    })

    test('are listed page by page, searched by word, and counted by state', async () => {
      const many = Array.from({ length: 7 }, (_, number) =>
        item(`${number}`, {
          title: number % 2 === 0 ? '100% Pay_now' : 'Refund',
          state: number === 3 ? 'done' : 'todo',
          presence: number === 6 ? 'deleted' : 'present',
        }),
      )
      await save(web, many)
      const pages: number[] = []
      const keys: string[] = []
      for (let after: string | null = null; ; ) {
        const page = await listItems(store.db, { sourceNos: [web], after, limit: 3 })
        pages.push(page.items.length)
        keys.push(...page.items.map(({ externalId }) => externalId))
        after = page.next
        if (after === null) break
      }
      expect(pages).toEqual([3, 3, 1])
      expect(new Set(keys).size).toBe(7)
      const found = async (search: string) => (await listItems(store.db, { search, limit: 9 })).items.length
      expect(await found('pay_NOW')).toBe(4)
      expect(await found('0% pay')).toBe(4)
      expect(await found('pay%now')).toBe(0)
      expect(await found('#3')).toBe(1)
      expect((await listItems(store.db, { states: ['done'], presence: 'present', limit: 9 })).items).toHaveLength(1)
      expect(await findItemsByKey(store.db, 'acme/web#3')).toHaveLength(1)
      expect((await countItems(store.db)).get(web)).toEqual({
        total: 7,
        present: 6,
        todo: 5,
        doing: 0,
        done: 1,
        dropped: 0,
      })
      const first = await listSubjects(store.db, { sourceNos: [web], after: 0, limit: 5 })
      const rest = await listSubjects(store.db, { sourceNos: null, after: first.at(-1)!, limit: 5 })
      expect([first.length, rest.length]).toEqual([5, 2])
      expect(await listSubjects(store.db, { sourceNos: [shop], after: 0, limit: 5 })).toEqual([])
    })
  })

  describe('facts', () => {
    test('are those asserted last and not taken back, in the order in which they occurred', async () => {
      const add = (entries: Parameters<typeof appendFacts>[1]) =>
        transaction(store.db, (tx) => appendFacts(tx, entries, eight))
      const late = fact('late', { occurredAt: '2026-03-05T00:00:00.000Z' })
      const status = fact('status', {
        field: 'status',
        value: { name: 'Done', state: 'done' },
        sequence: 2,
      } as Partial<Fact>)
      const created = fact('created', {
        field: 'created',
        value: null,
        assumed: true,
        actor: 'github:ana-k',
      } as Partial<Fact>)
      await add([late, status, created].map((each) => ({ subject: 1, op: 1, fact: each })))
      await add([{ subject: 2, op: 1, fact: late }])
      await add([
        { subject: 1, op: -1, fact: late },
        { subject: 2, op: -1, fact: late },
        { subject: 2, op: 1, fact: { ...late, value: 'again' } as Fact },
      ])
      const held = await loadFacts(store.db, [1, 2, 3])
      expect(held.get(1)).toEqual([created, status])
      expect(held.get(2)).toEqual([{ ...late, value: 'again' }])
      expect(held.get(3)).toEqual([])
    })

    test('are numbered without gaps, also over many', async () => {
      const many = Array.from({ length: 4500 }, (_, number) => ({
        subject: number % 3,
        op: 1 as const,
        fact: fact(`k${String(number).padStart(4, '0')}`, { sequence: number }),
      }))
      await transaction(store.db, (tx) => appendFacts(tx, many, eight))
      const held = await loadFacts(store.db, [0, 1, 2])
      expect([...held.values()].map((facts) => facts.length)).toEqual([1500, 1500, 1500])
      expect(
        held
          .get(1)!
          .slice(0, 2)
          .map(({ key }) => key),
      ).toEqual(['k0001', 'k0004'])
    })
  })
})
