import type { PlanVariance, PlanVarianceRow } from '../../src/reports/shapes/plan-variance.ts'
import { type View, explainAddress, itemsAddress, phaseAddress } from './address.ts'
import { type Column, type Units, judgedNumber } from './columns.ts'
import { date, share } from './format.ts'
import { Measure, When } from './measure.tsx'
import { ScrollBox } from './scroll-box.tsx'
import { StatusBadge } from './status.tsx'
import type { VarianceTableShape } from './variance-columns.ts'

interface VarianceTableProps {
  readonly shape: VarianceTableShape
  readonly report: PlanVariance
  /** Phases shown, in plan order; the row of the sum comes last. */
  readonly rows: readonly PlanVarianceRow[]
  /** The row that sums the others, and the phase it stands for (`null` = the plan). */
  readonly sum: PlanVarianceRow
  readonly sumPhase: string | null
  readonly view: View
}

interface Place extends Units {
  readonly plan: string
  readonly view: View
}

/** Phases as rows, one group of measures as columns; the conventions stand in the heads. */
export const VarianceTable = ({ shape, report, rows, sum, sumPhase, view }: VarianceTableProps) => {
  const place: Place = { plan: report.plan, view, valueUnit: report.valueUnit, unit: report.unit }
  const columns = shape.groups.flatMap(({ columns }) => columns)
  const name = sumPhase === null ? 'Whole plan' : sum.name
  return (
    <ScrollBox id={`${shape.id}-box`} label={shape.name}>
      <table class="variance">
        <caption>
          <span class="text">
            {shape.name}
            {shape.id === 'scope' && <span class="note">{` · scope in ${report.unit}`}</span>}
          </span>
        </caption>
        <thead>
          <tr>
            <th scope="col" rowspan={2}>
              Phase
            </th>
            {shape.groups.map((group) => (
              <th scope="colgroup" colspan={group.columns.length} class="group">
                {group.name}
                {group.note !== null && <span class="convention">{group.note}</span>}
              </th>
            ))}
          </tr>
          <tr>
            {shape.groups.map((group) =>
              group.columns.map((column, position) => (
                <th scope="col" class={position === 0 ? 'number first' : 'number'}>
                  <abbr title={column.title}>{column.name}</abbr>
                </th>
              )),
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr data-status={row.status}>
              <th scope="row" class={`phase level-${Math.min(row.level, 5)}`}>
                <a href={phaseAddress(report.plan, row.id, view)}>{row.name}</a>
                {shape.id === 'schedule' && <StatusBadge status={row.status} />}
                {shape.id === 'schedule' && row.owner !== null && <span class="of">{row.owner}</span>}
              </th>
              <Cells row={row} phase={row.id} groups={shape.groups} place={place} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{name}</th>
            <Cells row={sum} phase={sumPhase} groups={shape.groups} place={place} />
          </tr>
          {sum.judged !== null && columns.some((column) => typeof judgedNumber(sum.judged!, column) === 'number') && (
            <tr class="judged">
              <th scope="row">
                What is known
                <span class="note">
                  {sum.judged.share === null
                    ? 'without unknown and level-of-effort phases'
                    : `${share(sum.judged.share)} of the budget: without unknown and level-of-effort phases`}
                </span>
              </th>
              {columns.map((column) => (
                <td class={column.kind}>
                  <JudgedCell row={sum} column={column} phase={sumPhase} place={place} />
                </td>
              ))}
            </tr>
          )}
        </tfoot>
      </table>
    </ScrollBox>
  )
}

const Cells = ({
  row,
  phase,
  groups,
  place,
}: {
  readonly row: PlanVarianceRow
  readonly phase: string | null
  readonly groups: VarianceTableShape['groups']
  readonly place: Place
}) => (
  <>
    {groups.map((group) =>
      group.columns.map((column, position) => (
        <td class={position === 0 ? `${column.kind} first` : column.kind}>
          <Cell row={row} phase={phase} column={column} place={place} />
        </td>
      )),
    )}
  </>
)

const Cell = ({
  row,
  phase,
  column,
  place,
}: {
  readonly row: PlanVarianceRow
  readonly phase: string | null
  readonly column: Column
  readonly place: Place
}) => {
  const because = row.undefinedBecause[column.key]
  if (column.kind === 'date') return <When date={column.read(row)} because={because} format={date} />
  const found = column.read(row)
  const note = found === null ? null : (column.note?.(row) ?? null)
  return (
    <>
      <Measure
        value={found}
        because={because}
        format={(value) => column.format(value, place)}
        href={
          column.items
            ? itemsAddress(place.plan, phase, column.items, place.view)
            : explainAddress(place.plan, column.key, phase, place.view)
        }
        tone={column.tone?.(found) ?? 'plain'}
      />
      {note !== null && <span class="of">{note}</span>}
    </>
  )
}

const JudgedCell = ({
  row,
  phase,
  column,
  place,
}: {
  readonly row: PlanVarianceRow
  readonly phase: string | null
  readonly column: Column
  readonly place: Place
}) => {
  const found = row.judged === null ? undefined : judgedNumber(row.judged, column)
  if (found === undefined || column.kind !== 'number') return null
  return (
    <Measure
      value={found}
      because={row.undefinedBecause[`judged.${column.key}`] ?? row.undefinedBecause[column.key]}
      format={(value) => column.format(value, place)}
      href={explainAddress(place.plan, `judged.${column.key}`, phase, place.view)}
      tone={column.tone?.(found) ?? 'plain'}
    />
  )
}
