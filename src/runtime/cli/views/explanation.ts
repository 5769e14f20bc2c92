import type { Explanation } from '../../../reports/shapes/explanation.ts'
import { REASONS } from '../../../model/reason.ts'
import { DASH, date, exactly, plural } from '../../../../web/components/format.ts'
import { type Column, tableOf, textColumn } from './columns.ts'
import type { TextDocument } from './document.ts'

/** How one number came about, down to the postings behind it. */
export const explanationDocument = (report: Explanation): TextDocument => ({
  title: `${report.name} of ${report.plan}${report.phase === null ? '' : `, phase ${report.phase}`} on ${date(report.asOf)}: ${report.value === null ? DASH : exactly(report.value, report.unit)}`,
  facts: [
    ...(report.undefinedBecause === null ? [] : [REASONS[report.undefinedBecause]]),
    report.words,
    report.formula,
    report.good,
    `Source: ${report.source}`,
  ].filter((line) => line !== ''),
  sections: [
    ...(report.inputs.length === 0 ? [] : [{ title: 'Inputs', table: tableOf(INPUTS, report.inputs) }]),
    ...(report.baselineRows.length === 0
      ? []
      : [{ title: `Baseline ${report.baseline}`, table: tableOf(BASELINE, report.baselineRows) }]),
    ...(report.postings.length === 0 ? [] : [{ title: 'Postings', table: tableOf(POSTINGS, report.postings) }]),
  ],
  notes: [
    {
      title: 'Sum',
      lines:
        report.postings.length === 0
          ? []
          : [
              `All postings together: ${exactly(report.postingsTotal, report.unit)}${report.next === null ? '' : ` (${plural(report.postings.length, 'posting')} shown; --format json shows all)`}`,
            ],
    },
  ],
})

const plain = (value: number): string => exactly(value, '')

const INPUTS: readonly Column<Explanation['inputs'][number]>[] = [
  textColumn('Input', ({ name }) => name),
  { title: 'Value', align: 'right', text: ({ value }) => (value === null ? null : plain(value)) },
  textColumn('', ({ note }) => note ?? ''),
]

const BASELINE: readonly Column<Explanation['baselineRows'][number]>[] = [
  textColumn('Phase', ({ phase }) => phase),
  { title: 'Start', align: 'right', text: ({ start }) => start },
  { title: 'Finish', align: 'right', text: ({ finish }) => finish },
  { title: 'Budget', align: 'right', text: ({ value }) => plain(value) },
  { title: 'Scope', align: 'right', text: ({ scope }) => (scope === null ? null : plain(scope)) },
  { title: 'Planned', align: 'right', text: ({ plannedValue }) => plain(plannedValue) },
]

const POSTINGS: readonly Column<Explanation['postings'][number]>[] = [
  textColumn('Day', ({ day }) => day),
  textColumn('Item', ({ key }) => key),
  textColumn('Title', ({ title }) => (title.length > 50 ? `${title.slice(0, 49)}…` : title)),
  textColumn('Phase', ({ phase }) => phase),
  textColumn('Cause', ({ cause, entry }) => (entry === 'fact' ? cause : `${cause} (${entry})`)),
  { title: 'Amount', align: 'right', text: ({ amount }) => plain(amount) },
]
