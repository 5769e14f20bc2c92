import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Store, rows } from '../../src/store/database.ts'
import { migrate, pendingMigrations } from '../../src/store/migrate.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { readMigrations } from '../../src/store/read-migrations.ts'
import { createEmptyDatabase, eachDatabase, openTestStore, type TestStore } from '../support/databases.ts'

const names = readMigrations().map(({ name }) => name)

test('migrations are read from the package in the order of their numbers', () => {
  expect(names.slice(0, 2)).toEqual(['0000_tables', '0001_insert_only'])
  expect([...names].sort()).toEqual(names)
})

test('eight replicas that start at once apply each migration once', async () => {
  const { url, drop } = await createEmptyDatabase()
  const replicas: Store[] = await Promise.all(Array.from({ length: 8 }, () => openPostgres(url, { max: 1 })))
  const applied = await Promise.all(replicas.map(({ db }) => migrate(db, readMigrations())))
  expect(applied.flat().sort()).toEqual(names)
  const recorded = await rows<{ name: string }>(replicas[0]!.db, sql`select name from plumbline_migrations order by 1`)
  expect(recorded.map(({ name }) => name)).toEqual(names)
  await Promise.all(replicas.map((store) => store.close()))
  await drop()
})

test('a migration that fails leaves nothing behind, not even the ones before it', async () => {
  const { url, drop } = await createEmptyDatabase()
  const store = await openPostgres(url)
  const broken = [
    { name: '0001_good', sql: 'create table good (no int)' },
    { name: '0002_bad', sql: 'create table worse (no int);\n--> statement-breakpoint\ncreate nonsense' },
  ]
  await expect(migrate(store.db, broken)).rejects.toThrow('syntax error')
  const tables = await rows(store.db, sql`select tablename from pg_tables where schemaname = 'public'`)
  expect(tables).toEqual([])
  await store.close()
  await drop()
})

test('a user who may not make tables is told which right is missing', async () => {
  const { url, drop } = await createEmptyDatabase()
  const owner = await openPostgres(url)
  await rows(owner.db, sql`create role reader login`)
  const reader = await openPostgres(Object.assign(new URL(url), { username: 'reader' }).href)
  const refused: unknown = await migrate(reader.db, readMigrations()).catch((error: unknown) => error)
  expect(refused).toMatchObject({ kind: 'misconfigured', message: expect.stringMatching(/grant it CREATE/) })
  await reader.close()
  await rows(owner.db, sql`drop role reader`)
  await owner.close()
  await drop()
})

eachDatabase((kind) => {
  describe('a migrated database', () => {
    let store: TestStore
    beforeAll(async () => {
      store = await openTestStore(kind)
    })
    afterAll(() => store.close())

    test('has nothing left to apply', async () => {
      expect(await pendingMigrations(store.db, readMigrations())).toEqual([])
      expect(await migrate(store.db, readMigrations())).toEqual([])
    })

    test('takes a migration that was merged late, although newer ones are applied', async () => {
      const late = { name: '0000_zz_late', sql: 'create table came_late (no int)' }
      expect(await migrate(store.db, [...readMigrations(), late])).toEqual(['0000_zz_late'])
      expect(await rows(store.db, sql`select * from came_late`)).toEqual([])
    })
  })
})
