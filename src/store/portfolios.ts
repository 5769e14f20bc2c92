import { sql } from 'drizzle-orm'
import type { Outcome } from './connections.ts'
import { type Database, firstRow, rows } from './database.ts'
import { toJson } from './json.ts'

export interface Portfolio {
  readonly id: string
  readonly name: string
  /** Ids of its plans, in the order shown. */
  readonly plans: readonly string[]
}

export const savePortfolio = async (db: Database, { id, name, plans }: Portfolio): Promise<Outcome> => {
  const saved = await firstRow<{ created: boolean }>(
    db,
    sql`insert into portfolios as p (id, name, plans) values (${id}, ${name}, ${toJson(plans)}::jsonb)
        on conflict (id) do update set name = excluded.name, plans = excluded.plans
        where (p.name, p.plans) is distinct from (excluded.name, excluded.plans)
        returning xmax = 0 as created`,
  )
  return saved === null ? 'same' : saved.created ? 'created' : 'changed'
}

export const findPortfolio = (db: Database, id: string): Promise<Portfolio | null> =>
  firstRow<Portfolio>(db, sql`select id, name, plans from portfolios where id = ${id}`)

export const listPortfolios = (db: Database): Promise<readonly Portfolio[]> =>
  rows<Portfolio>(db, sql`select id, name, plans from portfolios order by id`)

export const removePortfolio = async (db: Database, id: string): Promise<boolean> =>
  (await firstRow(db, sql`delete from portfolios where id = ${id} returning id`)) !== null
