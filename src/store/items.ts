import { sql } from 'drizzle-orm'
import type { IsoDate, IsoInstant } from '../model/time.ts'
import type { Account, Presence, Reference, WorkState } from '../model/work-item.ts'
import { type Database, rows } from './database.ts'
import { isoFromDatabase, isoOrNull } from './instant.ts'
import { anyOf, toJson } from './json.ts'

/** An item as it stands now: a projection of its facts. */
export interface ItemRow {
  /** Immutable id. */
  readonly externalId: string
  readonly key: string
  readonly url: string
  readonly title: string
  readonly type: string | null
  readonly state: WorkState
  /** The tracker's word for the state. */
  readonly status: string
  readonly points: number | null
  readonly estimateSeconds: number | null
  readonly loggedSeconds: number
  readonly milestones: readonly Reference[]
  readonly parent: Reference | null
  readonly labels: readonly string[]
  readonly components: readonly string[]
  readonly sprints: readonly string[]
  readonly assignees: readonly Account[]
  readonly due: IsoDate | null
  readonly presence: Presence
  readonly createdAt: IsoInstant
  readonly updatedAt: IsoInstant
  readonly closedAt: IsoInstant | null
  /** Begin of the newest pull that is stored. */
  readonly pulledAt: IsoInstant
  /** Rows of its history, retractions included. */
  readonly factCount: number
}

export interface StoredItem extends ItemRow {
  /** Its number in the ledger. */
  readonly subject: number
  readonly sourceNo: number
  readonly source: string
}

export interface LockedItem {
  readonly subject: number
  /** `null` = never stored before. */
  readonly pulledAt: IsoInstant | null
  readonly factCount: number
}

/**
 * Locks items until the transaction ends, so that two pulls of one item follow each other. An id that is not known yet
 * gets its row now, which `saveItems` must fill in the same transaction. Locks are taken in one order: no deadlocks.
 */
export const lockItems = async (
  tx: Database,
  sourceNo: number,
  externalIds: readonly string[],
): Promise<ReadonlyMap<string, LockedItem>> => {
  const ids = toJson([...new Set(externalIds)])
  await rows(
    tx,
    sql`insert into items (source_no, external_id, key, url, title, state, status, milestones, labels, components,
          sprints, assignees, presence, created_at, updated_at, pulled_at)
        select ${sourceNo}::int, id, '', '', '', 'todo', '', '[]', '[]', '[]', '[]', '[]', 'present', 'epoch',
          'epoch', '-infinity'
        from jsonb_array_elements_text(${ids}::jsonb) as wanted (id)
        where not exists (select 1 from items i where i.external_id = wanted.id and i.source_no = ${sourceNo}::int)
        order by id
        on conflict (external_id, source_no) do nothing`,
  )
  const locked = await rows<LockRow>(
    tx,
    sql`select id as subject, external_id, nullif(pulled_at, '-infinity') as pulled_at, fact_count from items
        where source_no = ${sourceNo}::int
          and external_id in (select value from jsonb_array_elements_text(${ids}::jsonb))
        order by id for update`,
  )
  return new Map(
    locked.map((row) => [
      row.external_id,
      { subject: row.subject, pulledAt: isoOrNull(row.pulled_at), factCount: row.fact_count },
    ]),
  )
}

/** Stores present rows, whether new or known. @returns subjects by external id */
export const saveItems = async (
  tx: Database,
  sourceNo: number,
  items: readonly ItemRow[],
): Promise<ReadonlyMap<string, number>> => {
  const saved = await rows<{ subject: number; external_id: string }>(
    tx,
    sql`insert into items as i (source_no, external_id, key, url, title, type, state, status, points, estimate_seconds,
          logged_seconds, milestones, parent_id, parent_key, labels, components, sprints, assignees, due, presence,
          created_at, updated_at, closed_at, pulled_at, fact_count)
        select ${sourceNo}::int, "externalId", key, url, title, type, state, status, points, "estimateSeconds",
          "loggedSeconds", milestones, parent ->> 'id', parent ->> 'key', labels, components, sprints, assignees, due,
          presence, "createdAt", "updatedAt", "closedAt", "pulledAt", "factCount"
        from json_to_recordset(${toJson(items)}::json) as r ("externalId" text, key text, url text, title text,
          type text, state text, status text, points text, "estimateSeconds" int, "loggedSeconds" int,
          milestones jsonb, parent jsonb, labels jsonb, components jsonb, sprints jsonb, assignees jsonb, due date,
          presence text, "createdAt" timestamptz, "updatedAt" timestamptz, "closedAt" timestamptz,
          "pulledAt" timestamptz, "factCount" int)
        order by "externalId"
        on conflict (external_id, source_no) do update set key = excluded.key, url = excluded.url,
          title = excluded.title, type = excluded.type, state = excluded.state, status = excluded.status,
          points = excluded.points, estimate_seconds = excluded.estimate_seconds,
          logged_seconds = excluded.logged_seconds, milestones = excluded.milestones,
          parent_id = excluded.parent_id, parent_key = excluded.parent_key, labels = excluded.labels,
          components = excluded.components, sprints = excluded.sprints, assignees = excluded.assignees,
          due = excluded.due, presence = excluded.presence, created_at = excluded.created_at,
          updated_at = excluded.updated_at, closed_at = excluded.closed_at,
          pulled_at = greatest(i.pulled_at, excluded.pulled_at), fact_count = excluded.fact_count
        returning id as subject, external_id`,
  )
  return new Map(saved.map((row) => [row.external_id, row.subject]))
}

/** Items by subject; subjects that are no items are not in the map. */
export const loadItems = async (
  db: Database,
  subjects: readonly number[],
): Promise<ReadonlyMap<number, StoredItem>> => {
  if (subjects.length === 0) return new Map()
  const found = await rows<StoredItemRow>(
    db,
    sql`select ${itemColumns} from items i join sources s on s.no = i.source_no
        where i.id in ${anyOf(subjects, 'bigint')} and i.pulled_at > '-infinity' order by i.id`,
  )
  return new Map(found.map((row) => [row.subject, itemOf(row)]))
}

/** What mapping rules and relatives know an item by. */
export type NamedItem = Pick<StoredItem, 'subject' | 'source' | 'externalId' | 'key'>

/** The names of items by subject; subjects that are no items are not in the map. */
export const nameItems = async (db: Database, subjects: readonly number[]): Promise<ReadonlyMap<number, NamedItem>> => {
  if (subjects.length === 0) return new Map()
  const found = await rows<NamedItem>(
    db,
    sql`select i.id as subject, s.id as source, i.external_id as "externalId", i.key
        from items i join sources s on s.no = i.source_no
        where i.id in ${anyOf(subjects, 'bigint')} and i.pulled_at > '-infinity' order by i.id`,
  )
  return new Map(found.map((item) => [item.subject, item]))
}

/** What reading an item takes, for `from items i join sources s`. */
export const itemColumns = sql.raw(
  `i.id as subject, i.source_no, s.id as source, i.external_id, i.key, i.url, i.title, i.type, i.state, i.status,
   i.points, i.estimate_seconds, i.logged_seconds, i.milestones, i.parent_id, i.parent_key, i.labels, i.components,
   i.sprints, i.assignees, i.due, i.presence, i.created_at, i.updated_at, i.closed_at, i.pulled_at, i.fact_count`,
)

export interface StoredItemRow {
  readonly subject: number
  readonly source_no: number
  readonly source: string
  readonly external_id: string
  readonly key: string
  readonly url: string
  readonly title: string
  readonly type: string | null
  readonly state: WorkState
  readonly status: string
  readonly points: string | null
  readonly estimate_seconds: number | null
  readonly logged_seconds: number
  readonly milestones: readonly Reference[]
  readonly parent_id: string | null
  readonly parent_key: string | null
  readonly labels: readonly string[]
  readonly components: readonly string[]
  readonly sprints: readonly string[]
  readonly assignees: readonly Account[]
  readonly due: IsoDate | null
  readonly presence: Presence
  readonly created_at: string
  readonly updated_at: string
  readonly closed_at: string | null
  readonly pulled_at: string
  readonly fact_count: number
}

export const itemOf = (row: StoredItemRow): StoredItem => ({
  subject: row.subject,
  sourceNo: row.source_no,
  source: row.source,
  externalId: row.external_id,
  key: row.key,
  url: row.url,
  title: row.title,
  type: row.type,
  state: row.state,
  status: row.status,
  points: row.points === null ? null : Number(row.points),
  estimateSeconds: row.estimate_seconds,
  loggedSeconds: row.logged_seconds,
  milestones: row.milestones,
  parent: row.parent_id === null ? null : { id: row.parent_id, key: row.parent_key ?? '' },
  labels: row.labels,
  components: row.components,
  sprints: row.sprints,
  assignees: row.assignees,
  due: row.due,
  presence: row.presence,
  createdAt: isoFromDatabase(row.created_at),
  updatedAt: isoFromDatabase(row.updated_at),
  closedAt: isoOrNull(row.closed_at),
  pulledAt: isoFromDatabase(row.pulled_at),
  factCount: row.fact_count,
})

interface LockRow {
  readonly subject: number
  readonly external_id: string
  readonly pulled_at: string | null
  readonly fact_count: number
}
