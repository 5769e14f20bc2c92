import {
  type ColumnGroup,
  currentValue,
  earnedSchedule,
  estimate,
  estimateAtCompletion,
  finishVariance,
  forecastDate,
  hoursLogged,
  hoursUnrated,
  isoDate,
  itemCount,
  percentage,
  ratio,
  scopeSize,
  timeVarianceColumn,
  totalFloat,
  value,
} from './columns.ts'
import { negativeIsBad } from './measure.tsx'

/** One table of the variance report. */
export interface VarianceTableShape {
  readonly id: string
  readonly name: string
  readonly groups: readonly ColumnGroup[]
}

/**
 * The variance report in tables that fit a screen and a sheet of paper.
 *
 * @param period the current period in words, e.g. `1 – 30 Jun 2026`
 */
export const varianceTables = (period: string): readonly VarianceTableShape[] => [
  { id: 'schedule', name: 'Progress and schedule', groups: [PROGRESS, FINISH, EARNED_SCHEDULE, NETWORK] },
  { id: 'value', name: 'Earned value and cost', groups: [current(period), TO_DATE] },
  { id: 'completion', name: 'At completion', groups: [AT_COMPLETION, FORECAST] },
  { id: 'estimates', name: 'Estimates at completion by method', groups: [ESTIMATES] },
  { id: 'scope', name: 'Scope, items and hours', groups: [SCOPE, ITEMS, HOURS] },
]

/** Every date of every phase: the table beside the phase bars. */
export const DATES: VarianceTableShape = {
  id: 'dates',
  name: 'All dates',
  groups: [
    dates('Baseline', 'baselineStart', 'baselineFinish'),
    dates('Planned now', 'plannedStart', 'plannedFinish'),
    dates('Actual', 'actualStart', 'actualFinish'),
    {
      name: 'Expected',
      note: 'variance in working days',
      columns: [
        isoDate('expectedFinish', 'Finish', 'Actual finish, else where the network puts it now'),
        finishVariance,
      ],
    },
  ],
}

const PROGRESS: ColumnGroup = {
  name: 'Progress',
  note: null,
  columns: [
    percentage('plannedPercent', 'Planned', 'Planned value ÷ budget at completion'),
    percentage('percentComplete', 'Complete', 'Scope done ÷ scope now in'),
  ],
}

const FINISH: ColumnGroup = {
  name: 'Finish',
  note: 'working days',
  columns: [
    isoDate('baselineFinish', 'Baseline', 'Finish in the baseline'),
    isoDate('expectedFinish', 'Expected', 'Actual finish, else where the network puts it now'),
    finishVariance,
  ],
}

const EARNED_SCHEDULE: ColumnGroup = {
  name: 'Earned schedule',
  note: 'working days; SPI(t) below 1 = slower than planned',
  columns: [
    earnedSchedule,
    timeVarianceColumn,
    ratio('timePerformanceIndex', 'SPI(t)', 'Time performance index: earned schedule ÷ time used'),
  ],
}

const NETWORK: ColumnGroup = { name: 'Network', note: 'working days', columns: [totalFloat] }

const SV = 'Schedule variance: earned value − planned value'
const CV = 'Cost variance: earned value − actual cost'

const current = (period: string): ColumnGroup => ({
  name: `This period, ${period}`,
  note: 'variances: negative = bad',
  columns: [
    currentValue('plannedValue', 'PV', 'Planned value'),
    currentValue('earnedValue', 'EV', 'Earned value'),
    currentValue('actualCost', 'AC', 'Actual cost'),
    currentValue('scheduleVariance', 'SV', SV, negativeIsBad),
    currentValue('costVariance', 'CV', CV, negativeIsBad),
  ],
})

const TO_DATE: ColumnGroup = {
  name: 'To date (cumulative)',
  note: 'variances: negative = bad; indices below 1 = bad',
  columns: [
    value('plannedValue', 'PV', 'Planned value'),
    value('earnedValue', 'EV', 'Earned value'),
    value('actualCost', 'AC', 'Actual cost'),
    value('scheduleVariance', 'SV', SV, negativeIsBad),
    percentage('scheduleVariancePercent', 'SV%', 'Schedule variance ÷ planned value', negativeIsBad),
    value('costVariance', 'CV', CV, negativeIsBad),
    percentage('costVariancePercent', 'CV%', 'Cost variance ÷ earned value', negativeIsBad),
    ratio('schedulePerformanceIndex', 'SPI', 'Schedule performance index: earned value ÷ planned value'),
    ratio('costPerformanceIndex', 'CPI', 'Cost performance index: earned value ÷ actual cost'),
  ],
}

const AT_COMPLETION: ColumnGroup = {
  name: 'At completion',
  note: 'VAC negative = over budget; TCPI above 1 = must do better than planned',
  columns: [
    value('budgetAtCompletion', 'BAC', 'Budget at completion'),
    estimateAtCompletion,
    value('estimateToComplete', 'ETC', 'Estimate to complete: estimate at completion − actual cost'),
    value('varianceAtCompletion', 'VAC', 'Variance at completion: budget − estimate', negativeIsBad),
    percentage('varianceAtCompletionPercent', 'VAC%', 'Variance at completion ÷ budget', negativeIsBad),
    {
      ...ratio('toCompletePerformanceIndex', 'TCPI', 'To-complete performance index: work left ÷ money left'),
      tone: () => 'plain',
    },
  ],
}

const ESTIMATES: ColumnGroup = {
  name: 'Estimates by method',
  note: null,
  columns: [
    estimate('byCpi', 'by CPI', 'Budget ÷ CPI: cost efficiency stays as it is'),
    estimate('byBudget', 'at budget', 'Actual cost + budget − earned value: the rest costs what was planned'),
    estimate('byCpiSpi', 'by CPI × SPI', 'The rest costs more because it is late, too'),
    estimate('fromWork', 'from work', 'Actual cost + the work left at the hours and rates so far'),
  ],
}

const FORECAST: ColumnGroup = {
  name: 'Forecast finish',
  note: 'from throughput; the chance of being finished by then',
  columns: [
    forecastDate('p50', '50%', 'As likely as not'),
    forecastDate('p85', '85%', 'In 85 of 100 cases'),
    forecastDate('p95', '95%', 'In 95 of 100 cases'),
  ],
}

const SCOPE: ColumnGroup = {
  name: 'Scope',
  note: 'current = baseline + added − removed + re-estimated + moved in − moved out − filled',
  columns: [
    scopeSize('baseline', 'Baseline', 'Scope when the baseline was frozen'),
    scopeSize('added', 'Added', 'Items that came in since'),
    scopeSize('removed', 'Removed', 'Items that left since'),
    scopeSize('reestimated', 'Re-estimated', 'Changes of estimates since'),
    scopeSize('movedIn', 'Moved in', 'From other phases'),
    scopeSize('movedOut', 'Moved out', 'To other phases'),
    scopeSize('filled', 'Filled', 'Part of a stated size that later items have filled'),
    scopeSize('current', 'Current', 'Scope now in'),
    scopeSize('done', 'Done', 'Scope done'),
  ],
}

const ITEMS: ColumnGroup = {
  name: 'Work items',
  note: null,
  columns: [
    itemCount('total', 'In scope', 'To do, in progress and done', {}),
    itemCount('done', 'Done', 'Done', { state: 'done' }),
    itemCount('doing', 'In progress', 'In progress', { state: 'doing' }),
    itemCount('todo', 'To do', 'To do', { state: 'todo' }),
    itemCount('dropped', 'Dropped', 'Closed without being done', { state: 'dropped' }),
    itemCount('unestimated', 'Unestimated', 'Counted with the plan’s stand-in size', { unestimated: true }),
  ],
}

const HOURS: ColumnGroup = { name: 'Hours', note: null, columns: [hoursLogged, hoursUnrated] }

function dates(name: string, start: Parameters<typeof isoDate>[0], finish: Parameters<typeof isoDate>[0]): ColumnGroup {
  return {
    name,
    note: null,
    columns: [isoDate(start, 'Start', `${name}: start`), isoDate(finish, 'Finish', `${name}: finish`)],
  }
}
