import { DrizzleQueryError, type SQL } from 'drizzle-orm'
import type { PgDatabase, PgQueryResultHKT, PgTransactionConfig } from 'drizzle-orm/pg-core'
import { storeFault } from './faults.ts'
import type * as schema from './schema.ts'

/** PGlite, PostgreSQL, or a transaction of either. Inside a transaction pass on the transaction, never the outer one. */
export type Database = PgDatabase<PgQueryResultHKT, typeof schema>

/** An open database. */
export interface Store {
  readonly db: Database
  readonly kind: 'pglite' | 'postgres'
  /** Wakes whoever listens on a channel. Only a hint: it may be lost, so listeners also look by themselves. */
  notify(channel: string, payload: string): Promise<void>
  /** Returns a function that stops listening. */
  listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>>
  /** Housekeeping that a server does by itself and the embedded database does not. */
  maintain(): Promise<void>
  close(): Promise<void>
}

/** Runs a statement and gives its rows, whichever driver runs it. */
export const rows = async <T extends object>(db: Database, query: SQL): Promise<readonly T[]> => {
  const result: unknown = await db.execute(query).catch(fail)
  return (Array.isArray(result) ? result : (result as { rows: unknown[] }).rows) as T[]
}

/** The first row, or `null`. */
export const firstRow = async <T extends object>(db: Database, query: SQL): Promise<T | null> =>
  (await rows<T>(db, query))[0] ?? null

/** Everything in it is stored, or nothing. `work` must use the database that it is given. */
export const transaction = async <T>(
  db: Database,
  work: (tx: Database) => Promise<T>,
  config?: PgTransactionConfig,
): Promise<T> => db.transaction((tx) => work(tx), config).catch(fail)

/** A report sees one state of the books: begins by reading the head, changes nothing. */
export const snapshot = <T>(db: Database, read: (tx: Database) => Promise<T>): Promise<T> =>
  transaction(db, read, { isolationLevel: 'repeatable read', accessMode: 'read only' })

/** The driver's own error without the parameters, which may hold secrets; a `Fault` where somebody can do something. */
const fail = (error: unknown): never => {
  const cause = error instanceof DrizzleQueryError && error.cause ? error.cause : error
  throw storeFault(cause) ?? cause
}
