import { readFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import { describe, inject } from 'vitest'
import { type Store, rows, transaction } from '../../src/store/database.ts'
import { openPglite } from '../../src/store/pglite.ts'
import { openPostgres } from '../../src/store/postgres.ts'

export type DatabaseKind = Store['kind']

export interface TestStore extends Store {
  /** Empties every table and starts every number again: between tests. */
  truncate(): Promise<void>
  /** A second connection to the same database; on PGlite, which has only one, the same. Closed with the store. */
  another(): Promise<Store>
}

/** The same suite on the embedded database and on a real PostgreSQL. */
export const eachDatabase = (suite: (kind: DatabaseKind) => void): void =>
  describe.each([{ kind: 'pglite' as const }, { kind: 'postgres' as const }])('on $kind', ({ kind }) => suite(kind))

/** A migrated, empty database of its own: one for each test file, `truncate()` between tests, `close()` at the end. */
export const openTestStore = (kind: DatabaseKind): Promise<TestStore> =>
  kind === 'postgres' ? openOnPostgres() : openOnPglite()

/** A PostgreSQL database without any table, for tests of the migrations. */
export const createEmptyDatabase = (): Promise<{ readonly url: string; drop(): Promise<void> }> =>
  createDatabase('template0')

/** The dump that embedded test databases begin from. */
export const pgliteTemplate = (): Blob => new Blob([new Uint8Array(readFileSync(inject('pgliteTemplate')))])

const openOnPglite = async (): Promise<TestStore> => {
  const store = await openPglite(null, { template: pgliteTemplate() })
  return { ...store, truncate: () => truncate(store), another: async () => store }
}

const openOnPostgres = async (): Promise<TestStore> => {
  const { url, drop } = await createDatabase('migrated')
  const opened = [await openPostgres(url)]
  const store = opened[0]!
  return {
    ...store,
    truncate: () => truncate(store),
    another: async () => {
      const other = await openPostgres(url)
      opened.push(other)
      return other
    },
    close: async () => {
      await Promise.all(opened.map((each) => each.close()))
      await drop()
    },
  }
}

const createDatabase = async (template: 'migrated' | 'template0') => {
  const server = inject('postgresUrl')
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`
  const main = await openPostgres(server, { max: 1 })
  await rows(main.db, sql.raw(`create database ${name} template ${template}`))
  await main.close()
  return {
    url: new URL(`/${name}`, server).href,
    drop: async () => {
      const again = await openPostgres(server, { max: 1 })
      await rows(again.db, sql.raw(`drop database if exists ${name} with (force)`))
      await again.close()
    },
  }
}

const truncate = async (store: Store): Promise<void> =>
  transaction(store.db, async (tx) => {
    const tables = await rows<{ name: string }>(
      tx,
      sql`select quote_ident(tablename) as name from pg_tables
          where schemaname = 'public' and tablename <> 'plumbline_migrations'`,
    )
    await rows(tx, sql.raw(`truncate ${tables.map(({ name }) => name).join(', ')} restart identity cascade`))
    await rows(tx, sql`alter sequence subject_numbers restart`)
  })
