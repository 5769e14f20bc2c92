import { sql } from 'drizzle-orm'
import type { Amounts, Cause, Entry, Posting } from '../model/posting.ts'
import type { IsoDate } from '../model/time.ts'
import { addToBalances, addToHistory } from './balances.ts'
import { type Database, rows } from './database.ts'
import { isoFromDatabase } from './instant.ts'
import { anyOf, pieces, toJson } from './json.ts'

const PIECE = 2000

/**
 * Appends lines to the ledger and their sums to the balances, in one statement a piece: neither goes without the other.
 *
 * @param reserved the lines belong to a large settle that is not published yet: only the history gets their sums
 * @throws a duplicate-key error when a line has the (subject, seq) of one that is there
 */
export const insertPostings = async (
  tx: Database,
  planNo: number,
  postings: readonly Posting[],
  { reserved = false }: { readonly reserved?: boolean } = {},
): Promise<void> => {
  const balances = reserved ? sql`` : sql`, present as (${addToBalances(sql`lines`)})`
  for (const piece of pieces(postings, PIECE)) {
    const records = piece.map(({ amounts, ...line }) => ({ ...line, ...amounts }))
    await rows(
      tx,
      sql`with lines as (
            insert into postings (plan_no, subject, seq, revision, epoch, book, phase_no, day, occurred_at, cause, entry,
              fact_key, reverses, resource_no, items, doing, done, dropped, unestimated, size_micro, done_micro,
              outside_micro, cost_micro, earned_micro, seconds, unrated_seconds)
            select ${planNo}::int, subject, seq, revision, epoch, book, "phaseNo", day, "occurredAt", cause, entry,
              "factKey", reverses, "resourceNo", items, doing, done, dropped, unestimated, size, "doneSize", outside,
              cost, earned, seconds, "unratedSeconds"
            from json_to_recordset(${toJson(records)}::json) as r (subject bigint, seq int, revision int, epoch int,
              book smallint, "phaseNo" int, day date, "occurredAt" timestamptz, cause text, entry text, "factKey" text,
              reverses int, "resourceNo" int, items int, doing int, done int, dropped int, unestimated int, size bigint,
              "doneSize" bigint, outside bigint, cost bigint, earned bigint, seconds int, "unratedSeconds" int)
            returning *),
          history as (${addToHistory(sql`lines`)})${balances}
          select count(*) from lines`,
    )
  }
}

/**
 * All lines of subjects in the order in which they were written.
 *
 * @param revision only lines up to it
 * @returns an entry for every subject asked for
 */
export const linesOf = async (
  db: Database,
  planNo: number,
  subjects: readonly number[],
  { revision }: { readonly revision?: number | undefined } = {},
): Promise<ReadonlyMap<number, readonly Posting[]>> => {
  const lines = new Map<number, Posting[]>(subjects.map((subject) => [subject, []]))
  const found = await rows<PostingRow>(
    db,
    sql`select * from postings
        where plan_no = ${planNo} and subject in ${anyOf(subjects, 'bigint')}
          and revision <= coalesce(${revision ?? null}::int, 2147483647)
        order by subject, seq`,
  )
  for (const row of found) lines.get(row.subject)!.push(postingOf(row))
  return lines
}

export interface NetLines {
  /** Lines that nothing takes back, and that take nothing back. */
  readonly net: readonly Posting[]
  /** The number of the subject's next line. */
  readonly nextSeq: number
}

/** What a subject's lines come to. @returns an entry for every subject asked for */
export const netLinesOf = async (
  db: Database,
  planNo: number,
  subjects: readonly number[],
): Promise<ReadonlyMap<number, NetLines>> => {
  const all = await linesOf(db, planNo, subjects)
  return new Map(
    [...all].map(([subject, lines]) => {
      const reversed = new Set(lines.map((line) => line.reverses))
      const net = lines.filter((line) => line.reverses === null && !reversed.has(line.seq))
      return [subject, { net, nextSeq: (lines.at(-1)?.seq ?? 0) + 1 }]
    }),
  )
}

/** Every subject that has lines in a plan, ascending. */
export const subjectsWithLines = async (db: Database, planNo: number): Promise<readonly number[]> => {
  const found = await rows<{ subject: number }>(
    db,
    sql`select distinct subject from postings where plan_no = ${planNo} order by subject`,
  )
  return found.map(({ subject }) => subject)
}

export interface PostingRow {
  readonly subject: number
  readonly seq: number
  readonly revision: number
  readonly epoch: number
  readonly book: number
  readonly phase_no: number
  readonly day: IsoDate
  readonly occurred_at: string
  readonly cause: Cause
  readonly entry: Entry
  readonly fact_key: string | null
  readonly reverses: number | null
  readonly resource_no: number | null
  readonly items: number
  readonly doing: number
  readonly done: number
  readonly dropped: number
  readonly unestimated: number
  readonly size_micro: number | bigint
  readonly done_micro: number | bigint
  readonly outside_micro: number | bigint
  readonly cost_micro: number | bigint
  readonly earned_micro: number | bigint
  readonly seconds: number
  readonly unrated_seconds: number
}

export const postingOf = (row: PostingRow): Posting => ({
  subject: row.subject,
  seq: row.seq,
  revision: row.revision,
  epoch: row.epoch,
  book: row.book,
  phaseNo: row.phase_no,
  day: row.day,
  occurredAt: isoFromDatabase(row.occurred_at),
  cause: row.cause,
  entry: row.entry,
  factKey: row.fact_key,
  reverses: row.reverses,
  resourceNo: row.resource_no,
  amounts: amountsOf(row),
})

/** Columns of `postings` → amounts; all of them exact. */
export const amountsOf = (row: Omit<PostingRow, 'day'> | AmountRow): Amounts => ({
  items: Number(row.items),
  doing: Number(row.doing),
  done: Number(row.done),
  dropped: Number(row.dropped),
  unestimated: Number(row.unestimated),
  size: BigInt(row.size_micro),
  doneSize: BigInt(row.done_micro),
  outside: BigInt(row.outside_micro),
  cost: BigInt(row.cost_micro),
  earned: BigInt(row.earned_micro),
  seconds: Number(row.seconds),
  unratedSeconds: Number(row.unrated_seconds),
})

/** Sums come as text where they do not fit a number. */
export type AmountRow = Readonly<Record<AmountColumn, number | bigint | string>>

export type AmountColumn = (typeof AMOUNT_COLUMNS)[keyof Amounts]

export const AMOUNT_COLUMNS = {
  items: 'items',
  doing: 'doing',
  done: 'done',
  dropped: 'dropped',
  unestimated: 'unestimated',
  size: 'size_micro',
  doneSize: 'done_micro',
  outside: 'outside_micro',
  cost: 'cost_micro',
  earned: 'earned_micro',
  seconds: 'seconds',
  unratedSeconds: 'unrated_seconds',
} as const satisfies Readonly<Record<keyof Amounts, string>>
