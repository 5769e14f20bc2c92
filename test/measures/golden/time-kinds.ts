import { earnedSchedule, plannedDuration } from '../../../src/measures/earned-schedule.ts'
import { costPerformanceIndex } from '../../../src/measures/cost-performance-index.ts'
import { costVariance } from '../../../src/measures/cost-variance.ts'
import { estimateByCpi } from '../../../src/measures/estimate-at-completion.ts'
import { estimatedDuration } from '../../../src/measures/estimated-duration.ts'
import { startVarianceDays } from '../../../src/measures/date-variance.ts'
import { continuedCurve, plannedCurve, sumCurves } from '../../../src/measures/planned-value.ts'
import { schedulePerformanceIndex } from '../../../src/measures/schedule-performance-index.ts'
import { scheduleVariance } from '../../../src/measures/schedule-variance.ts'
import { timePerformanceIndex, toCompleteTimeIndex } from '../../../src/measures/time-performance-index.ts'
import { timeVariance } from '../../../src/measures/time-variance.ts'
import { actualTime, workingCurve } from '../../../src/measures/working-curve.ts'
import type { WorkingCalendar } from '../../../src/model/calendar.ts'
import { type GoldenKind, agree, has } from './case.ts'

/** Every measure in time under the short keys of the published cases. */
const inTime = (curve: readonly number[], earned: number, at: number, cost = 1): Record<string, number | null> => {
  const pd = plannedDuration(curve)
  const es = earnedSchedule(earned, curve)
  const time = { earnedSchedule: es, actualTime: at, plannedDuration: pd }
  const index = timePerformanceIndex(es, at)
  const cpi = costPerformanceIndex(earned, cost).value ?? 0
  return {
    es,
    at,
    sv_t: timeVariance(es, at).value,
    spi_t: index.value,
    ieac_t: estimatedDuration(time).value,
    eac_t_pf1: estimatedDuration({ ...time, performanceFactor: 1 }).value,
    eac_t_sci: estimatedDuration({ ...time, performanceFactor: (index.value ?? 0) * cpi }).value,
    tspi: toCompleteTimeIndex(time).value,
  }
}

interface Series {
  readonly bac: number
  readonly pv_cum: readonly number[]
  readonly ev_cum: readonly number[]
  readonly ac_cum: readonly number[]
}

const EVERY_DAY: WorkingCalendar = {
  workdays: [true, true, true, true, true, true, true],
  hoursPerDay: 8,
  exceptions: {},
}

export const timeKinds: readonly GoldenKind[] = [
  {
    name: 'earned schedule at a status date',
    fits: ({ inputs, expected }) => has(inputs, 'pv_cum_from_t0', 'ev', 'pd') && has(expected, 'es'),
    check: (found) => {
      const [, ...curve] = found.inputs.pv_cum_from_t0 as number[]
      agree(plannedDuration(curve), found.inputs.pd, found, 'pd')
      const results = inTime(curve, found.inputs.ev as number, (found.inputs.at as number | undefined) ?? 1)
      agree(results, found.expected, found)
      if (has(found.inputs, 'at')) agree(results, found.also_implied ?? {}, found)
    },
  },
  {
    name: 'earned schedule of dated tasks',
    fits: ({ inputs, expected }) => has(inputs, 'baseline', 'calendar', 'as_of') && has(expected, 'es', 'at'),
    check: (found) => {
      const baseline = found.inputs.baseline as { start: string; finish: string; budget: number }[]
      agree(found.inputs.progress, [], found, 'progress')
      const sum = sumCurves(
        baseline.map(({ start, finish, budget }) =>
          plannedCurve({ value: BigInt(budget), start, finish, spread: { kind: 'linear' }, calendar: EVERY_DAY }),
        ),
      )!
      const at = actualTime(EVERY_DAY, sum.curveStart, found.inputs.as_of as string, null)
      agree(inTime(workingCurve(sum, EVERY_DAY), 0, at), found.expected, found)
    },
  },
  {
    name: 'series of status dates',
    fits: ({ inputs, expected }) => has(inputs, 'pv_cum', 'ev_cum', 'ac_cum') && has(expected, 'rows'),
    check: (found) => {
      const { bac, pv_cum, ev_cum, ac_cum } = found.inputs as Readonly<Record<string, unknown>> & Series
      const rows = pv_cum.map((planned, index) => {
        const earned = ev_cum[index]!
        const cost = ac_cum[index]!
        return {
          sv: scheduleVariance(earned, planned).value,
          spi: schedulePerformanceIndex(earned, planned).value,
          cv: costVariance(earned, cost).value,
          cpi: costPerformanceIndex(earned, cost).value,
          eac_cpi: estimateByCpi({ earnedValue: earned, actualCost: cost, budget: bac }).value,
          pv: planned,
          ev: earned,
          ac: cost,
          ...inTime(pv_cum, earned, index + 1, cost),
        }
      })
      agree(rows, found.expected.rows, found)
    },
  },
  {
    name: 'start variance in calendar days',
    fits: ({ inputs, expected }) =>
      has(inputs, 'baseline_start', 'actual_start') && has(expected, 'start_variance_days'),
    check: (found) => {
      const { baseline_start, actual_start } = found.inputs as Record<string, string>
      agree(startVarianceDays(EVERY_DAY, baseline_start!, actual_start!), found.expected.start_variance_days, found)
    },
  },
  {
    name: 'release date of an agile plan',
    fits: ({ inputs, expected }) => has(inputs, 'sprints_done', 'planned_sprints') && has(expected, 'total_sprints'),
    check: (found) => {
      const { sprints_done, points_done, total_points, planned_sprints } = found.inputs as Record<string, number>
      const curve = Array.from(
        { length: planned_sprints! },
        (_, sprint) => (total_points! / planned_sprints!) * (sprint + 1),
      )
      const results = inTime(curve, points_done!, sprints_done!)
      agree(results.ieac_t, found.expected.total_sprints, found)
      agree(results.spi_t, found.expected.spi, found)
    },
  },
  {
    name: 'baseline that is replaced midway',
    fits: ({ inputs, expected }) => has(inputs, 'baseline_v1', 'rebaseline') && has(expected, 'pv_cum_v2'),
    check: (found) => {
      const { pv_by_month: first } = found.inputs.baseline_v1 as { pv_by_month: number[] }
      const { effective_month: month, remaining_pv: rest } = found.inputs.rebaseline as {
        effective_month: number
        remaining_pv: number[]
      }
      // One day stands for a month.
      const day = (number: number): string => `2026-01-${String(number).padStart(2, '0')}`
      const curveOf = (from: number, amounts: readonly number[], value: number) => ({
        value: BigInt(value),
        start: day(from),
        finish: day(from + amounts.length - 1),
        spread: {
          kind: 'periods' as const,
          periods: amounts.map((amount, index) => ({ until: day(from + index), amount })),
        },
        calendar: EVERY_DAY,
      })
      const total = (amounts: readonly number[]): number => amounts.reduce((sum, amount) => sum + amount, 0)
      const budget = total(first.slice(0, month - 1)) + total(rest)
      const curve = continuedCurve(
        plannedCurve(curveOf(1, first, total(first))),
        day(month),
        curveOf(month, rest, budget),
      ).curve.map(Number)
      const closed = found.inputs.status_after_month as number
      const earned = total(found.inputs.ev as number[])
      agree(budget, found.expected.bac_v2, found, 'bac_v2')
      agree(curve, found.expected.pv_cum_v2, found, 'pv_cum_v2')
      agree(curve.slice(0, closed), found.expected.pv_cum_closed, found, 'pv_cum_closed')
      agree(scheduleVariance(earned, curve[closed - 1]!).value, found.expected.sv_at_2_after_rebaseline, found, 'sv')
      agree(costVariance(earned, total(found.inputs.ac as number[])).value, found.expected.cv_at_2, found, 'cv')
    },
  },
]
