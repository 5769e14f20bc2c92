import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { type Store, rows } from '../../src/store/database.ts'
import { migrate } from '../../src/store/migrate.ts'
import { openPglite } from '../../src/store/pglite.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { readMigrations } from '../../src/store/read-migrations.ts'
import { startPostgres } from '../../test/support/real-postgres.ts'
import { SECRET } from './sync-tools.ts'

export interface BenchDatabase {
  readonly store: Store
  /** What a service needs to know to run on it; on the embedded database, close the store first. */
  readonly environment: Readonly<Record<string, string>>
}

export interface BenchDatabases {
  /** A migrated, empty database on disk. */
  open(kind: Store['kind']): Promise<BenchDatabase>
  /** A folder that goes with the databases. */
  emptyFolder(): string
  close(): Promise<void>
}

/** A PostgreSQL from npm that writes as durably as it does by default, and folders for the embedded database. */
export const benchDatabases = async (): Promise<BenchDatabases> => {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-bench-'))
  const discard = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', discard)
  const server = await startPostgres({ durable: true })
  let count = 0
  const emptyFolder = (): string => mkdtempSync(join(folder, 'data-'))
  const openServer = async (): Promise<BenchDatabase> => {
    count += 1
    const main = await openPostgres(server.url, { max: 1 })
    await rows(main.db, sql.raw(`create database bench_${count}`))
    await main.close()
    const url = new URL(`/bench_${count}`, server.url).href
    return {
      store: await openPostgres(url),
      environment: { DATABASE_URL: url, PLUMBLINE_DATA: emptyFolder(), PLUMBLINE_SECRET: SECRET },
    }
  }
  const openEmbedded = async (): Promise<BenchDatabase> => {
    const data = emptyFolder()
    return {
      store: await openPglite(join(data, 'database')),
      environment: { DATABASE_URL: '', PLUMBLINE_DATA: data, PLUMBLINE_SECRET: SECRET },
    }
  }
  return {
    emptyFolder,
    open: async (kind) => {
      const opened = await (kind === 'postgres' ? openServer() : openEmbedded())
      await migrate(opened.store.db, readMigrations())
      return opened
    },
    close: async () => {
      await server.stop()
      discard()
    },
  }
}
