import { measureOf } from '../measures/catalogue.ts'
import { moneyOf, sizeOf } from '../model/amounts.ts'
import { Fault } from '../model/fault.ts'
import type { Amounts, Posting } from '../model/posting.ts'
import type { Reason } from '../model/reason.ts'
import { plannedValueOn } from '../measures/planned-value.ts'
import { type Database, type Store, snapshot } from '../store/database.ts'
import { type PostingFilter, pagePostings, sumBySubject } from '../store/explain-postings.ts'
import { loadItems } from '../store/items.ts'
import { explainedInputs, isAdditive } from './explained-inputs.ts'
import { type ExplainedLines, explainedLines } from './explained-lines.ts'
import type { OpenedPlan } from './load-books.ts'
import { phasesWithin } from './phases-within.ts'
import { type VarianceQuestion, readVariance } from './plan-variance.ts'
import { planRows } from './plan-rows.ts'
import type { Explanation } from './shapes/explanation.ts'
import type { PlanVariance, PlanVarianceRow } from './shapes/plan-variance.ts'
import { type ValueUnit, valueUnitOf } from './value-unit.ts'

export interface ExplainQuestion extends VarianceQuestion {
  /** Key path in the report, e.g. `costPerformanceIndex`, `scope.added`, `current.earnedValue`. */
  readonly measure: string
  /** Left out: the plan's total. */
  readonly phase?: string | undefined
  readonly after?: string | undefined
  readonly limit?: number | undefined
}

const PAGE = 100

/**
 * How a number of the variance report came about: formula, inputs, baseline rows and the lines of the ledger behind it.
 *
 * @throws Fault notFound for a phase or measure that does not exist
 */
export const explainMeasure = (store: Store, question: ExplainQuestion): Promise<Explanation> =>
  snapshot(store.db, async (tx) => {
    const { report, opened } = await readVariance(tx, question)
    const row = rowOf(report, question.phase)
    const entry = measureOf(question.measure)
    const value = valueAt(row, question.measure)
    if (!entry || value === undefined)
      throw new Fault(
        'notFound',
        `reports: no measure is named ${question.measure}: use a key of the report, e.g. earnedValue or scope.added`,
      )
    const inputs = inputsOf(report, row, question)
    const lines = await linesBehind(tx, opened, question, report)
    return {
      plan: report.plan,
      phase: question.phase ?? null,
      measure: question.measure,
      name: `${entry.name}${entry.symbol === entry.name ? '' : ` (${entry.symbol})`}${isOfPeriod(question) ? ` in the ${report.period.kind} from ${report.period.from}` : ''}`,
      asOf: report.asOf,
      knownAt: report.knownAt,
      revision: report.revision,
      baseline: report.baseline?.number ?? null,
      value: typeof value === 'number' ? value : null,
      text: typeof value === 'string' ? value : typeof value === 'boolean' ? (value ? 'yes' : 'no') : null,
      unit: unitOf(entry.unit, report),
      undefinedBecause: reasonFor(row, question.measure),
      words: entry.words,
      formula: withNumbers(entry.symbol, entry.formula, inputs, value),
      good: GOOD[entry.good],
      source: entry.source,
      inputs: inputs.map(({ symbol: _, ...input }) => input),
      baselineRows: baselineRows(opened, question.phase),
      ...lines,
      address: addressOf(report, question),
    }
  })

const GOOD = {
  higher: 'Higher is better.',
  lower: 'Lower is better.',
  'near-one': 'Near 1 is as planned; above 1 is better than planned.',
  none: 'Neither high nor low is good in itself.',
} as const

const rowOf = (report: PlanVariance, phase: string | undefined): PlanVarianceRow => {
  if (phase === undefined) return report.total
  const row = report.rows.find(({ id }) => id === phase)
  if (!row)
    throw new Fault('notFound', `reports: plan ${report.plan} has no phase ${phase}: see its phases on the plan's page`)
  return row
}

/** `undefined` = there is no such key. */
const valueAt = (row: PlanVarianceRow, path: string): unknown => {
  let at: unknown = row
  for (const key of path.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return at === null ? null : undefined
    at = (at as Record<string, unknown>)[key]
  }
  return typeof at === 'object' && at !== null ? undefined : at
}

const reasonFor = (row: PlanVarianceRow, path: string): Reason | null => row.undefinedBecause[path] ?? null

const isOfPeriod = ({ measure }: ExplainQuestion): boolean => measure.startsWith('current.')

type NamedInput = Explanation['inputs'][number] & { readonly symbol: string | null }

const inputsOf = (report: PlanVariance, row: PlanVarianceRow, { measure, phase }: ExplainQuestion): NamedInput[] => {
  const computed = explainedInputs(measure).map((path): NamedInput => {
    const entry = measureOf(path)
    const value = valueAt(row, path)
    const reason = reasonFor(row, path)
    return {
      name: entry?.name ?? path,
      symbol: entry?.symbol ?? null,
      value: typeof value === 'number' ? value : null,
      measure: path,
      phase: phase ?? null,
      note: typeof value === 'string' ? value : reason,
    }
  })
  const children = isAdditive(measure)
    ? report.rows.filter((child) => child.parent === (phase ?? null) && child.id !== phase)
    : []
  return [
    ...computed,
    ...children.map((child): NamedInput => {
      const value = valueAt(child, measure)
      return {
        name: child.name,
        symbol: null,
        value: typeof value === 'number' ? value : null,
        measure,
        phase: child.id,
        note: reasonFor(child, measure),
      }
    }),
  ]
}

const withNumbers = (symbol: string, formula: string, inputs: readonly NamedInput[], value: unknown): string => {
  let filled = formula
  for (const input of [...inputs].sort((a, b) => (b.symbol?.length ?? 0) - (a.symbol?.length ?? 0)))
    if (input.symbol && input.value !== null)
      filled = filled.replaceAll(
        new RegExp(`(?<![\\p{L}%])${escaped(input.symbol)}(?![\\p{L}%(])`, 'gu'),
        shown(input.value),
      )
  const result = typeof value === 'number' ? ` = ${shown(value)}` : typeof value === 'string' ? ` = ${value}` : ''
  return `${symbol} = ${formula}${filled === formula ? '' : ` = ${filled}`}${result}`
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

const shown = (value: number): string => new Intl.NumberFormat('en', { maximumFractionDigits: 4 }).format(value)

const unitOf = (unit: string, report: PlanVariance): string =>
  unit === 'value' ? report.valueUnit : unit === 'size' ? report.unit : unit

const baselineRows = (
  { document, baseline, asOf }: OpenedPlan,
  phase: string | undefined,
): Explanation['baselineRows'] => {
  if (!baseline) return []
  const unit = valueUnitOf(document, baseline)
  const rows = planRows(document, baseline)
  const ids =
    phase === undefined
      ? null
      : new Set(
          phasesWithin(
            rows.map((row) => row.phase),
            phase,
          ).map(({ id }) => id),
        )
  return rows.flatMap(({ phase: shownPhase, frozen }) => {
    if (!frozen || (ids !== null && !ids.has(shownPhase.id))) return []
    const { record } = frozen
    return [
      {
        phase: shownPhase.id,
        start: record.start,
        finish: record.finish,
        value: unit.number(record.value),
        scope: record.scope === null ? null : sizeOf(record.scope),
        plannedValue: record.curveStart
          ? unit.number(plannedValueOn({ curveStart: record.curveStart, curve: record.curve }, asOf))
          : 0,
      },
    ]
  })
}

const NO_LINES = { postings: [], postingsTotal: 0, next: null }

const linesBehind = async (
  tx: Database,
  opened: OpenedPlan,
  question: ExplainQuestion,
  report: PlanVariance,
): Promise<Pick<Explanation, 'postings' | 'postingsTotal' | 'next'>> => {
  const wanted = explainedLines(question.measure)
  const { plan, document, baseline, asOf, revision } = opened
  if (!wanted || (wanted.book === 'baseline' && !baseline)) return NO_LINES
  const rows = planRows(document, baseline).map(({ phase }) => phase)
  const phases = question.phase === undefined ? rows : phasesWithin(rows, question.phase)
  const filter: PostingFilter = {
    books: [wanted.book === 'work' ? 0 : baseline!.number],
    phaseNos: phases.map(({ no }) => no),
    from: wanted.inPeriod ? report.period.from : undefined,
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

/** Gives the same answer later: status date, revision time, baseline and period are all named. */
const addressOf = (report: PlanVariance, { measure, phase }: ExplainQuestion): string => {
  const query = new URLSearchParams({ 'as-of': report.asOf, 'known-at': report.knownAt })
  if (phase !== undefined) query.set('phase', phase)
  if (report.baseline) query.set('baseline', String(report.baseline.number))
  if (report.period.kind !== 'month') query.set('period', report.period.kind)
  return `/plans/${encodeURIComponent(report.plan)}/explain/${encodeURIComponent(measure)}?${query}`
}
