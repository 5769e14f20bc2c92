import { sql } from 'drizzle-orm'
import { Fault } from '../model/fault.ts'
import { type Database, rows, transaction } from './database.ts'
import { errorCode } from './faults.ts'

/** One numbered file of `drizzle/`: its name and its statements. */
export interface Migration {
  readonly name: string
  readonly sql: string
}

const LOCK = 724_001
const FORBIDDEN = '42501'

/**
 * Brings a database up to date: every migration that it does not know by name, in the order of their names, all in one
 * transaction. Of several replicas that start at once one does it and the others wait; one that was merged late is
 * applied all the same (docs/decisions tells why this is not drizzle's migrator).
 *
 * @returns names of the migrations that this call applied
 * @throws Fault `misconfigured` when the user may not make tables
 */
export const migrate = (db: Database, migrations: readonly Migration[]): Promise<readonly string[]> =>
  transaction(db, (tx) => applyPending(tx, migrations)).catch((error: unknown) => {
    throw errorCode(error) === FORBIDDEN ? mayNotMakeTables(error) : error
  })

const applyPending = async (tx: Database, migrations: readonly Migration[]): Promise<readonly string[]> => {
  await rows(tx, sql`select pg_advisory_xact_lock(${LOCK})`)
  await rows(
    tx,
    sql`create table if not exists plumbline_migrations (name text primary key, applied_at timestamptz not null)`,
  )
  const pending = await pendingMigrations(tx, migrations)
  for (const { name, sql: text } of pending) {
    for (const statement of text.split('--> statement-breakpoint')) await rows(tx, sql.raw(statement))
    await rows(tx, sql`insert into plumbline_migrations (name, applied_at) values (${name}, clock_timestamp())`)
  }
  return pending.map(({ name }) => name)
}

const mayNotMakeTables = (cause: unknown): Fault =>
  new Fault(
    'misconfigured',
    'store: the user of the database may not make tables: make it the owner of the database, or grant it CREATE on the schema public',
    { cause },
  )

/** Those that the database does not know yet, in order. For readiness checks: changes nothing. */
export const pendingMigrations = async (
  db: Database,
  migrations: readonly Migration[],
): Promise<readonly Migration[]> => {
  const [table] = await rows<{ known: boolean }>(
    db,
    sql`select to_regclass('plumbline_migrations') is not null as known`,
  )
  const applied = table!.known ? await rows<{ name: string }>(db, sql`select name from plumbline_migrations`) : []
  const names = new Set(applied.map(({ name }) => name))
  return migrations.filter(({ name }) => !names.has(name)).sort((a, b) => (a.name < b.name ? -1 : 1))
}
