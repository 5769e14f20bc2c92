import { type SQL, sql } from 'drizzle-orm'
import { type BalanceAmounts, type Entry, NO_BALANCE } from '../model/posting.ts'
import type { IsoDate } from '../model/time.ts'
import {
  addAmounts,
  amountColumns,
  balanceOf,
  lineAmounts,
  sameAmounts,
  sumOfAmounts,
  sumOfEarlyAmounts,
  sumOfLines,
} from './balance-columns.ts'
import { type Database, rows } from './database.ts'
import { anyOf } from './json.ts'
import type { Revision } from './revisions.ts'

export interface BalanceQuery {
  /** 0 = the work; N = what baseline N lets it earn. */
  readonly books: readonly number[]
  /** The last day that counts. */
  readonly asOf: IsoDate
  /** What was known: as `revisionAt` gave it in the same snapshot. */
  readonly revision: Pick<Revision, 'no' | 'epoch' | 'current'>
}

export interface PhaseBalance {
  readonly book: number
  readonly phaseNo: number
  readonly total: BalanceAmounts
  /** Of the days before `from`; zeros without it. */
  readonly before: BalanceAmounts
}

export interface DayAmounts {
  readonly book: number
  readonly phaseNo: number
  readonly day: IsoDate
  readonly amounts: BalanceAmounts
}

/** Sums per phase up to a day, as known at a revision; phases without lines are left out. */
export const readBalances = async (
  db: Database,
  planNo: number,
  query: BalanceQuery & { readonly from?: IsoDate | undefined },
): Promise<readonly PhaseBalance[]> => {
  const { from } = query
  const early = from === undefined ? sql`` : sql`, ${sumOfEarlyAmounts}`
  const found = await rows<Row>(
    db,
    sql`select book, phase_no, ${sumOfAmounts}${early}
        from (select *, day < ${from ?? null}::date as early from (${knownAmounts(planNo, query)}) k) x
        group by 1, 2 order by 1, 2`,
  )
  return found.map((row) => ({
    book: row.book,
    phaseNo: row.phase_no,
    total: balanceOf(row),
    before: from === undefined ? NO_BALANCE : balanceOf(row, 'before_'),
  }))
}

/** The same by day, for curves: what each day added. */
export const readDailyBalances = async (
  db: Database,
  planNo: number,
  query: BalanceQuery,
): Promise<readonly DayAmounts[]> => {
  const found = await rows<Row>(
    db,
    sql`select book, phase_no, day, ${sumOfAmounts} from (${knownAmounts(planNo, query)}) x group by 1, 2, 3 order by 1, 2, 3`,
  )
  return found.map((row) => ({ book: row.book, phaseNo: row.phase_no, day: row.day, amounts: balanceOf(row) }))
}

/** Rows to be summed: those of now, or the history of earlier epochs with the lines of the revision's own epoch. */
export const knownAmounts = (planNo: number, { books, asOf, revision }: BalanceQuery): SQL => {
  const wanted = sql`plan_no = ${planNo} and book in ${anyOf(books, 'int')} and day <= ${asOf}::date`
  if (revision.current) return sql`select book, phase_no, day, ${amountColumns} from balances where ${wanted}`
  return sql`
    select book, phase_no, day, ${amountColumns} from balance_history where ${wanted} and epoch < ${revision.epoch}
    union all
    select book, phase_no, day, ${lineAmounts} from postings
    where ${wanted} and revision <= ${revision.no} and revision >= (
      select min(no) from revisions where plan_no = ${planNo} and epoch = ${revision.epoch})`
}

/** Sums of `lines`, a relation with the columns of `postings`, added to `balances`. */
export const addToBalances = (lines: SQL): SQL => sql`
  insert into balances as t (plan_no, book, phase_no, day, ${amountColumns})
  select plan_no, book, phase_no, day, ${sumOfLines} from ${lines} group by 1, 2, 3, 4
  on conflict (plan_no, book, phase_no, day) do update set ${addAmounts}`

/** Sums of `lines` added to `balance_history`. */
export const addToHistory = (lines: SQL): SQL => sql`
  insert into balance_history as t (plan_no, book, phase_no, day, epoch, entry, ${amountColumns})
  select plan_no, book, phase_no, day, epoch, entry, ${sumOfLines} from ${lines} group by 1, 2, 3, 4, 5, 6
  on conflict (plan_no, book, phase_no, day, epoch, entry) do update set ${addAmounts}`

/** Adds what a large settle wrote in an epoch of its own to what is known now. */
export const publishBalances = async (tx: Database, planNo: number, epoch: number): Promise<void> => {
  await rows(
    tx,
    sql`insert into balances as t (plan_no, book, phase_no, day, ${amountColumns})
        select plan_no, book, phase_no, day, ${sumOfAmounts} from balance_history
        where plan_no = ${planNo} and epoch = ${epoch} group by 1, 2, 3, 4
        on conflict (plan_no, book, phase_no, day) do update set ${addAmounts}`,
  )
}

/** Makes both tables again from the lines. Under the head's lock. */
export const rebuildBalances = async (tx: Database, planNo: number): Promise<void> => {
  await rows(tx, sql`delete from balances where plan_no = ${planNo}`)
  await rows(tx, sql`delete from balance_history where plan_no = ${planNo}`)
  await rows(tx, addToBalances(sql`(${publishedLines(planNo)}) lines`))
  await rows(tx, addToHistory(sql`(select * from postings where plan_no = ${planNo}) lines`))
}

export interface BalanceDifference {
  readonly table: 'balances' | 'balance_history'
  readonly book: number
  readonly phaseNo: number
  readonly day: IsoDate
  readonly epoch: number | null
  readonly entry: Entry | null
}

/** Rows of both tables that differ from what the lines say: empty when all is well. */
export const compareBalances = async (db: Database, planNo: number): Promise<readonly BalanceDifference[]> => {
  const found = await rows<DifferenceRow>(
    db,
    sql`select 'balances' as "table", book, phase_no, day, null as epoch, null as entry
        from (select book, phase_no, day, ${sumOfAmounts}
              from (select book, phase_no, day, ${lineAmounts} from (${publishedLines(planNo)}) l) w
              group by 1, 2, 3) wanted
          full join (select * from balances where plan_no = ${planNo}) held using (book, phase_no, day)
        where ${sameAmounts('wanted', 'held')} is not true
        union all
        select 'balance_history', book, phase_no, day, epoch, entry
        from (select book, phase_no, day, epoch, entry, ${sumOfAmounts}
              from (select book, phase_no, day, epoch, entry, ${lineAmounts} from postings where plan_no = ${planNo}) w
              group by 1, 2, 3, 4, 5) wanted
          full join (select * from balance_history where plan_no = ${planNo}) held
            using (book, phase_no, day, epoch, entry)
        where ${sameAmounts('wanted', 'held')} is not true
        order by 1, 2, 3, 4`,
  )
  return found.map(({ phase_no, ...difference }) => ({ ...difference, phaseNo: phase_no }))
}

const publishedLines = (planNo: number): SQL =>
  sql`select * from postings
      where plan_no = ${planNo} and revision <= (select revision from plan_heads where plan_no = ${planNo})`

type Row = Readonly<Record<string, unknown>> & {
  readonly book: number
  readonly phase_no: number
  readonly day: IsoDate
}

type DifferenceRow = Omit<BalanceDifference, 'phaseNo'> & { readonly phase_no: number }
