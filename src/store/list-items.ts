import { type SQL, sql } from 'drizzle-orm'
import type { Presence, WorkState } from '../model/work-item.ts'
import { type Database, rows } from './database.ts'
import { type StoredItem, type StoredItemRow, itemColumns, itemOf } from './items.ts'
import { anyOf } from './json.ts'
import { searchWords } from './search-words.ts'

export interface ItemFilter {
  readonly sourceNos?: readonly number[] | undefined
  readonly states?: readonly WorkState[] | undefined
  readonly presence?: Presence | undefined
  /** Every word must occur in the key or the title; case does not matter. */
  readonly search?: string | undefined
  /** `next` of the page before. */
  readonly after?: string | null | undefined
  readonly limit: number
}

/** One page of items, oldest subject first. `next: null` = that was the last. */
export const listItems = async (
  db: Database,
  filter: ItemFilter,
): Promise<{ readonly items: readonly StoredItem[]; readonly next: string | null }> => {
  const wanted: SQL[] = [sql`i.id > ${Number(filter.after ?? 0)}::bigint`, sql`i.pulled_at > '-infinity'`]
  if (filter.sourceNos) wanted.push(sql`i.source_no in ${anyOf(filter.sourceNos, 'int')}`)
  if (filter.states) wanted.push(sql`i.state in ${anyOf(filter.states)}`)
  if (filter.presence) wanted.push(sql`i.presence = ${filter.presence}`)
  wanted.push(...searchWords(filter.search))
  const found = await rows<StoredItemRow>(
    db,
    sql`select ${itemColumns} from items i join sources s on s.no = i.source_no
        where ${sql.join(wanted, sql` and `)} order by i.id limit ${filter.limit + 1}`,
  )
  const page = found.slice(0, filter.limit).map(itemOf)
  return { items: page, next: found.length > filter.limit ? String(page.at(-1)!.subject) : null }
}

export const findItemsByKey = async (db: Database, key: string): Promise<readonly StoredItem[]> =>
  (
    await rows<StoredItemRow>(
      db,
      sql`select ${itemColumns} from items i join sources s on s.no = i.source_no where i.key = ${key} order by i.id`,
    )
  ).map(itemOf)

/** Subjects of a source's items by external id, as far as they are known. */
export const subjectsOf = async (
  db: Database,
  sourceNo: number,
  externalIds: readonly string[],
): Promise<ReadonlyMap<string, number>> => {
  if (externalIds.length === 0) return new Map()
  const found = await rows<{ external_id: string; subject: number }>(
    db,
    sql`select external_id, id as subject from items
        where source_no = ${sourceNo} and external_id in ${anyOf(externalIds)} and pulled_at > '-infinity'`,
  )
  return new Map(found.map(({ external_id, subject }) => [external_id, subject]))
}

/** Subjects in ascending order, page by page. @param page.sourceNos `null` = of all sources */
export const listSubjects = async (
  db: Database,
  page: { readonly sourceNos: readonly number[] | null; readonly after: number; readonly limit: number },
): Promise<readonly number[]> => {
  const some = page.sourceNos === null ? sql`true` : sql`source_no in ${anyOf(page.sourceNos, 'int')}`
  const found = await rows<{ subject: number }>(
    db,
    sql`select id as subject from items
        where ${some} and pulled_at > '-infinity' and id > ${page.after}::bigint order by id limit ${page.limit}`,
  )
  return found.map(({ subject }) => subject)
}

export interface KnownItem {
  readonly externalId: string
  readonly subject: number
  readonly presence: Presence
}

/** Everything that a source has ever shown: what a census compares with. */
export const knownExternalIds = (db: Database, sourceNo: number): Promise<readonly KnownItem[]> =>
  rows<KnownItem>(
    db,
    sql`select external_id as "externalId", id as subject, presence from items
        where source_no = ${sourceNo} and pulled_at > '-infinity' order by id`,
  )

export interface ItemCounts {
  readonly total: number
  readonly present: number
  readonly todo: number
  readonly doing: number
  readonly done: number
  readonly dropped: number
}

/** By source number. States count present items only. */
export const countItems = async (db: Database): Promise<ReadonlyMap<number, ItemCounts>> => {
  const found = await rows<ItemCounts & { source_no: number }>(
    db,
    sql`select source_no, count(*) as total, count(*) filter (where presence = 'present') as present,
          count(*) filter (where presence = 'present' and state = 'todo') as todo,
          count(*) filter (where presence = 'present' and state = 'doing') as doing,
          count(*) filter (where presence = 'present' and state = 'done') as done,
          count(*) filter (where presence = 'present' and state = 'dropped') as dropped
        from items where pulled_at > '-infinity' group by source_no`,
  )
  return new Map(found.map(({ source_no, ...counts }) => [source_no, counts]))
}
