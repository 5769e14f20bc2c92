import { sql } from 'drizzle-orm'
import { type Database, rows } from './database.ts'
import { anyOf } from './json.ts'

/**
 * Items that these items have, or ever had, as their parent or epic, as far as we hold them. Parents match by immutable
 * id within one connection.
 */
export const parentsOf = (db: Database, subjects: readonly number[]): Promise<ReadonlyMap<number, readonly number[]>> =>
  relation(
    db,
    subjects,
    sql`select distinct fact.item_id as "from", parent.id as "to"
        from facts fact
        join items child on child.id = fact.item_id
        join sources child_source on child_source.no = child.source_no
        join items parent on parent.external_id = fact.value ->> 'id'
        join sources parent_source on parent_source.no = parent.source_no
         and parent_source.connection = child_source.connection
        where fact.field = 'parent' and fact.item_id in ${anyOf(subjects, 'bigint')}`,
  )

/** Items that have, or ever had, one of these as their parent or epic. */
export const childrenOf = (
  db: Database,
  subjects: readonly number[],
): Promise<ReadonlyMap<number, readonly number[]>> =>
  relation(
    db,
    subjects,
    sql`select distinct parent.id as "from", fact.item_id as "to"
        from items parent
        join sources parent_source on parent_source.no = parent.source_no
        join facts fact on fact.field = 'parent' and fact.value ->> 'id' = parent.external_id
        join items child on child.id = fact.item_id
        join sources child_source on child_source.no = child.source_no
         and child_source.connection = parent_source.connection
        where parent.id in ${anyOf(subjects, 'bigint')}`,
  )

const relation = async (
  db: Database,
  subjects: readonly number[],
  query: ReturnType<typeof sql>,
): Promise<ReadonlyMap<number, readonly number[]>> => {
  const found = new Map<number, number[]>()
  if (subjects.length === 0) return found
  for (const { from, to } of await rows<{ from: number; to: number }>(db, query)) {
    const known = found.get(Number(from))
    if (known) known.push(Number(to))
    else found.set(Number(from), [Number(to)])
  }
  return found
}
