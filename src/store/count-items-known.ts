import { sql } from 'drizzle-orm'
import type { IsoInstant } from '../model/time.ts'
import { type Database, rows } from './database.ts'

/** How many items of each source were known by an instant, by source number; those that went since count too. */
export const countItemsKnownAt = async (db: Database, knownAt: IsoInstant): Promise<ReadonlyMap<number, number>> => {
  const found = await rows<{ source_no: number; items: number }>(
    db,
    sql`select i.source_no, count(*)::int as items from items i join facts f on f.item_id = i.id and f.seq = 1
        where f.recorded_at <= ${knownAt}::timestamptz group by 1`,
  )
  return new Map(found.map(({ source_no, items }) => [source_no, items]))
}
