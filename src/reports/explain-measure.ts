import { measureOf } from '../measures/catalogue.ts'
import { sizeOf } from '../model/amounts.ts'
import { Fault } from '../model/fault.ts'
import type { Reason } from '../model/reason.ts'
import { plannedValueOn } from '../measures/planned-value.ts'
import { type Store, snapshot } from '../store/database.ts'
import { earnedInputs } from './earned-inputs.ts'
import { explainedInputs, isAdditive } from './explained-inputs.ts'
import { timeSteps } from './explained-time.ts'
import type { OpenedPlan } from './load-books.ts'
import type { PhasePart } from './phase-part.ts'
import { linesBehind } from './lines-behind.ts'
import { phasesWithin } from './phases-within.ts'
import { type VarianceQuestion, readVariance } from './plan-variance.ts'
import { planRows } from './plan-rows.ts'
import type { Explanation } from './shapes/explanation.ts'
import type { PlanVariance, PlanVarianceRow } from './shapes/plan-variance.ts'
import { valueUnitOf } from './value-unit.ts'

export interface ExplainQuestion extends VarianceQuestion {
  /** Key path in the report, e.g. `costPerformanceIndex`, `scope.added`, `current.earnedValue`. */
  readonly measure: string
  /** Left out: the plan's total. */
  readonly phase?: string | undefined
  readonly after?: string | undefined
  readonly limit?: number | undefined
}

/**
 * How a number of the variance report came about: formula, inputs, baseline rows and the lines of the ledger behind it.
 *
 * @throws Fault notFound for a phase or measure that does not exist
 */
export const explainMeasure = (store: Store, question: ExplainQuestion): Promise<Explanation> =>
  snapshot(store.db, async (tx) => {
    const { report, opened, parts } = await readVariance(tx, question)
    const row = rowOf(report, question.phase)
    const entry = measureOf(question.measure)
    const value = valueAt(row, question.measure)
    if (!entry || value === undefined)
      throw new Fault(
        'notFound',
        `reports: no measure is named ${question.measure}: use a key of the report, e.g. earnedValue or scope.added`,
      )
    const steps = timeSteps(opened, parts, row, question).map(
      (step): NamedInput => ({ ...step, measure: null, phase: null, note: null }),
    )
    const inputs = [...inputsOf(report, row, question), ...steps, ...ownInputs(opened, parts, question)]
    const lines = await linesBehind(tx, opened, question, report.period.from)
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

/** What a phase itself earned by, beside what its children did. */
const ownInputs = (
  { document, baseline }: OpenedPlan,
  parts: readonly PhasePart[],
  { measure, phase }: ExplainQuestion,
): NamedInput[] => {
  const own = measure === 'earnedValue' ? parts.find((part) => part.phase.id === phase) : undefined
  return own ? earnedInputs(own, valueUnitOf(document, baseline)).map((input) => ({ ...input, symbol: null })) : []
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

/** Gives the same answer later: status date, revision time, baseline and period are all named. */
const addressOf = (report: PlanVariance, { measure, phase }: ExplainQuestion): string => {
  const query = new URLSearchParams({ 'as-of': report.asOf, 'known-at': report.knownAt })
  if (phase !== undefined) query.set('phase', phase)
  if (report.baseline) query.set('baseline', String(report.baseline.number))
  if (report.period.kind !== 'month') query.set('period', report.period.kind)
  return `/plans/${encodeURIComponent(report.plan)}/explain/${encodeURIComponent(measure)}?${query}`
}
