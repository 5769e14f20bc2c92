/**
 * The measures: pure functions of numbers, dates and calendars. Also published as `plumbline/measures`.
 * Values that may be undefined are `Known`: a value, or the reason why there is none.
 */
export { catalogue, measureOf } from './catalogue.ts'
export type { CatalogueEntry } from './catalogue-entry.ts'
export { costPerformanceIndex } from './cost-performance-index.ts'
export { costVariance, costVariancePercent } from './cost-variance.ts'
export { finishVarianceDays, startVarianceDays } from './date-variance.ts'
export { earnedByPercent, earnedByUnits } from './earned-by-entries.ts'
export { type ItemProgress, earnedByItems } from './earned-by-items.ts'
export { type MilestoneProgress, earnedByMilestones } from './earned-by-milestones.ts'
export {
  type ItemCounts,
  earnedByFinish,
  earnedByStart,
  hasFinished,
  hasStarted,
} from './earned-by-start-and-finish.ts'
export { earnedSchedule, plannedDuration } from './earned-schedule.ts'
export { type PhaseProgress, earnedByApportionment, earnedValue } from './earned-value.ts'
export {
  type Estimates,
  type SpentAndEarned,
  costPerSize,
  estimateAtCompletion,
  estimateByBudget,
  estimateByCpi,
  estimateByCpiSpi,
  estimateFromDays,
  estimateFromWork,
} from './estimate-at-completion.ts'
export { estimateToComplete } from './estimate-to-complete.ts'
export { estimatedDuration } from './estimated-duration.ts'
export {
  type ExpectedDates,
  type ExpectedFinish,
  type PhaseOutlook,
  daysLeft,
  expectedFinish,
} from './expected-finish.ts'
export { leafLinks } from './leaf-links.ts'
export { PACE_COMPLETIONS, PACE_DAYS, type Pace, type PaceWindow, pace, paceWindow, plannedDaysLeft } from './pace.ts'
export { percentComplete, plannedPercent } from './percent-complete.ts'
export { type Performance, performance, variances } from './performance.ts'
export { type PlannedCurve, continuedCurve, plannedCurve, plannedValueOn, sumCurves } from './planned-value.ts'
export { type JudgeablePart, judgedParts, sumKnown } from './roll-up.ts'
export { type ScheduleNetwork, cycleIn, scheduleNetwork } from './schedule-network.ts'
export type { NetworkLink, NetworkTask, TaskDates } from './network-task.ts'
export {
  type CalendarDates,
  type CalendarSchedule,
  type CalendarTask,
  scheduleOnCalendar,
} from './schedule-on-calendar.ts'
export { schedulePerformanceIndex } from './schedule-performance-index.ts'
export { scheduleVariance, scheduleVariancePercent } from './schedule-variance.ts'
export { type ScopeRoll, scopeGrowthPercent, scopeRoll, sumScope } from './scope.ts'
export { splitKnown } from './split-known.ts'
export { spreadWeights } from './spread-weights.ts'
export { STATUS_LIMITS, type StatusEvidence, type StatusLimits, type TrackStatus, status } from './status.ts'
export { timePerformanceIndex, toCompleteTimeIndex } from './time-performance-index.ts'
export { timeVariance } from './time-variance.ts'
export { toCompletePerformanceIndex } from './to-complete-performance-index.ts'
export { varianceAtCompletion, varianceAtCompletionPercent } from './variance-at-completion.ts'
export { whenKnown } from './when-known.ts'
export { actualTime, workingCurve } from './working-curve.ts'
export { type WorkingRuler, workingRuler } from './working-ruler.ts'
