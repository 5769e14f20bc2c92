import { Fault } from '../model/fault.ts'
import { addBalances } from '../ledger/sum-postings.ts'
import { type BalanceAmounts, NO_BALANCE } from '../model/posting.ts'
import { reachedOn } from '../model/plan.ts'
import type { Known } from '../model/reason.ts'
import { sizeOf } from '../model/amounts.ts'
import { type IsoDate, addDays, dateOfDay, dayNumber } from '../model/time.ts'
import { plannedValueOn } from '../measures/planned-value.ts'
import { sumScope } from '../measures/scope.ts'
import { readDailyBalances } from '../store/balances.ts'
import { type Database, type Store, snapshot } from '../store/database.ts'
import { NO_ACTIVITY } from '../store/phase-activity.ts'
import { type OpenedPlan, type PlanQuestion, openPlan } from './load-books.ts'
import { type PhaseBooks, type PhasePart, phaseParts } from './phase-part.ts'
import { partTerms } from './plan-variance.ts'
import { phasesWithin } from './phases-within.ts'
import { type PlanRow, planRows } from './plan-rows.ts'
import { together } from './row-measures.ts'
import type { PlanCurves } from './shapes/plan-curves.ts'

/** At most so many points: a longer plan is shown by every second, third… day. */
const MOST_POINTS = 400

/** The curves of a plan, or of a phase with all below it, day by day: planned, earned, spent; scope and done. */
export const planCurves = (
  store: Store,
  question: PlanQuestion & { readonly phase?: string | undefined },
): Promise<PlanCurves> =>
  snapshot(store.db, async (tx) => {
    const opened = await openPlan(tx, question)
    const { plan, document, revision, asOf, baseline } = opened
    const days = await dailySums(tx, opened)
    const all = planRows(document, baseline)
    const rows = rowsWithin(all, question.phase)
    const shown = new Set(rows.map(({ phase }) => phase.no))
    const starts = rows
      .flatMap(({ phase, frozen }) => [frozen?.record.start ?? null, phase.start])
      .filter((date) => date !== null)
    const ends = rows
      .flatMap(({ phase, frozen }) => [frozen?.record.finish ?? null, phase.finish])
      .filter((date) => date !== null)
    const dates = axis(least([...starts, asOf]), most([...ends, asOf]), asOf)
    const running = new Map<string, BalanceAmounts>()
    let next = 0
    const { unit, ...rest } = partTerms(opened)
    const points = dates.map((date) => {
      const planned = rows.map(({ frozen }) =>
        frozen?.record.curveStart
          ? plannedValueOn({ ...frozen.record, curveStart: frozen.record.curveStart }, date)
          : 0n,
      )
      const plannedValue = baseline === null ? null : unit.number(planned.reduce((sum, value) => sum + value, 0n))
      if (date > asOf) return { ...NOTHING, plannedValue, baselineScope: baselineScopeOf(rows, baseline !== null) }
      for (; next < days.length && days[next]!.day <= date; next += 1) {
        const { book, phaseNo, amounts } = days[next]!
        const key = `${book} ${phaseNo}`
        running.set(key, addBalances(running.get(key) ?? NO_BALANCE, amounts))
      }
      // All phases: one of them may follow another that is not shown.
      const books = all.map(
        ({ phase, frozen }): PhaseBooks => ({
          phase,
          frozen,
          work: running.get(`0 ${phase.no}`) ?? NO_BALANCE,
          earnings: (baseline && running.get(`${baseline.number} ${phase.no}`)) ?? NO_BALANCE,
          activity: NO_ACTIVITY,
          milestones: phase.milestones.map((milestone) => ({
            weight: milestone.weight,
            reachedOn: reachedOn(milestone),
          })),
        }),
      )
      const parts = phaseParts(books, { ...rest, unit, asOf: date }).filter(({ phase }) => shown.has(phase.no))
      return { ...pointOf(parts, unit.number), plannedValue }
    })
    return {
      plan: plan.id,
      phase: question.phase ?? null,
      asOf,
      revision: revision.no,
      valueUnit: unit.code,
      unit: document.unit,
      dates,
      plannedValue: points.map((point) => point.plannedValue),
      earnedValue: points.map((point) => point.earnedValue),
      actualCost: points.map((point) => point.actualCost),
      scope: points.map((point) => point.scope),
      baselineScope: points.map((point) => point.baselineScope),
      done: points.map((point) => point.done),
    }
  })

interface Point {
  readonly plannedValue: number | null
  readonly earnedValue: number | null
  readonly actualCost: number | null
  readonly scope: number | null
  readonly baselineScope: number | null
  readonly done: number | null
}

const NOTHING: Point = {
  plannedValue: null,
  earnedValue: null,
  actualCost: null,
  scope: null,
  baselineScope: null,
  done: null,
}

const pointOf = (parts: readonly PhasePart[], inUnit: (micro: bigint) => number): Omit<Point, 'plannedValue'> => {
  const counting = parts.filter((part) => !part.isEmpty)
  const held = counting.length > 0 ? counting : parts
  const scope = sumScope(held.map((part) => part.scope))
  const value = (values: readonly Known<bigint>[]): number | null => {
    const sum = together(values)
    return sum.because === null ? inUnit(sum.value) : null
  }
  const size = (sum: Known<bigint>): number | null => (sum.because === null ? sizeOf(sum.value) : null)
  return {
    earnedValue: value(held.map((part) => part.earnedValue)),
    actualCost: value(held.map((part) => part.actualCost)),
    scope: size(scope.current),
    baselineScope: size(scope.baseline),
    done: sizeOf(held.reduce((sum, part) => sum + part.work.doneSize, 0n)),
  }
}

const baselineScopeOf = (rows: ReturnType<typeof planRows>, hasBaseline: boolean): number | null =>
  hasBaseline ? sizeOf(rows.reduce((sum, { frozen }) => sum + (frozen?.record.scope ?? 0n), 0n)) : null

const dailySums = async (tx: Database, { plan, asOf, revision, baseline }: OpenedPlan) => {
  const books = baseline ? [0, baseline.number] : [0]
  const days = await readDailyBalances(tx, plan.no, { books, asOf, revision })
  return [...days].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
}

const rowsWithin = (rows: readonly PlanRow[], top: string | undefined): readonly PlanRow[] => {
  if (top === undefined) return rows
  const ids = new Set(
    phasesWithin(
      rows.map(({ phase }) => phase),
      top,
    ).map(({ id }) => id),
  )
  if (ids.size === 0)
    throw new Fault('notFound', `reports: the plan has no phase ${top}: see its phases on the plan's page`)
  return rows.filter(({ phase }) => ids.has(phase.id))
}

/** Days from first to last, thinned evenly, always with the status date and the last day. */
const axis = (first: IsoDate, last: IsoDate, asOf: IsoDate): IsoDate[] => {
  const days = dayNumber(last) - dayNumber(first)
  const step = Math.max(1, Math.ceil(days / MOST_POINTS))
  const dates = new Set<IsoDate>([asOf, last])
  for (let day = 0; day <= days; day += step) dates.add(dateOfDay(dayNumber(first) + day))
  return [...dates].filter((date) => date >= addDays(first, -1)).sort()
}

const least = (dates: readonly IsoDate[]): IsoDate => [...dates].sort()[0]!
const most = (dates: readonly IsoDate[]): IsoDate => [...dates].sort().at(-1)!
