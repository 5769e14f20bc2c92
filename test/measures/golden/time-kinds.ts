import { earnedSchedule, plannedDuration } from '../../../src/measures/earned-schedule.ts'
import { costPerformanceIndex } from '../../../src/measures/cost-performance-index.ts'
import { costVariance } from '../../../src/measures/cost-variance.ts'
import { estimateByCpi } from '../../../src/measures/estimate-at-completion.ts'
import { estimatedDuration } from '../../../src/measures/estimated-duration.ts'
import { plannedCurve, sumCurves } from '../../../src/measures/planned-value.ts'
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
]
