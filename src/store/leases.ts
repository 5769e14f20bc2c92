import { sql } from 'drizzle-orm'
import type { FaultKind } from '../model/fault.ts'
import type { Cursor, Quota } from '../model/source.ts'
import type { IsoInstant } from '../model/time.ts'
import { type Database, firstRow, rows } from './database.ts'
import { jsonb } from './json.ts'
import { type SourceRow, type StoredSource, sourceOf } from './sources.ts'

export interface LeaseTerms {
  /** Names the process that takes it. */
  readonly worker: string
  readonly now: IsoInstant
  /** The lease ends by itself then. */
  readonly until: IsoInstant
}

/** How a pull of a source ended. */
export type Released =
  | {
      readonly result: 'done'
      readonly at: IsoInstant
      readonly cursor: Cursor | null
      /** Whether it brought anything new. */
      readonly changed: boolean
      /** Whether everything has now been read once. */
      readonly backfilled: boolean
      readonly calls: number
      readonly quota: Quota | null
    }
  | {
      readonly result: 'failed'
      readonly at: IsoInstant
      readonly error: string
      readonly errorKind: FaultKind
      readonly nextAttemptAt: IsoInstant
      readonly calls: number
      readonly quota: Quota | null
    }

/**
 * Takes sources whose poll is due, longest waiting first; no two workers get the same one.
 *
 * @param pollSeconds a source is due so long after its last finished poll, or at its next attempt after a failure
 */
export const leaseDueSources = async (
  db: Database,
  { worker, now, until, pollSeconds, limit }: LeaseTerms & { readonly pollSeconds: number; readonly limit: number },
): Promise<readonly StoredSource[]> => {
  const found = await rows<SourceRow>(
    db,
    sql`with due as (
          select no from sources
          where removed_at is null and (leased_until is null or leased_until <= ${now}::timestamptz)
            and case when next_attempt_at is not null then next_attempt_at <= ${now}::timestamptz
                else last_poll_at is null
                  or last_poll_at <= ${now}::timestamptz - make_interval(secs => ${pollSeconds}::float8) end
          order by last_poll_at nulls first, no limit ${limit} for update skip locked)
        update sources s set leased_by = ${worker}, leased_until = ${until} from due where s.no = due.no returning s.*`,
  )
  return found.map(sourceOf)
}

/** Takes one source, due or not. `null` = another worker holds it, or there is none with this id. */
export const leaseSource = async (
  db: Database,
  id: string,
  { worker, now, until }: LeaseTerms,
): Promise<StoredSource | null> => {
  const row = await firstRow<SourceRow>(
    db,
    sql`with free as (
          select no from sources
          where id = ${id} and removed_at is null and (leased_until is null or leased_until <= ${now}::timestamptz)
          for update skip locked)
        update sources s set leased_by = ${worker}, leased_until = ${until} from free where s.no = free.no returning s.*`,
  )
  return row && sourceOf(row)
}

/** @returns false when the lease has gone to another worker: stop and store nothing more */
export const renewLease = async (
  db: Database,
  no: number,
  { worker, until }: Pick<LeaseTerms, 'worker' | 'until'>,
): Promise<boolean> =>
  (await firstRow(
    db,
    sql`update sources set leased_until = ${until} where no = ${no} and leased_by = ${worker} returning no`,
  )) !== null

/**
 * Everything up to this cursor is stored: a later pull goes on from here. Renews the lease.
 *
 * @param terms.itemsSeen how many more items were seen
 * @returns false when the lease has gone to another worker
 */
export const saveCursor = async (
  db: Database,
  no: number,
  terms: Pick<LeaseTerms, 'worker' | 'until'> & { readonly cursor: Cursor; readonly itemsSeen: number },
): Promise<boolean> =>
  (await firstRow(
    db,
    sql`update sources set cursor = ${jsonb(terms.cursor)}, items_seen = items_seen + ${terms.itemsSeen}::int,
          leased_until = ${terms.until}
        where no = ${no} and leased_by = ${terms.worker} returning no`,
  )) !== null

/** Gives a source back. @returns false when the lease has gone to another worker, whose word then counts */
export const releaseSource = async (db: Database, no: number, worker: string, outcome: Released): Promise<boolean> => {
  const { at, calls, quota } = outcome
  const result =
    outcome.result === 'done'
      ? sql`cursor = ${jsonb(outcome.cursor)}, last_poll_at = ${at}, next_attempt_at = null, failures = 0,
            last_error = null, last_error_kind = null,
            last_change_at = case when ${outcome.changed} then ${at}::timestamptz else last_change_at end,
            backfilled_at = case when ${outcome.backfilled} then coalesce(backfilled_at, ${at}) else backfilled_at end`
      : sql`last_error = ${outcome.error}, last_error_kind = ${outcome.errorKind}, failures = failures + 1,
            next_attempt_at = ${outcome.nextAttemptAt}`
  const released = await firstRow(
    db,
    sql`update sources set ${result}, calls = calls + ${calls}::int, quota = coalesce(${jsonb(quota)}, quota),
          leased_by = null, leased_until = null
        where no = ${no} and leased_by = ${worker} returning no`,
  )
  return released !== null
}
