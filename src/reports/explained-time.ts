import { judgedParts } from '../measures/roll-up.ts'
import type { OpenedPlan } from './load-books.ts'
import type { PhasePart } from './phase-part.ts'
import { phasesWithin } from './phases-within.ts'
import { plannedTime } from './row-measures.ts'
import type { PlanVarianceRow } from './shapes/plan-variance.ts'
import { valueUnitOf } from './value-unit.ts'

/** A step of the calculation that is no measure of its own. */
export interface TimeStep {
  readonly symbol: string
  readonly name: string
  readonly value: number
}

/**
 * The working days and points of the planned curve from which earned schedule, time variance and SPI(t) follow.
 *
 * @param measure key path; those of `judged` are read from the curve of the judged parts
 * @returns none for other measures, without a baseline or without dates
 */
export const timeSteps = (
  { document, baseline, asOf }: OpenedPlan,
  parts: readonly PhasePart[],
  row: PlanVarianceRow,
  { measure, phase }: { readonly measure: string; readonly phase?: string | undefined },
): readonly TimeStep[] => {
  const [, judged, key] = /^(judged\.)?(earnedSchedule|timeVariance|timePerformanceIndex)$/.exec(measure) ?? []
  if (key === undefined || baseline === null) return []
  const ids =
    phase === undefined
      ? null
      : new Set(
          phasesWithin(
            parts.map((part) => part.phase),
            phase,
          ).map(({ id }) => id),
        )
  const own = parts.filter((part) => !part.isEmpty && (ids === null || ids.has(part.phase.id)))
  const counted = judged === undefined ? own : judgedParts(own).parts
  const unit = valueUnitOf(document, baseline)
  const time = plannedTime(
    counted,
    { asOf, unit, hasBaseline: true, calendar: baseline.plan.calendar },
    row.actualFinish,
  )
  if (time === null) return []
  if (key !== 'earnedSchedule')
    return [{ symbol: 'AT', name: 'Working days from the baseline start', value: time.actualTime }]
  const earned = judged === undefined ? row.earnedValue : (row.judged?.earnedValue ?? null)
  const above = earned === null ? -1 : time.curve.findIndex((planned) => planned > earned)
  if (earned === null || above === -1) return []
  return [
    { symbol: 'C', name: 'Whole working days of the plan', value: above },
    { symbol: 'PV(C)', name: 'Planned by then', value: above === 0 ? 0 : time.curve[above - 1]! },
    { symbol: 'PV(C+1)', name: 'Planned a working day later', value: time.curve[above]! },
  ]
}
