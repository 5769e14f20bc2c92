import { type SQL, sql } from 'drizzle-orm'
import type { Micro } from '../model/amounts.ts'
import type { IsoDate, IsoInstant } from '../model/time.ts'
import type { Cause } from '../model/posting.ts'
import { type Database, rows } from './database.ts'
import { isoOrNull } from './instant.ts'
import { type StoredItem, type StoredItemRow, itemColumns, itemOf } from './items.ts'
import { anyOf } from './json.ts'
import { searchWords } from './search-words.ts'

/** Where an item stands in a plan's books on a day. `gone` = it was in the plan and left it. */
export type BookedState = 'todo' | 'doing' | 'done' | 'dropped' | 'gone'

export interface BookedItem {
  readonly item: StoredItem
  readonly phaseNo: number
  readonly state: BookedState
  readonly lastCause: Cause
  readonly size: Micro
  readonly estimated: boolean
  readonly seconds: number
  readonly unratedSeconds: number
  readonly cost: Micro
  readonly addedOn: IsoDate | null
  readonly startedOn: IsoDate | null
  /** When its work was done, which is before it was added where it came into the plan later. */
  readonly doneAt: IsoInstant | null
}

export interface BookedFilter {
  readonly asOf: IsoDate
  readonly revision: number
  readonly phaseNos?: readonly number[] | undefined
  readonly states?: readonly BookedState[] | undefined
  readonly unestimated?: boolean | undefined
  readonly search?: string | undefined
  readonly after?: string | null | undefined
  readonly limit: number
}

/** Items that a plan's books know, with what the lines up to a day and a revision add up to; a page at a time. */
export const itemsInPlan = async (
  db: Database,
  planNo: number,
  filter: BookedFilter,
): Promise<{ readonly items: readonly BookedItem[]; readonly next: string | null }> => {
  const wanted: SQL[] = [sql`i.id > ${Number(filter.after ?? 0)}::bigint`]
  if (filter.phaseNos) wanted.push(sql`b.phase_no in ${anyOf(filter.phaseNos, 'int')}`)
  if (filter.states) wanted.push(sql`b.booked_state in ${anyOf(filter.states)}`)
  if (filter.unestimated) wanted.push(sql`b.unestimated > 0`)
  wanted.push(...searchWords(filter.search))
  const found = await rows<BookedRow>(
    db,
    // Reversed lines are told by a window, not by a join: before its first ANALYZE a database would join in nested loops.
    sql`with lines as (
          select *, array_agg(reverses) filter (where reverses is not null) over (partition by subject) as reversed
          from postings where plan_no = ${planNo} and book = 0 and day <= ${filter.asOf}::date
            and revision <= ${filter.revision} and subject > ${Number(filter.after ?? 0)}::bigint),
        standing as (select * from lines where reverses is null and (reversed is null or seq <> all (reversed))),
        booked as (
          select subject, sum(items) as n, sum(doing) as doing, sum(done) as done, sum(dropped) as dropped,
            sum(unestimated) as unestimated, sum(size_micro)::text as size, sum(seconds) as seconds,
            sum(unrated_seconds) as unrated_seconds, sum(cost_micro)::text as cost,
            max(day) filter (where cause = 'added') as added_on,
            max(day) filter (where cause = 'started') as started_on,
            max(occurred_at) filter (where cause = 'completed' and done > 0) as done_at,
            (array_agg(cause order by occurred_at desc, seq desc) filter (where cause <> 'worked'))[1] as last_cause,
            (array_agg(phase_no order by occurred_at desc, (items > 0 or dropped > 0) desc, seq desc)
              filter (where cause <> 'worked'))[1] as phase_no
          from standing group by 1),
        b as (
          select *, case when done > 0 then 'done' when dropped > 0 then 'dropped' when doing > 0 then 'doing'
            when n > 0 then 'todo' else 'gone' end as booked_state
          from booked where last_cause is not null)
        select ${itemColumns}, b.phase_no, b.booked_state, b.last_cause, b.size, b.unestimated as unestimated_count,
          b.seconds, b.unrated_seconds, b.cost, b.added_on, b.started_on, b.done_at
        from b join items i on i.id = b.subject join sources s on s.no = i.source_no
        where ${sql.join(wanted, sql` and `)} order by i.id limit ${filter.limit + 1}`,
  )
  const items = found.slice(0, filter.limit).map(bookedOf)
  return { items, next: found.length > filter.limit ? String(items.at(-1)!.item.subject) : null }
}

/** Items of these sources that no rule of a plan takes now; a page at a time. */
export const itemsOutsidePlan = async (
  db: Database,
  planNo: number,
  filter: {
    readonly sources: readonly string[] | null
    readonly search?: string | undefined
    readonly after?: string | null | undefined
    readonly limit: number
  },
): Promise<{ readonly items: readonly StoredItem[]; readonly next: string | null }> => {
  const wanted: SQL[] = [
    sql`i.id > ${Number(filter.after ?? 0)}::bigint`,
    sql`i.presence = 'present'`,
    sql`s.removed_at is null`,
    sql`not exists (select 1 from plan_items p where p.plan_no = ${planNo} and p.subject = i.id)`,
  ]
  if (filter.sources) wanted.push(sql`s.id in ${anyOf(filter.sources)}`)
  wanted.push(...searchWords(filter.search))
  const found = await rows<StoredItemRow>(
    db,
    sql`select ${itemColumns} from items i join sources s on s.no = i.source_no
        where ${sql.join(wanted, sql` and `)} order by i.id limit ${filter.limit + 1}`,
  )
  const items = found.slice(0, filter.limit).map(itemOf)
  return { items, next: found.length > filter.limit ? String(items.at(-1)!.subject) : null }
}

type BookedRow = StoredItemRow & {
  readonly phase_no: number
  readonly booked_state: BookedState
  readonly last_cause: Cause
  readonly size: string
  readonly unestimated_count: number | string
  readonly seconds: number | string
  readonly unrated_seconds: number | string
  readonly cost: string
  readonly added_on: IsoDate | null
  readonly started_on: IsoDate | null
  readonly done_at: string | null
}

const bookedOf = (row: BookedRow): BookedItem => ({
  item: itemOf(row),
  phaseNo: row.phase_no,
  state: row.booked_state,
  lastCause: row.last_cause,
  size: BigInt(row.size),
  estimated: Number(row.unestimated_count) === 0,
  seconds: Number(row.seconds),
  unratedSeconds: Number(row.unrated_seconds),
  cost: BigInt(row.cost),
  addedOn: row.added_on,
  startedOn: row.started_on,
  doneAt: isoOrNull(row.done_at),
})
