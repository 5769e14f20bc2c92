import { getTableColumns, is, sql } from 'drizzle-orm'
import { CasingCache } from 'drizzle-orm/casing'
import { PgTable, getTableConfig } from 'drizzle-orm/pg-core'
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api'
import { readFileSync, readdirSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rows } from '../../src/store/database.ts'
import * as schema from '../../src/store/schema.ts'
import { type TestStore, eachDatabase, openTestStore } from '../support/databases.ts'

const meta = new URL('../../drizzle/meta/', import.meta.url)
const newest = readdirSync(meta)
  .filter((name) => name.endsWith('_snapshot.json'))
  .sort()
  .at(-1)!

test('the newest snapshot of the migrations is the schema: nothing is left to generate', async () => {
  const before = JSON.parse(readFileSync(new URL(newest, meta), 'utf8'))
  const after = generateDrizzleJson(schema, before.id, undefined, 'snake_case')
  expect(await generateMigration(before, after)).toEqual([])
})

eachDatabase((kind) => {
  let store: TestStore
  beforeAll(async () => {
    store = await openTestStore(kind)
  })
  afterAll(() => store.close())

  test('the migrations make every table of the schema, column by column', async () => {
    const casing = new CasingCache('snake_case')
    const tables = Object.values(schema).filter((value) => is(value, PgTable))
    const wanted = tables.flatMap((table) =>
      Object.values(getTableColumns(table)).map((column) => ({
        table: getTableConfig(table).name,
        name: casing.getColumnCasing(column),
        type: TYPES[column.getSQLType()] ?? column.getSQLType(),
        required: column.notNull,
      })),
    )
    const found = await rows<{ table: string; name: string; type: string; required: boolean }>(
      store.db,
      sql`select table_name as table, column_name as name, data_type as type, is_nullable = 'NO' as required
          from information_schema.columns where table_schema = 'public' and table_name <> 'plumbline_migrations'`,
    )
    const inOrder = (columns: readonly { table: string; name: string }[]) =>
      [...columns].sort((a, b) => (`${a.table}.${a.name}` < `${b.table}.${b.name}` ? -1 : 1))
    expect(tables.length).toBeGreaterThan(20)
    expect(inOrder(found)).toEqual(inOrder(wanted))
  })
})

const TYPES: Readonly<Record<string, string>> = { serial: 'integer', bigserial: 'bigint' }
