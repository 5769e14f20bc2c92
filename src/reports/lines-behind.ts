import { moneyOf, sizeOf } from '../model/amounts.ts'
import type { Amounts, Posting } from '../model/posting.ts'
import type { Database } from '../store/database.ts'
import { type PostingFilter, pagePostings, sumBySubject } from '../store/explain-postings.ts'
import { loadItems } from '../store/items.ts'
import { type ExplainedLines, explainedLines } from './explained-lines.ts'
import type { OpenedPlan } from './load-books.ts'
import { phasesWithin } from './phases-within.ts'
import { planRows } from './plan-rows.ts'
import type { Explanation } from './shapes/explanation.ts'
import { type ValueUnit, valueUnitOf } from './value-unit.ts'

export interface LinesQuestion {
  readonly measure: string
  readonly phase?: string | undefined
  readonly after?: string | undefined
  readonly limit?: number | undefined
}

const PAGE = 100

const NO_LINES = { postings: [], postingsTotal: 0, next: null }

/** The lines that a measure is a sum of, a page of them, and what all of them add up to. */
export const linesBehind = async (
  tx: Database,
  opened: OpenedPlan,
  question: LinesQuestion,
  periodFrom: string,
): Promise<Pick<Explanation, 'postings' | 'postingsTotal' | 'next'>> => {
  const wanted = explainedLines(question.measure)
  const { plan, document, baseline, asOf, revision } = opened
  if (!wanted || (wanted.book === 'baseline' && !baseline)) return NO_LINES
  const rows = planRows(document, baseline).map(({ phase }) => phase)
  const phases = question.phase === undefined ? rows : phasesWithin(rows, question.phase)
  const filter: PostingFilter = {
    books: [wanted.book === 'work' ? 0 : baseline!.number],
    phaseNos: phases.map(({ no }) => no),
    from: wanted.inPeriod ? periodFrom : undefined,
    asOf,
    revision: revision.no,
    since: wanted.sinceBaseline && baseline ? { workDay: baseline.workDay, revision: baseline.revision } : undefined,
  }
  const page = await pagePostings(tx, plan.no, {
    ...filter,
    causes: wanted.causes,
    nonZero: wanted.amount,
    after: question.after,
    limit: question.limit ?? PAGE,
  })
  const toUnit = converter(wanted, document.currency, valueUnitOf(document, baseline))
  const counted = page.postings.filter((posting) => goesThere(wanted, posting))
  const items = await loadItems(tx, [...new Set(counted.map(({ subject }) => subject))])
  const names = new Map(rows.map(({ no, id }) => [no, id]))
  return {
    postings: counted.map((posting) => ({
      subject: posting.subject,
      key: items.get(posting.subject)?.key ?? 'entered',
      url: items.get(posting.subject)?.url ?? null,
      title: items.get(posting.subject)?.title ?? noteOf(opened, posting.subject),
      phase: names.get(posting.phaseNo) ?? String(posting.phaseNo),
      day: posting.day,
      cause: posting.cause,
      entry: posting.entry,
      book: posting.book,
      amount: toUnit(posting.amounts[wanted.amount]),
    })),
    postingsTotal: await totalOf(tx, plan.no, filter, wanted, toUnit),
    next: page.next,
  }
}

/** A line taken back counts where the line that it takes back did. */
const goesThere = ({ direction, causes }: ExplainedLines, { amounts, reverses }: Posting): boolean => {
  if (!direction || !causes?.includes('moved')) return true
  const brings = reverses === null ? amounts.size > 0n : amounts.size < 0n
  return brings === (direction === 'in')
}

const converter =
  ({ unit, direction }: ExplainedLines, currency: string | null, value: ValueUnit) =>
  (amount: Amounts[keyof Amounts]): number => {
    const sign = direction === 'out' ? -1 : 1
    if (unit === 'items') return sign * Number(amount)
    if (unit === 'hours') return (sign * Number(amount)) / 3600
    if (unit === 'size') return sign * sizeOf(BigInt(amount))
    return sign * (value.isMoney && currency !== null ? moneyOf(BigInt(amount), currency) : sizeOf(BigInt(amount)))
  }

const totalOf = async (
  tx: Database,
  planNo: number,
  filter: PostingFilter,
  wanted: ExplainedLines,
  toUnit: (amount: Amounts[keyof Amounts]) => number,
): Promise<number> => {
  if (!wanted.causes) {
    const sums = await sumBySubject(tx, planNo, filter)
    const total = sums.reduce((sum, { amounts }) => sum + BigInt(amounts[wanted.amount]), 0n)
    return toUnit(total)
  }
  let total = 0n
  for (let after: string | null = null; ; ) {
    const page = await pagePostings(tx, planNo, {
      ...filter,
      causes: wanted.causes,
      nonZero: wanted.amount,
      after,
      limit: 5_000,
    })
    for (const posting of page.postings) if (goesThere(wanted, posting)) total += BigInt(posting.amounts[wanted.amount])
    if (page.next === null) return toUnit(total)
    after = page.next
  }
}

const noteOf = ({ document }: OpenedPlan, subject: number): string => {
  for (const phase of document.phases)
    for (const actual of phase.actuals) if (actual.subject === subject) return actual.note ?? 'entered cost'
  return 'no longer known'
}
