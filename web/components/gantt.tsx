import type { PlanVariance, PlanVarianceRow } from '../../src/reports/shapes/plan-variance.ts'
import { addDays } from '../../src/model/time.ts'
import { type View, explainAddress, phaseAddress } from './address.ts'
import { date, daysLate, month } from './format.ts'
import { Measure, positiveIsBad } from './measure.tsx'
import { dateScale, endOf, monthStarts } from './scale.ts'
import { ScrollBox } from './scroll-box.tsx'
import { StatusBadge } from './status.tsx'

interface GanttProps {
  readonly report: PlanVariance
  readonly rows: readonly PlanVarianceRow[]
  readonly view: View
}

type Milestone = PlanVariance['milestones'][number]

const WIDTH = 760
const HEIGHT = 34

/** Phases over time: the baseline as a ghost above, what was planned, done and is expected below. */
export const Gantt = ({ report, rows, view }: GanttProps) => {
  const range = rangeOf(report, rows)
  if (range === null) return <p class="empty">No phase has dates yet. Give phases a start and a finish in the plan.</p>
  const x = dateScale(range.from, range.to, WIDTH)
  const months = monthStarts(range.from, range.to, 12)
  return (
    <>
      <ScrollBox id="gantt-box" label="Phases over time">
        <table class="gantt">
          <caption class="visually-hidden">Phases over time, against the baseline</caption>
          <thead>
            <tr>
              <th scope="col">Phase</th>
              <th scope="col" class="bars">
                <span class="visually-hidden">Baseline, actual and expected dates</span>
                <svg viewBox={`0 0 ${WIDTH} 18`} aria-hidden="true">
                  {months
                    .filter((start) => x(start) < WIDTH - 56)
                    .map((start) => (
                      <text class="tick start" x={x(start) + 2} y="13">
                        {month(start)}
                      </text>
                    ))}
                </svg>
              </th>
              <th scope="col">
                Finish<span class="convention">working days</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr>
                <th scope="row" class={`phase level-${Math.min(row.level, 5)}`}>
                  <a href={phaseAddress(report.plan, row.id, view)}>{row.name}</a>
                  <StatusBadge status={row.status} />
                </th>
                <td class="bars">
                  <Bars
                    row={row}
                    x={x}
                    months={months}
                    asOf={report.asOf}
                    milestones={report.milestones.filter(({ phase }) => phase === row.id)}
                  />
                </td>
                <td class="finish">
                  <Measure
                    value={row.finishVarianceDays}
                    because={row.undefinedBecause.finishVarianceDays}
                    format={daysLate}
                    href={explainAddress(report.plan, 'finishVarianceDays', row.id, view)}
                    tone={positiveIsBad(row.finishVarianceDays)}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      <Legend asOf={report.asOf} />
    </>
  )
}

const Bars = ({
  row,
  x,
  months,
  asOf,
  milestones,
}: {
  readonly row: PlanVarianceRow
  readonly x: (isoDate: string) => number
  readonly months: readonly string[]
  readonly asOf: string
  readonly milestones: readonly Milestone[]
}) => {
  const today = endOf(asOf)
  const begun = row.actualStart
  const expectedFrom = begun === null ? laterOf(row.plannedStart, asOf) : asOf
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={inWords(row)}>
      {months.map((start) => (
        <path class="grid" d={`M${x(start)} 0V${HEIGHT}`} />
      ))}
      <Bar kind="ghost" from={row.baselineStart} to={row.baselineFinish} x={x} y={4} height={5} />
      <Bar kind="planned" from={row.plannedStart} to={row.plannedFinish} x={x} y={13} height={13} />
      {row.actualFinish === null &&
        expectedFrom !== null &&
        row.expectedFinish !== null &&
        row.expectedFinish >= expectedFrom && (
          <Bar kind="expected" from={expectedFrom} to={row.expectedFinish} x={x} y={15} height={9} />
        )}
      <Bar kind="actual" from={begun} to={row.actualFinish ?? (begun === null ? null : asOf)} x={x} y={15} height={9} />
      <path class="status-date" d={`M${x(today)} 0V${HEIGHT}`} />
      {milestones.map((milestone) => (
        <Diamond milestone={milestone} x={x} />
      ))}
    </svg>
  )
}

const Bar = ({
  kind,
  from,
  to,
  x,
  y,
  height,
}: {
  readonly kind: 'ghost' | 'planned' | 'actual' | 'expected'
  readonly from: string | null
  readonly to: string | null
  readonly x: (isoDate: string) => number
  readonly y: number
  readonly height: number
}) =>
  from === null || to === null || to < from ? null : (
    <rect
      class={`bar ${kind}`}
      x={x(from)}
      y={y}
      width={Math.max(2, Math.round((x(endOf(to)) - x(from)) * 10) / 10)}
      height={height}
      rx="2"
    />
  )

const Diamond = ({ milestone, x }: { readonly milestone: Milestone; readonly x: (isoDate: string) => number }) => {
  const at = milestone.actualDate ?? milestone.plannedDate
  return (
    <>
      {milestone.baselineDate !== null && milestone.baselineDate !== at && (
        <path class="diamond ghost" d={`M${x(milestone.baselineDate)} 2l4.5 4.5-4.5 4.5-4.5-4.5z`} />
      )}
      <path class={milestone.actualDate === null ? 'diamond' : 'diamond reached'} d={`M${x(at)} 12.5l7 7-7 7-7-7z`}>
        <title>{`${milestone.name}: ${milestone.actualDate === null ? 'planned for' : 'reached on'} ${date(at)}`}</title>
      </path>
    </>
  )
}

const Legend = ({ asOf }: { readonly asOf: string }) => (
  <ul class="legend">
    {(
      [
        ['ghost', 'Baseline'],
        ['planned', 'Planned now'],
        ['actual', 'Worked'],
        ['expected', 'Expected'],
      ] as const
    ).map(([kind, name]) => (
      <li>
        <svg viewBox="0 0 24 10" width="24" height="10" aria-hidden="true">
          <rect
            class={`bar ${kind}`}
            x="1"
            y={kind === 'ghost' ? 3 : 1}
            width="22"
            height={kind === 'ghost' ? 5 : 8}
            rx="2"
          />
        </svg>
        {name}
      </li>
    ))}
    <li>
      <svg viewBox="0 0 24 10" width="24" height="10" aria-hidden="true">
        <path class="status-date" d="M12 0V10" />
      </svg>
      {`Status date, ${date(asOf)}`}
    </li>
    <li>
      <svg viewBox="0 0 24 10" width="24" height="10" aria-hidden="true">
        <path class="diamond" d="M7 .5l4.5 4.5L7 9.5 2.5 5z" />
        <path class="diamond reached" d="M18 .5l4.5 4.5-4.5 4.5L13.5 5z" />
      </svg>
      Plan milestone: ahead, reached
    </li>
  </ul>
)

/** What the bars of a phase say, for those who cannot see them. */
const inWords = (row: PlanVarianceRow): string => {
  const span = (from: string | null, to: string | null): string =>
    from === null || to === null ? 'no dates' : `${date(from)} to ${date(to)}`
  const begun = row.actualStart === null ? 'not started' : `started ${date(row.actualStart)}`
  const ended =
    row.actualFinish !== null
      ? `finished ${date(row.actualFinish)}`
      : row.expectedFinish === null
        ? 'expected finish not known'
        : `expected to finish ${date(row.expectedFinish)}`
  return `${row.name}: baseline ${span(row.baselineStart, row.baselineFinish)}, ${begun}, ${ended}`
}

const laterOf = (planned: string | null, asOf: string): string | null =>
  planned === null ? null : planned > asOf ? planned : addDays(asOf, 1)

const rangeOf = (
  report: PlanVariance,
  rows: readonly PlanVarianceRow[],
): { readonly from: string; readonly to: string } | null => {
  const dates = [
    ...rows.flatMap((row) => [
      row.baselineStart,
      row.baselineFinish,
      row.plannedStart,
      row.plannedFinish,
      row.actualStart,
      row.actualFinish,
      row.expectedFinish,
    ]),
    ...report.milestones.flatMap(({ baselineDate, plannedDate, actualDate }) => [
      baselineDate,
      plannedDate,
      actualDate,
    ]),
  ].filter((day) => day !== null)
  if (dates.length === 0) return null
  dates.push(report.asOf)
  dates.sort()
  return { from: addDays(dates[0]!, -4), to: addDays(dates.at(-1)!, 8) }
}
