import type { PlanVariance, PlanVarianceRow } from '../../../reports/shapes/plan-variance.ts'
import {
  date,
  index,
  instant,
  isCurrency,
  percent,
  plural,
  quantity,
  signedPercent,
} from '../../../../web/components/format.ts'
import { STATUS_WORDS } from '../../../../web/components/status.tsx'
import { type Column, tableOf, textColumn, valueColumn, whyUnknown } from './columns.ts'
import type { TextDocument } from './document.ts'

export const SIGNS =
  'Signs: a negative SV, CV or VAC is bad (behind the plan, over the budget); SPI and CPI below 1 are bad; positive days are late.'

/** How a plan stands, as tables for a terminal or a Markdown page. */
export const planReportDocument = (report: PlanVariance): TextDocument => {
  const rows = [...report.rows, { ...report.total, level: 0 }]
  const columns = [...PROGRESS, ...VALUES]
  return {
    title: `${report.name} on ${date(report.asOf)}`,
    facts: [
      report.baseline === null
        ? 'No baseline counts on this date: freeze one with "plumbline baseline".'
        : `Against baseline ${report.baseline.number} (${report.baseline.name}) of ${date(report.baseline.workDay)}: ${report.baseline.reason}`,
      `Known at ${instant(report.knownAt, report.timezone)}, revision ${report.revision}; values in ${valueWords(report)}, sizes in ${report.unit}`,
      SIGNS,
    ],
    sections: [
      { title: 'Progress', table: tableOf(PROGRESS, rows) },
      { title: `Value, ${valueWords(report)}`, table: tableOf([NAME, ...VALUES], rows) },
      ...(report.milestones.length === 0
        ? []
        : [{ title: 'Milestones', table: tableOf(MILESTONES, report.milestones) }]),
    ],
    notes: [
      {
        title: `${report.name} is ${STATUS_WORDS[report.total.status].toLowerCase()}`,
        lines: report.total.statusBecause,
      },
      { title: `What the numbers rest on: ${report.trust.level}`, lines: trustLines(report) },
      { title: 'Why some values are not known (–)', lines: whyUnknown(columns, rows) },
    ],
  }
}

const valueWords = ({ valueUnit, unit }: PlanVariance): string =>
  isCurrency(valueUnit) ? valueUnit : valueUnit === unit ? unit : valueUnit

const trustLines = ({ trust }: PlanVariance): readonly string[] => [
  `${plural(trust.itemsSeen, 'item')} seen, ${plural(trust.mapped, 'item')} mapped, ${plural(trust.unmapped, 'item')} unmapped, ${plural(trust.unestimated, 'item')} unestimated`,
  ...trust.remarks,
]

type Row = PlanVarianceRow

const whole = (value: number): string => quantity(Math.round(value))

const NAME: Column<Row> = textColumn('Phase', ({ level, name }) => `${'  '.repeat(level)}${name}`)

const PROGRESS: readonly Column<Row>[] = [
  NAME,
  textColumn('Status', ({ status }) => STATUS_WORDS[status]),
  valueColumn('Planned', 'plannedPercent', (row) => row.plannedPercent, percent),
  valueColumn('Done', 'percentComplete', (row) => row.percentComplete, percent),
  { title: 'Items', align: 'right', text: ({ items }) => `${items.done}/${items.total}` },
  valueColumn('Scope then', 'scope.baseline', (row) => row.scope.baseline, quantity),
  valueColumn('Scope now', 'scope.current', (row) => row.scope.current, quantity),
  valueColumn('Baseline finish', 'baselineFinish', (row) => row.baselineFinish, date),
  valueColumn('Expected', 'expectedFinish', (row) => row.actualFinish ?? row.expectedFinish, date),
  valueColumn('Days late', 'finishVarianceDays', (row) => row.finishVarianceDays, quantity),
]

const VALUES: readonly Column<Row>[] = [
  valueColumn('BAC', 'budgetAtCompletion', (row) => row.budgetAtCompletion, whole),
  valueColumn('PV', 'plannedValue', (row) => row.plannedValue, whole),
  valueColumn('EV', 'earnedValue', (row) => row.earnedValue, whole),
  valueColumn('AC', 'actualCost', (row) => row.actualCost, whole),
  valueColumn('SV', 'scheduleVariance', (row) => row.scheduleVariance, whole),
  valueColumn('CV', 'costVariance', (row) => row.costVariance, whole),
  valueColumn('SPI', 'schedulePerformanceIndex', (row) => row.schedulePerformanceIndex, index),
  valueColumn('CPI', 'costPerformanceIndex', (row) => row.costPerformanceIndex, index),
  valueColumn('EAC', 'estimateAtCompletion', (row) => row.estimateAtCompletion, whole),
  valueColumn('VAC', 'varianceAtCompletion', (row) => row.varianceAtCompletion, whole),
  valueColumn('VAC %', 'varianceAtCompletionPercent', (row) => row.varianceAtCompletionPercent, signedPercent),
]

const MILESTONES: readonly Column<PlanVariance['milestones'][number]>[] = [
  textColumn('Milestone', ({ name }) => name),
  textColumn('Phase', ({ phase }) => phase),
  { title: 'Baseline', align: 'right', text: ({ baselineDate }) => baselineDate && date(baselineDate) },
  { title: 'Planned', align: 'right', text: ({ plannedDate }) => date(plannedDate) },
  { title: 'Reached', align: 'right', text: ({ actualDate }) => actualDate && date(actualDate) },
  {
    title: 'Days late',
    align: 'right',
    text: ({ varianceDays }) => (varianceDays === null ? null : quantity(varianceDays)),
  },
]
