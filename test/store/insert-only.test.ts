import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rows } from '../../src/store/database.ts'
import { type TestStore, eachDatabase, openTestStore } from '../support/databases.ts'

const insertOnly = ['postings', 'facts', 'plan_documents', 'baselines', 'baseline_items', 'revisions', 'audit', 'pulls']

eachDatabase((kind) => {
  let store: TestStore
  beforeAll(async () => {
    store = await openTestStore(kind)
  })
  afterAll(() => store.close())

  test.each(insertOnly)('%s cannot be changed, only added to', async (table) => {
    const [{ column }] = (await rows<{ column: string }>(
      store.db,
      sql`select column_name as column from information_schema.columns where table_name = ${table} limit 1`,
    )) as [{ column: string }]
    const update = sql.raw(`update ${table} set ${column} = ${column}`)
    await expect(rows(store.db, update)).rejects.toThrow(
      `${table} is insert-only: UPDATE refused; write a correcting row instead`,
    )
    await expect(rows(store.db, sql.raw(`delete from ${table}`))).rejects.toThrow('DELETE refused')
    await store.truncate()
  })

  test('working tables can be changed', async () => {
    expect(await rows(store.db, sql`delete from balances`)).toEqual([])
  })
})
