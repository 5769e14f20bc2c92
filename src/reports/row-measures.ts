import { percentComplete } from '../measures/percent-complete.ts'
import { performance } from '../measures/performance.ts'
import { type PlannedCurve, sumCurves } from '../measures/planned-value.ts'
import { sumKnown } from '../measures/roll-up.ts'
import { type ScopeRoll, sumScope } from '../measures/scope.ts'
import { actualTime, workingCurve } from '../measures/working-curve.ts'
import { type Micro, sizeOf } from '../model/amounts.ts'
import { workingDays } from '../model/calendar.ts'
import { type Known, known, unknown } from '../model/reason.ts'
import { type IsoDate, addDays } from '../model/time.ts'
import { costFromWork } from './cost-from-work.ts'
import type { PhasePart } from './phase-part.ts'
import type { RowTerms } from './row-terms.ts'

/**
 * Everything that a row says of its parts together: sums of values, ratios of sums.
 *
 * @param finished the day on which the last of it was done; time stops there
 */
export const rowMeasures = (parts: readonly PhasePart[], terms: RowTerms, finished: IsoDate | null) => {
  const { unit, hasBaseline, calendar } = terms
  const inUnit = (sum: Known<Micro>): Known => (sum.because === null ? known(unit.number(sum.value)) : sum)
  const curve = sumCurves(parts.flatMap(curveOf))
  const time = plannedTime(parts, terms, finished)
  const budget = parts.reduce((sum, part) => sum + part.value, 0n)
  const scope = sumScope(parts.map((part) => part.scope))
  const result = performance({
    plannedValue: hasBaseline ? inUnit(together(parts.map((part) => part.plannedValue))) : unknown('noBaseline'),
    earnedValue: hasBaseline ? inUnit(together(parts.map((part) => part.earnedValue))) : unknown('noBaseline'),
    actualCost: inUnit(together(parts.map((part) => part.actualCost))),
    budgetAtCompletion: hasBaseline ? known(unit.number(budget)) : unknown('noBaseline'),
    fromWork: hasBaseline ? sumNumbers(parts.map((part) => costFromWork(part, terms))) : unknown('noBaseline'),
    time: hasBaseline ? time : null,
  })
  return {
    ...result,
    measures: {
      ...result.measures,
      ...(hasBaseline ? {} : NO_SCHEDULE),
      percentComplete: percentOf(scope, parts),
    },
    scope,
    actualTime: time?.actualTime ?? 0,
    baselineDays:
      curve === null
        ? null
        : workingDays(calendar, curve.curveStart, addDays(curve.curveStart, curve.curve.length - 1)),
  }
}

/** The planned curve of parts together on working days, and how many of them have passed; `null` = no dates. */
export const plannedTime = (
  parts: readonly PhasePart[],
  { calendar, unit, asOf }: RowTerms,
  finished: IsoDate | null,
): { readonly curve: readonly number[]; readonly actualTime: number } | null => {
  const curve = sumCurves(parts.flatMap(curveOf))
  return curve === null
    ? null
    : {
        curve: workingCurve(curve, calendar, unit.number),
        actualTime: actualTime(calendar, curve.curveStart, asOf, finished),
      }
}

export type RowMeasures = ReturnType<typeof rowMeasures>

const NO_SCHEDULE = {
  earnedSchedule: unknown('noBaseline'),
  timeVariance: unknown('noBaseline'),
  timePerformanceIndex: unknown('noBaseline'),
}

/** One part keeps its own reason; a sum of several that is unknown says that parts are. */
export const together = (values: readonly Known<Micro>[]): Known<Micro> => {
  const reasons = new Set(values.map((value) => value.because))
  return values.length > 0 && reasons.size === 1 ? sameReason(values) : sumKnown(values)
}

const sameReason = (values: readonly Known<Micro>[]): Known<Micro> =>
  values[0]!.because === null ? sumKnown(values) : values[0]!

const sumNumbers = (values: readonly Known[]): Known => {
  const reasons = new Set(values.map((value) => value.because))
  if (reasons.size === 1 && !reasons.has(null)) return values[0]!
  let sum = 0
  for (const value of values) {
    if (value.because !== null) return unknown('partsUnknown')
    sum += value.value
  }
  return known(sum)
}

const curveOf = ({ frozen }: PhasePart): PlannedCurve[] =>
  frozen?.record.curveStart && frozen.record.curve.length > 0
    ? [{ curveStart: frozen.record.curveStart, curve: frozen.record.curve }]
    : []

const percentOf = (scope: ScopeRoll, parts: readonly PhasePart[]): Known => {
  if (scope.current.because !== null) return scope.current
  const done = parts.reduce((sum, part) => sum + part.work.doneSize, 0n)
  return percentComplete(sizeOf(done), sizeOf(scope.current.value))
}
