import { finishVarianceDays } from '../measures/date-variance.ts'
import type { ExpectedDates, ExpectedFinish } from '../measures/expected-finish.ts'
import { variances } from '../measures/performance.ts'
import { judgedParts } from '../measures/roll-up.ts'
import { scopeGrowthPercent } from '../measures/scope.ts'
import { splitKnown } from '../measures/split-known.ts'
import { status } from '../measures/status.ts'
import { addBalances } from '../ledger/sum-postings.ts'
import { NO_BALANCE } from '../model/posting.ts'
import type { Micro } from '../model/amounts.ts'
import type { Phase } from '../model/plan.ts'
import { type Known, type Reason, known, unknown } from '../model/reason.ts'
import type { IsoDate } from '../model/time.ts'
import { finishedOn, holdsNothing } from './outlook.ts'
import type { PhasePart } from './phase-part.ts'
import { reportedScope } from './reported-scope.ts'
import { type RowMeasures, rowMeasures, together } from './row-measures.ts'
import type { RowTerms } from './row-terms.ts'
import type { Judged, PlanVarianceRow, Trust } from './shapes/plan-variance.ts'

export interface RowInput {
  readonly id: string
  readonly name: string
  readonly parent: string | null
  readonly level: number
  readonly owner: string | null
  /** `null` for the total. */
  readonly phase: Phase | null
  /** The phase itself and all below it, without those that hold nothing. */
  readonly parts: readonly PhasePart[]
  /** With those that hold nothing: they have dates. */
  readonly dated: readonly PhasePart[]
  /** The same parts at the end of the day before the period began. */
  readonly before: readonly PhasePart[]
  readonly outlook: ExpectedFinish
  readonly trust: Trust['level']
}

/** One row of the variance report: a phase with all below it, or the plan as a whole. */
export const reportRow = (input: RowInput, terms: RowTerms): PlanVarianceRow => {
  const { phase, parts } = input
  const dates = datesOf(input, terms)
  const all = rowMeasures(parts, terms, dates.actualFinish)
  const isSum = parts.length > 1 || phase === null
  const judged = judgedParts(isSum ? parts : [])
  const judgedMeasures = isSum ? rowMeasures(judged.parts, terms, dates.actualFinish) : null
  const { values, because } = splitKnown(all.measures)
  const estimates = splitKnown(all.estimates, 'estimates.')
  const current = currentPeriod(input, terms)
  const work = parts.map((part) => part.work).reduce(addBalances, NO_BALANCE)
  const scope = reportedScope(all.scope, work)
  const isJudged = judgedMeasures !== null && judged.parts.length < parts.length
  const verdict = statusOf(judgedMeasures ?? all, all, dates, { trust: input.trust, isJudged })
  const { totalFloatDays, critical } = floatOf(input)
  return {
    id: input.id,
    parent: input.parent,
    level: input.level,
    name: input.name,
    owner: input.owner,
    baselineStart: dates.baselineStart,
    baselineFinish: dates.baselineFinish,
    plannedStart: dates.plannedStart,
    plannedFinish: dates.plannedFinish,
    actualStart: dates.actualStart,
    actualFinish: dates.actualFinish,
    expectedFinish: dates.expectedFinish.value,
    finishVarianceDays: dates.finishVarianceDays.value,
    current: current.values,
    ...values,
    estimateMethod: all.estimateMethod,
    estimates: estimates.values,
    hours: { logged: work.seconds / 3600, unrated: work.unratedSeconds / 3600 },
    scope: scope.scope,
    items: scope.items,
    forecastFinish: { p50: null, p85: null, p95: null },
    totalFloatDays: totalFloatDays.value,
    critical: critical.value,
    status: verdict.status,
    statusBecause: [...verdict.because],
    declaredStatus: declaredOn(phase, terms.asOf),
    judged: judgedMeasures && judgedOf(judgedMeasures, judged.share),
    undefinedBecause: {
      ...because,
      ...estimates.because,
      ...current.because,
      ...scope.because,
      ...reason('totalFloatDays', totalFloatDays),
      ...reason('critical', critical),
      ...reason('expectedFinish', dates.expectedFinish),
      ...reason('finishVarianceDays', dates.finishVarianceDays),
      ...(dates.actualStart === null ? { actualStart: 'notStarted' as const } : {}),
      ...(dates.actualFinish === null ? { actualFinish: 'notFinished' as const } : {}),
      ...missingDates(dates, terms),
      'forecastFinish.p50': 'notForecast',
      'forecastFinish.p85': 'notForecast',
      'forecastFinish.p95': 'notForecast',
      ...(judgedMeasures ? judgedReasons(judgedMeasures, judged.share) : {}),
    },
  }
}

interface RowDates {
  readonly baselineStart: IsoDate | null
  readonly baselineFinish: IsoDate | null
  readonly plannedStart: IsoDate | null
  readonly plannedFinish: IsoDate | null
  readonly actualStart: IsoDate | null
  readonly actualFinish: IsoDate | null
  readonly expectedFinish: Known<IsoDate>
  readonly finishVarianceDays: Known
}

const datesOf = ({ phase, parts, dated, outlook }: RowInput, { asOf, calendar, hasBaseline }: RowTerms): RowDates => {
  const baselineStart = first(dated.map((part) => part.frozen?.record.start ?? null))
  const baselineFinish = last(dated.map((part) => part.frozen?.record.finish ?? null))
  const own = dated.map((part) => part.phase)
  // A part whose items were all dropped or moved away has no finish of its own, and keeps nothing from being finished.
  const finishes = parts.flatMap((part) => {
    const finish = finishedOn(part, asOf)
    return finish === null && holdsNothing(part) ? [] : [finish]
  })
  const isOver = finishes.length > 0 && !dated.some((part) => holdsNothing(part) && isToCome(part, outlook, asOf))
  const actualFinish = isOver && finishes.every((date) => date !== null) ? last(finishes) : null
  const expected = actualFinish === null ? expectedOf(dated, outlook, asOf) : known(actualFinish)
  return {
    baselineStart,
    baselineFinish,
    plannedStart: phase?.start ?? first(own.map((each) => each.start)),
    plannedFinish: phase?.finish ?? last(own.map((each) => each.finish)),
    actualStart: first(parts.map((part) => part.startedOn)),
    actualFinish,
    expectedFinish: expected,
    finishVarianceDays: !hasBaseline
      ? unknown('noBaseline')
      : baselineFinish === null
        ? unknown('noDates')
        : expected.because === null
          ? known(finishVarianceDays(calendar, baselineFinish, expected.value))
          : expected,
  }
}

/** Nothing is in it yet, and by the plan it is still to come. */
const isToCome = (part: PhasePart, outlook: ExpectedFinish, asOf: IsoDate): boolean => {
  const finish = outlook.phases.get(part.phase.id)?.finish
  return finish?.because === null && finish.value > asOf
}

/** The latest of the parts that can be told; unknown when those are over and what is left is one that cannot. */
const expectedOf = (parts: readonly PhasePart[], outlook: ExpectedFinish, asOf: IsoDate): Known<IsoDate> => {
  const finishes = datesIn(parts, outlook).map((dates) => dates.finish)
  const knownOnes = finishes.flatMap((finish) => (finish.because === null ? [finish.value] : []))
  const latest = last(knownOnes)
  if (latest !== null && latest > asOf) return known(latest)
  return finishes.length === 1 ? finishes[0]! : unknown('noPace')
}

const datesIn = (parts: readonly PhasePart[], outlook: ExpectedFinish): readonly ExpectedDates[] =>
  parts.flatMap((part) => outlook.phases.get(part.phase.id) ?? [])

const floatOf = ({ parts, outlook }: RowInput): { totalFloatDays: Known; critical: Known<boolean> } => {
  const dates = datesIn(parts, outlook).filter((each) => each.totalFloatDays.because !== 'alreadyFinished')
  const floats = dates.map((each) => each.totalFloatDays)
  const knownFloats = floats.flatMap((float) => (float.because === null ? [float.value] : []))
  const because = floats[0]?.because ?? 'alreadyFinished'
  return {
    totalFloatDays: knownFloats.length > 0 ? known(Math.min(...knownFloats)) : unknown(because),
    critical: knownFloats.length > 0 ? known(dates.some((each) => each.critical.value === true)) : unknown(because),
  }
}

/** What the period added: differences of sums, never of indices. */
const currentPeriod = ({ parts, before }: RowInput, { unit, hasBaseline }: RowTerms) => {
  const difference = (now: readonly Known<Micro>[], then: readonly Known<Micro>[]): Known => {
    const [a, b] = [together(now), together(then)]
    if (a.because !== null) return a
    return b.because === null ? known(unit.number(a.value - b.value)) : b
  }
  const againstBaseline = (key: 'plannedValue' | 'earnedValue'): Known =>
    hasBaseline
      ? difference(
          parts.map((part) => part[key]),
          before.map((part) => part[key]),
        )
      : unknown('noBaseline')
  const plannedValue = againstBaseline('plannedValue')
  const earnedValue = againstBaseline('earnedValue')
  const actualCost = difference(
    parts.map((part) => part.actualCost),
    before.map((part) => part.actualCost),
  )
  return splitKnown(
    { plannedValue, earnedValue, actualCost, ...variances(plannedValue, earnedValue, actualCost) },
    'current.',
  )
}

const statusOf = (
  judged: RowMeasures,
  all: RowMeasures,
  dates: RowDates,
  basis: { readonly trust: Trust['level']; readonly isJudged: boolean },
) =>
  status({
    plannedValue: judged.measures.plannedValue,
    earnedValue: judged.measures.earnedValue,
    timePerformanceIndex: judged.measures.timePerformanceIndex,
    schedulePerformanceIndex: judged.measures.schedulePerformanceIndex,
    costPerformanceIndex: judged.measures.costPerformanceIndex,
    actualTime: judged.actualTime,
    finishVarianceDays: dates.finishVarianceDays,
    baselineDays: all.baselineDays,
    scopeGrowthPercent: scopeGrowthPercent(all.scope.baseline, all.scope.current),
    finished: dates.actualFinish !== null,
    ...basis,
  })

const judgedOf = (row: RowMeasures, share: Known): Judged => ({
  ...splitKnown(row.measures).values,
  estimateMethod: row.estimateMethod,
  estimates: splitKnown(row.estimates).values,
  share: share.value,
})

const judgedReasons = (row: RowMeasures, share: Known): Record<string, Reason> => ({
  ...splitKnown(row.measures, 'judged.').because,
  ...splitKnown(row.estimates, 'judged.estimates.').because,
  ...reason('judged.share', share),
})

const declaredOn = (phase: Phase | null, asOf: IsoDate): PlanVarianceRow['declaredStatus'] => {
  const declared = (phase?.declared ?? []).filter((each) => each.date <= asOf)
  return declared.reduce<(typeof declared)[number] | null>(
    (latest, each) => (latest === null || each.date >= latest.date ? each : latest),
    null,
  )
}

const missingDates = (dates: RowDates, { hasBaseline }: RowTerms): Record<string, Reason> => {
  const why = hasBaseline ? 'noDates' : 'noBaseline'
  return {
    ...(dates.baselineStart === null ? { baselineStart: why } : {}),
    ...(dates.baselineFinish === null ? { baselineFinish: why } : {}),
    ...(dates.plannedStart === null ? { plannedStart: 'noDates' } : {}),
    ...(dates.plannedFinish === null ? { plannedFinish: 'noDates' } : {}),
  }
}

const reason = (key: string, value: Known<unknown>): Record<string, Reason> =>
  value.because === null ? {} : { [key]: value.because }

const first = (dates: readonly (IsoDate | null)[]): IsoDate | null =>
  dates.reduce((least, date) => (date !== null && (least === null || date < least) ? date : least), null)

const last = (dates: readonly (IsoDate | null)[]): IsoDate | null =>
  dates.reduce((most, date) => (date !== null && (most === null || date > most) ? date : most), null)
