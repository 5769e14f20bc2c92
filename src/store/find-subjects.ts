import { sql } from 'drizzle-orm'
import { type Database, rows } from './database.ts'

/** Subjects of items that we hold, by immutable id; ids that we do not hold are not in the map. */
export const findSubjects = async (
  db: Database,
  sourceNo: number,
  externalIds: readonly string[],
): Promise<ReadonlyMap<string, number>> => {
  if (externalIds.length === 0) return new Map()
  const found = await rows<{ external_id: string; id: number }>(
    db,
    sql`select external_id, id from items
        where source_no = ${sourceNo} and external_id = any(${sql.param(externalIds)}::text[])`,
  )
  return new Map(found.map((row) => [row.external_id, Number(row.id)]))
}
