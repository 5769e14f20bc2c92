import type { Portfolio } from '../../../reports/shapes/portfolio.ts'
import { date, index, percent, plural, quantity, signedPercent } from '../../../../web/components/format.ts'
import { STATUS_WORDS } from '../../../../web/components/status.tsx'
import { type Column, tableOf, textColumn, valueColumn, whyUnknown } from './columns.ts'
import type { TextDocument } from './document.ts'
import { SIGNS } from './plan-report.ts'

/** How every plan of a portfolio stands, one line each. */
export const portfolioDocument = (report: Portfolio): TextDocument => ({
  title: `${report.name} on ${date(report.asOf)}`,
  facts: [SIGNS, ...totalLine(report)],
  sections: [{ title: 'Plans', table: tableOf(COLUMNS, report.plans) }],
  notes: [
    ...report.plans.map(({ name, status, statusBecause, trust, trustRemarks }) => ({
      title: `${name} is ${STATUS_WORDS[status].toLowerCase()}; data ${trust}`,
      lines: [...statusBecause, ...trustRemarks],
    })),
    { title: 'Why some values are not known (–)', lines: whyUnknown(COLUMNS, report.plans) },
    {
      title: 'Overlap',
      lines: report.overlap.items === 0 ? [] : [`${plural(report.overlap.items, 'item')} in more than one plan`],
    },
  ],
})

const totalLine = ({ total }: Portfolio): readonly string[] => {
  const parts = [
    ['BAC', total.budgetAtCompletion, whole],
    ['PV', total.plannedValue, whole],
    ['EV', total.earnedValue, whole],
    ['AC', total.actualCost, whole],
    ['SPI', total.schedulePerformanceIndex, index],
    ['CPI', total.costPerformanceIndex, index],
  ] as const
  const stated = parts.flatMap(([name, value, write]) => (value === null ? [] : [`${name} ${write(value)}`]))
  return stated.length === 0
    ? []
    : [`All plans together: ${stated.join(', ')}${total.currency ? ` (${total.currency})` : ''}`]
}

const whole = (value: number): string => quantity(Math.round(value))

const COLUMNS: readonly Column<Portfolio['plans'][number]>[] = [
  textColumn('Plan', ({ name }) => name),
  textColumn('Status', ({ status }) => STATUS_WORDS[status]),
  valueColumn('Planned', 'plannedPercent', (plan) => plan.plannedPercent, percent),
  valueColumn('Done', 'percentComplete', (plan) => plan.percentComplete, percent),
  valueColumn('Scope', 'scopeChangePercent', (plan) => plan.scopeChangePercent, signedPercent),
  valueColumn('SPI', 'schedulePerformanceIndex', (plan) => plan.schedulePerformanceIndex, index),
  valueColumn('CPI', 'costPerformanceIndex', (plan) => plan.costPerformanceIndex, index),
  textColumn('Unit', ({ valueUnit }) => valueUnit),
  valueColumn('BAC', 'budgetAtCompletion', (plan) => plan.budgetAtCompletion, whole),
  valueColumn('EAC', 'estimateAtCompletion', (plan) => plan.estimateAtCompletion, whole),
  valueColumn('Baseline finish', 'baselineFinish', (plan) => plan.baselineFinish, date),
  valueColumn('Expected', 'expectedFinish', (plan) => plan.expectedFinish, date),
  valueColumn('Days late', 'finishVarianceDays', (plan) => plan.finishVarianceDays, quantity),
]
