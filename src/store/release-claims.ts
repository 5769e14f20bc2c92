import { sql } from 'drizzle-orm'
import { type Database, rows } from './database.ts'

/** Gives back every source and delivery that is taken: for a database that no other process can have open. */
export const releaseClaims = async (db: Database): Promise<void> => {
  await rows(db, sql`update sources set leased_by = null, leased_until = null where leased_by is not null`)
  await rows(
    db,
    sql`update inbox set next_attempt_at = null where state = 'due' and last_error is null and next_attempt_at is not null`,
  )
}
