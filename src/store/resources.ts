import { sql } from 'drizzle-orm'
import type { Resource } from '../model/resource.ts'
import type { IsoInstant } from '../model/time.ts'
import { type Database, rows } from './database.ts'
import { anyOf, toJson } from './json.ts'

/** Stores resources; those known keep their number, removed ones come back. @returns numbers by id */
export const saveResources = async (
  db: Database,
  resources: readonly Omit<Resource, 'no'>[],
): Promise<ReadonlyMap<string, number>> => {
  const saved = await rows<{ id: string; no: number }>(
    db,
    sql`insert into resources (id, name, kind, rates, capacity_hours_per_day, accounts)
        select id, name, kind, rates, "capacityHoursPerDay", accounts
        from jsonb_to_recordset(${toJson(resources)}::jsonb) as r (id text, name text, kind text, rates jsonb,
          "capacityHoursPerDay" text, accounts jsonb)
        order by id
        on conflict (id) do update set name = excluded.name, kind = excluded.kind, rates = excluded.rates,
          capacity_hours_per_day = excluded.capacity_hours_per_day, accounts = excluded.accounts, removed_at = null
        returning id, no`,
  )
  return new Map(saved.map(({ id, no }) => [id, no]))
}

export const listResources = async (db: Database): Promise<readonly Resource[]> => {
  const found = await rows<Row>(
    db,
    sql`select no, id, name, kind, rates, capacity_hours_per_day, accounts from resources
        where removed_at is null order by id`,
  )
  return found.map(({ capacity_hours_per_day: capacity, ...resource }) => ({
    ...resource,
    capacityHoursPerDay: capacity === null ? null : Number(capacity),
  }))
}

/** Takes them off the list; the ledger's lines keep their numbers. */
export const removeResources = async (db: Database, ids: readonly string[], now: IsoInstant): Promise<void> => {
  await rows(db, sql`update resources set removed_at = ${now} where id in ${anyOf(ids)} and removed_at is null`)
}

interface Row extends Omit<Resource, 'capacityHoursPerDay'> {
  readonly capacity_hours_per_day: string | null
}
