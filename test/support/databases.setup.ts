import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { sql } from 'drizzle-orm'
import { rows } from '../../src/store/database.ts'
import { migrate } from '../../src/store/migrate.ts'
import { openPglite } from '../../src/store/pglite.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { readMigrations } from '../../src/store/read-migrations.ts'
import { startPostgres } from './real-postgres.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of the tests' PostgreSQL, whose database `migrated` is the template of all others. */
    postgresUrl: string
    /** File with the dump of a migrated PGlite. */
    pgliteTemplate: string
  }
}

interface Shared {
  users: number
  readonly ready: Promise<{ readonly postgresUrl: string; readonly pgliteTemplate: string; stop(): Promise<void> }>
}

/** Several projects run this in one process: they share one server. */
const home = globalThis as typeof globalThis & { plumblineDatabases?: Shared | undefined }

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  home.plumblineDatabases ??= { users: 0, ready: start() }
  const shared = home.plumblineDatabases
  shared.users += 1
  const { postgresUrl, pgliteTemplate, stop } = await shared.ready
  project.provide('postgresUrl', postgresUrl)
  project.provide('pgliteTemplate', pgliteTemplate)
  return async () => {
    shared.users -= 1
    if (shared.users > 0) return
    home.plumblineDatabases = undefined
    await stop()
  }
}

const start = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-template-'))
  const [server, pgliteTemplate] = await Promise.all([startMigrated(), writeTemplate(join(folder, 'pglite.tar'))])
  return {
    postgresUrl: server.url,
    pgliteTemplate,
    stop: async () => {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const startMigrated = async () => {
  const server = await startPostgres()
  const main = await openPostgres(server.url, { max: 1 })
  await rows(main.db, sql`create database migrated`)
  await main.close()
  const migrated = await openPostgres(new URL('/migrated', server.url).href, { max: 1 })
  await migrate(migrated.db, readMigrations())
  await migrated.close()
  return server
}

const writeTemplate = async (file: string): Promise<string> => {
  const store = await openPglite(null)
  await migrate(store.db, readMigrations())
  const dump = await store.dump()
  await store.close()
  writeFileSync(file, new Uint8Array(await dump.arrayBuffer()))
  return file
}
