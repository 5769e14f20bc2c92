import { type Known, known, unknown } from '../model/reason.ts'
import { costPerformanceIndex } from './cost-performance-index.ts'
import { costVariance, costVariancePercent } from './cost-variance.ts'
import { earnedSchedule, plannedDuration } from './earned-schedule.ts'
import {
  type Estimates,
  estimateAtCompletion,
  estimateByBudget,
  estimateByCpi,
  estimateByCpiSpi,
} from './estimate-at-completion.ts'
import { estimateToComplete } from './estimate-to-complete.ts'
import { plannedPercent } from './percent-complete.ts'
import { schedulePerformanceIndex } from './schedule-performance-index.ts'
import { scheduleVariance, scheduleVariancePercent } from './schedule-variance.ts'
import { timePerformanceIndex } from './time-performance-index.ts'
import { timeVariance } from './time-variance.ts'
import { toCompletePerformanceIndex } from './to-complete-performance-index.ts'
import { varianceAtCompletion, varianceAtCompletionPercent } from './variance-at-completion.ts'
import { whenKnown } from './when-known.ts'

/** Cumulative to the status date, in one value unit. */
export interface Performance {
  readonly plannedValue: Known
  readonly earnedValue: Known
  readonly actualCost: Known
  readonly budgetAtCompletion: Known
  /** Estimate at completion from the work that is left. */
  readonly fromWork: Known
  /** Planned curve on the axis of working days, and working days passed; `null` = the baseline has no dates. */
  readonly time: { readonly curve: readonly number[]; readonly actualTime: number } | null
}

/**
 * Every measure that follows from planned value, earned value, actual cost and budget, under the report's own keys.
 * Works alike for a phase, a sum and what a sum is judged by: indices are always ratios of these sums.
 */
export const performance = (given: Performance) => {
  const { plannedValue: pv, earnedValue: ev, actualCost: ac, budgetAtCompletion: bac, fromWork, time } = given
  const spent = (measure: (values: { earnedValue: number; actualCost: number; budget: number }) => Known): Known =>
    whenKnown([ev, ac, bac], (earnedValue, actualCost, budget) =>
      measure({ earnedValue: earnedValue!, actualCost: actualCost!, budget: budget! }),
    )
  const estimates: Estimates = {
    byCpi: spent(estimateByCpi),
    byBudget: spent(estimateByBudget),
    byCpiSpi: whenKnown([pv], (plannedValue) =>
      spent((values) => estimateByCpiSpi({ ...values, plannedValue: plannedValue! })),
    ),
    fromWork,
  }
  const { estimate, method } = estimateAtCompletion(estimates)
  const schedule = earnedTime(ev, time)
  return {
    estimates,
    estimateMethod: method,
    measures: {
      plannedValue: pv,
      earnedValue: ev,
      actualCost: ac,
      budgetAtCompletion: bac,
      plannedPercent: whenKnown([pv, bac], plannedPercent),
      ...variances(pv, ev, ac),
      scheduleVariancePercent: whenKnown([ev, pv], scheduleVariancePercent),
      costVariancePercent: whenKnown([ev, ac], costVariancePercent),
      schedulePerformanceIndex: whenKnown([ev, pv], schedulePerformanceIndex),
      costPerformanceIndex: whenKnown([ev, ac], costPerformanceIndex),
      estimateAtCompletion: estimate,
      estimateToComplete: whenKnown([estimate, ac], estimateToComplete),
      varianceAtCompletion: whenKnown([bac, estimate], varianceAtCompletion),
      varianceAtCompletionPercent: whenKnown([bac, estimate], varianceAtCompletionPercent),
      toCompletePerformanceIndex: spent((values) => toCompletePerformanceIndex({ ...values, target: values.budget })),
      ...schedule,
    },
  }
}

/** Schedule and cost variance alone, as for the current period. */
export const variances = (plannedValue: Known, earnedValue: Known, actualCost: Known) => ({
  scheduleVariance: whenKnown([earnedValue, plannedValue], scheduleVariance),
  costVariance: whenKnown([earnedValue, actualCost], costVariance),
})

const earnedTime = (earned: Known, time: Performance['time']) => {
  if (time === null) return unknownTime(unknown('noDates'))
  if (plannedDuration(time.curve) === 0) return unknownTime(unknown('budgetZero'))
  if (earned.because !== null) return unknownTime(unknown(earned.because))
  const schedule = earnedSchedule(earned.value, time.curve)
  return {
    earnedSchedule: known(schedule),
    timeVariance: timeVariance(schedule, time.actualTime),
    timePerformanceIndex: timePerformanceIndex(schedule, time.actualTime),
  }
}

const unknownTime = (because: Known) => ({
  earnedSchedule: because,
  timeVariance: because,
  timePerformanceIndex: because,
})
