import { type SQL, sql } from 'drizzle-orm'
import type { Amounts, Cause, Posting } from '../model/posting.ts'
import type { IsoDate } from '../model/time.ts'
import { type Database, rows } from './database.ts'
import { anyOf } from './json.ts'
import { AMOUNT_COLUMNS, type AmountRow, type PostingRow, amountsOf, postingOf } from './postings.ts'

export interface PostingFilter {
  readonly books: readonly number[]
  readonly phaseNos?: readonly number[] | undefined
  /** The first and the last day that count. */
  readonly from?: IsoDate | undefined
  readonly asOf: IsoDate
  /** Lines up to this revision, which must be published. */
  readonly revision: number
  /** Without what a freeze had counted: lines of its work day or before that were known at its revision. */
  readonly since?: { readonly workDay: IsoDate; readonly revision: number } | undefined
}

/** The lines behind a number, by day, subject and seq, a page at a time. `next: null` = that was the last. */
export const pagePostings = async (
  db: Database,
  planNo: number,
  filter: PostingFilter & {
    readonly causes?: readonly Cause[] | undefined
    /** Only lines in which this amount is not zero. */
    readonly nonZero?: keyof Amounts | undefined
    readonly after?: string | null | undefined
    readonly limit: number
  },
): Promise<{ readonly postings: readonly Posting[]; readonly next: string | null }> => {
  const where = [...conditions(planNo, filter)]
  if (filter.causes) where.push(sql`cause in ${anyOf(filter.causes)}`)
  if (filter.nonZero) where.push(sql`${sql.identifier(AMOUNT_COLUMNS[filter.nonZero])} <> 0`)
  const [day, subject, seq] = filter.after?.split('.') ?? []
  if (day) where.push(sql`(day, subject, seq) > (${day}::date, ${subject}::bigint, ${seq}::int)`)
  const found = await rows<PostingRow>(
    db,
    sql`select * from postings where ${sql.join(where, sql` and `)}
        order by day, subject, seq limit ${filter.limit + 1}`,
  )
  const postings = found.slice(0, filter.limit).map(postingOf)
  const last = postings.at(-1)
  return { postings, next: found.length > filter.limit && last ? `${last.day}.${last.subject}.${last.seq}` : null }
}

export interface SubjectSum {
  readonly subject: number
  readonly book: number
  readonly phaseNo: number
  readonly amounts: Amounts
}

/**
 * What each subject adds to each phase: an explanation by item.
 *
 * @param filter.after only subjects above this number
 * @param filter.limit of subjects, not of rows
 */
export const sumBySubject = async (
  db: Database,
  planNo: number,
  filter: PostingFilter & {
    readonly subjects?: readonly number[] | undefined
    readonly after?: number | undefined
    readonly limit?: number | undefined
  },
): Promise<readonly SubjectSum[]> => {
  const where = [...conditions(planNo, filter)]
  if (filter.subjects) where.push(sql`subject in ${anyOf(filter.subjects, 'bigint')}`)
  if (filter.after !== undefined) where.push(sql`subject > ${filter.after}::bigint`)
  const all = sql.join(where, sql` and `)
  const page =
    filter.limit === undefined
      ? sql``
      : sql` and subject in (select distinct subject from postings where ${all} order by subject limit ${filter.limit})`
  const found = await rows<AmountRow & { subject: number; book: number; phase_no: number }>(
    db,
    sql`select subject, book, phase_no, ${sums} from postings where ${all}${page} group by 1, 2, 3 order by 1, 2, 3`,
  )
  return found.map((row) => ({
    subject: row.subject,
    book: row.book,
    phaseNo: row.phase_no,
    amounts: amountsOf(row),
  }))
}

const sums = sql.raw(
  Object.values(AMOUNT_COLUMNS)
    .map((column) => `sum(${column}) as ${column}`)
    .join(', '),
)

const conditions = (
  planNo: number,
  { books, phaseNos, from, asOf, revision, since }: PostingFilter,
): readonly SQL[] => [
  sql`plan_no = ${planNo}`,
  sql`book in ${anyOf(books, 'int')}`,
  sql`day <= ${asOf}::date`,
  sql`revision <= ${revision}`,
  ...(from === undefined ? [] : [sql`day >= ${from}::date`]),
  ...(since === undefined ? [] : [sql`not (day <= ${since.workDay}::date and revision <= ${since.revision})`]),
  ...(phaseNos === undefined ? [] : [sql`phase_no in ${anyOf(phaseNos, 'int')}`]),
]
