import { sql } from 'drizzle-orm'
import { type Database, firstRow } from './database.ts'

/** A name that nobody else has, from the database: pure rooms ask no machine for randomness. */
export const uniqueName = async (db: Database): Promise<string> =>
  (await firstRow<{ name: string }>(db, sql`select gen_random_uuid()::text as name`))!.name
