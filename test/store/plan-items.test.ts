import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { saveConnection } from '../../src/store/connections.ts'
import { lockItems, saveItems } from '../../src/store/items.ts'
import { countOverlap, countUnmapped, savePlanItems } from '../../src/store/plan-items.ts'
import { removeSource, saveSource } from '../../src/store/sources.ts'
import { transaction } from '../../src/store/database.ts'
import { type TestStore, eachDatabase, openTestStore } from '../support/databases.ts'

const march = '2026-03-10T08:00:00.000Z'

eachDatabase((kind) => {
  let store: TestStore

  beforeAll(async () => {
    store = await openTestStore(kind)
  })
  afterEach(() => store.truncate())
  afterAll(() => store?.close())

  /** Three items of the source `web`. @returns their subjects */
  const threeItems = async (): Promise<readonly [number, number, number]> => {
    const connection = { id: 'gh', tracker: 'github', url: 'https://github.test', settings: {} }
    await saveConnection(store.db, connection, march)
    const { no } = await saveSource(store.db, { id: 'web', connection: 'gh', settings: {} })
    const saved = await transaction(store.db, async (tx) => {
      await lockItems(tx, no, ['1', '2', '3'])
      return saveItems(tx, no, ['1', '2', '3'].map(row))
    })
    return [saved.get('1')!, saved.get('2')!, saved.get('3')!]
  }

  test('items that no rule takes are counted, in the sources that the plan names', async () => {
    const [first, second, third] = await threeItems()
    await savePlanItems(store.db, 1, [
      { subject: first, phaseNo: 4, container: false },
      { subject: second, phaseNo: 4, container: true },
      { subject: third, phaseNo: null, container: false },
    ])
    expect(await countUnmapped(store.db, 1, ['web'])).toBe(1)
    expect(await countUnmapped(store.db, 1, null)).toBe(1)
    expect(await countUnmapped(store.db, 1, ['core'])).toBe(0)
  })

  test('items of a removed source count neither as mapped nor as unmapped', async () => {
    const [first] = await threeItems()
    await saveSource(store.db, { id: 'core', connection: 'gh', settings: {} })
    await savePlanItems(store.db, 1, [{ subject: first, phaseNo: 4, container: false }])
    await removeSource(store.db, 'web', march)
    expect(await countUnmapped(store.db, 1, null)).toBe(0)
    expect(await countUnmapped(store.db, 1, ['web', 'core'])).toBe(0)
  })

  test('an item that leaves its phase is unmapped again', async () => {
    const [first] = await threeItems()
    await savePlanItems(store.db, 1, [{ subject: first, phaseNo: 4, container: false }])
    await savePlanItems(store.db, 1, [{ subject: first, phaseNo: null, container: false }])
    expect(await countUnmapped(store.db, 1, null)).toBe(3)
  })

  test('an item in two plans overlaps, unless one of them has it as a container', async () => {
    const [first, second] = await threeItems()
    await savePlanItems(store.db, 1, [
      { subject: first, phaseNo: 1, container: false },
      { subject: second, phaseNo: 1, container: true },
    ])
    await savePlanItems(store.db, 2, [
      { subject: first, phaseNo: 9, container: false },
      { subject: second, phaseNo: 9, container: false },
    ])
    expect(await countOverlap(store.db, [1, 2])).toBe(1)
    expect(await countOverlap(store.db, [1])).toBe(0)
  })
})

const row = (externalId: string) => ({
  externalId,
  key: `acme/web#${externalId}`,
  url: 'https://github.test/1',
  title: 'Pay by card',
  type: null,
  state: 'todo' as const,
  status: 'open',
  points: null,
  estimateSeconds: null,
  loggedSeconds: 0,
  milestones: [],
  parent: null,
  labels: [],
  components: [],
  sprints: [],
  assignees: [],
  due: null,
  presence: 'present' as const,
  createdAt: march,
  updatedAt: march,
  closedAt: null,
  pulledAt: march,
  factCount: 0,
})
