/** Measures that follow from others: which ones, by key path. Sums over phases are added by the explanation itself. */
const INPUTS: Readonly<Record<string, readonly string[]>> = {
  scheduleVariance: ['earnedValue', 'plannedValue'],
  scheduleVariancePercent: ['scheduleVariance', 'plannedValue'],
  costVariance: ['earnedValue', 'actualCost'],
  costVariancePercent: ['costVariance', 'earnedValue'],
  schedulePerformanceIndex: ['earnedValue', 'plannedValue'],
  costPerformanceIndex: ['earnedValue', 'actualCost'],
  plannedPercent: ['plannedValue', 'budgetAtCompletion'],
  percentComplete: ['scope.done', 'scope.current'],
  estimateAtCompletion: ['estimates.byCpi', 'estimates.byBudget'],
  'estimates.byCpi': ['actualCost', 'budgetAtCompletion', 'earnedValue', 'costPerformanceIndex'],
  'estimates.byBudget': ['actualCost', 'budgetAtCompletion', 'earnedValue'],
  'estimates.byCpiSpi': [
    'actualCost',
    'budgetAtCompletion',
    'earnedValue',
    'costPerformanceIndex',
    'schedulePerformanceIndex',
  ],
  'estimates.fromWork': ['actualCost', 'scope.current', 'scope.done'],
  estimateToComplete: ['estimateAtCompletion', 'actualCost'],
  varianceAtCompletion: ['budgetAtCompletion', 'estimateAtCompletion'],
  varianceAtCompletionPercent: ['varianceAtCompletion', 'budgetAtCompletion'],
  toCompletePerformanceIndex: ['budgetAtCompletion', 'earnedValue', 'actualCost'],
  earnedSchedule: ['earnedValue'],
  timeVariance: ['earnedSchedule'],
  timePerformanceIndex: ['earnedSchedule'],
  expectedFinish: ['scope.current', 'scope.done'],
  finishVarianceDays: ['expectedFinish'],
  'scope.current': [
    'scope.baseline',
    'scope.added',
    'scope.removed',
    'scope.reestimated',
    'scope.movedIn',
    'scope.movedOut',
    'scope.filled',
  ],
  'items.total': ['items.todo', 'items.doing', 'items.done'],
  'items.todo': ['items.total', 'items.doing', 'items.done'],
}

/** Measures that are sums over phases. */
const ADDITIVE =
  /^(current\.|judged\.)?(plannedValue|earnedValue|actualCost|budgetAtCompletion)$|^(scope|items|hours)\./

export const explainedInputs = (measure: string): readonly string[] => {
  const exact = INPUTS[measure]
  if (exact) return exact
  const [head, ...rest] = measure.split('.')
  if (head !== 'current' && head !== 'judged') return []
  return (INPUTS[rest.join('.')] ?? []).map((path) => (isRowOnly(path) ? path : `${head}.${path}`))
}

export const isAdditive = (measure: string): boolean => ADDITIVE.test(measure)

const isRowOnly = (path: string): boolean => /^(scope|items|hours)\./.test(path)
