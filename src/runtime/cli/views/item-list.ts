import type { PlanItems } from '../../../reports/shapes/plan-items.ts'
import { date, plural, quantity } from '../../../../web/components/format.ts'
import { type Column, tableOf, textColumn } from './columns.ts'
import type { TextDocument } from './document.ts'

/** The work items of a plan or phase, one line each. */
export const itemsDocument = (report: PlanItems, { unmapped }: { readonly unmapped: boolean }): TextDocument => ({
  title: `${plural(report.items.length, 'item')} of ${report.plan}${report.phase === null ? '' : `, phase ${report.phase}`}${unmapped ? ' that no rule takes' : ''} on ${date(report.asOf)}`,
  facts: [`Sizes in ${report.unit}; ? = not estimated`],
  sections: [{ title: 'Items', table: tableOf(COLUMNS, report.items) }],
  notes: [],
})

const COLUMNS: readonly Column<PlanItems['items'][number]>[] = [
  textColumn('Item', ({ key }) => key),
  textColumn('Title', ({ title }) => (title.length > 60 ? `${title.slice(0, 59)}…` : title)),
  textColumn('Phase', ({ phase }) => phase),
  textColumn('State', ({ state }) => state),
  { title: 'Size', align: 'right', text: ({ size, estimated }) => `${quantity(size)}${estimated ? '' : '?'}` },
  number('Baseline', ({ baselineSize }) => baselineSize),
  number('Value', ({ baselineValue }) => baselineValue),
  number('Earned', ({ earnedValue }) => earnedValue),
  number('Hours', ({ hours }) => hours),
  number('Cost', ({ cost }) => cost),
  { title: 'Done on', align: 'right', text: ({ doneOn }) => doneOn && date(doneOn) },
]

function number(
  title: string,
  value: (item: PlanItems['items'][number]) => number | null,
): Column<PlanItems['items'][number]> {
  return {
    title,
    align: 'right',
    text: (item) => {
      const found = value(item)
      return found === null ? null : quantity(found)
    },
  }
}
