import { sql } from 'drizzle-orm'
import type { Micro } from '../model/amounts.ts'
import type { IsoDate } from '../model/time.ts'
import { type BalanceQuery, knownAmounts } from './balances.ts'
import { type Database, rows } from './database.ts'

/** When work in a phase began and last moved, and what was done lately. */
export interface PhaseActivity {
  /** First day on which an item was started or done there. */
  readonly firstStart: IsoDate | null
  /** Last day on which an item was done there. */
  readonly lastDone: IsoDate | null
  /** Since the window began: net size done, and completions less reopenings. */
  readonly windowDone: Micro
  readonly windowCompletions: number
}

export const NO_ACTIVITY: PhaseActivity = { firstStart: null, lastDone: null, windowDone: 0n, windowCompletions: 0 }

/** Activity per phase number, up to a day and as known at a revision. */
export const readPhaseActivity = async (
  db: Database,
  planNo: number,
  query: Omit<BalanceQuery, 'books'> & { readonly windowFrom: IsoDate },
): Promise<ReadonlyMap<number, PhaseActivity>> => {
  const found = await rows<ActivityRow>(
    db,
    sql`select phase_no,
          min(day) filter (where doing > 0 or done > 0) as first_start,
          max(day) filter (where completed > 0) as last_done,
          coalesce(sum(done_micro) filter (where day >= ${query.windowFrom}::date), 0)::text as window_done,
          coalesce(sum(completed - reopened) filter (where day >= ${query.windowFrom}::date), 0)::int as window_completions
        from (select phase_no, day, sum(doing) as doing, sum(done) as done, sum(completed) as completed,
                sum(reopened) as reopened, sum(done_micro) as done_micro
              from (${knownAmounts(planNo, { ...query, books: [0] })}) k group by 1, 2) d
        group by 1`,
  )
  return new Map(
    found.map((row) => [
      row.phase_no,
      {
        firstStart: row.first_start,
        lastDone: row.last_done,
        windowDone: BigInt(row.window_done),
        windowCompletions: Number(row.window_completions),
      },
    ]),
  )
}

interface ActivityRow {
  readonly phase_no: number
  readonly first_start: IsoDate | null
  readonly last_done: IsoDate | null
  readonly window_done: string
  readonly window_completions: number
}
