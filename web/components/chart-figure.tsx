import { raw } from 'hono/html'
import { weekday } from '../../src/model/time.ts'
import { type View, explainAddress, phaseAddress } from './address.ts'
import { amount, date } from './format.ts'
import { LineChart, type LineChartProps } from './line-chart.tsx'
import { Measure } from './measure.tsx'
import { ScrollBox } from './scroll-box.tsx'

interface ChartFigureProps extends LineChartProps {
  readonly id: string
  readonly note: string
  readonly plan: string
  readonly phase: string | null
  readonly view: View
}

/** A chart, its legend, and its numbers as a table. The islands put a picture with hover read-out in place of the SVG. */
export const ChartFigure = (props: ChartFigureProps) => {
  const { id, title, note, lines, dates, asOf, unit } = props
  return (
    <figure class="chart" id={id} data-chart>
      <figcaption>
        <h3>{title}</h3>
        <p class="note">{note}</p>
        <ul class="legend">
          {lines.map((line) => (
            <li>
              <svg viewBox="0 0 24 8" width="24" height="8" aria-hidden="true">
                <path class={`line ${line.id}`} d="M0 4H24" />
              </svg>
              {line.name}
            </li>
          ))}
        </ul>
      </figcaption>
      <div class="drawing">
        <LineChart title={title} dates={dates} lines={lines} asOf={asOf} unit={unit} />
      </div>
      <script type="application/json">
        {raw(
          jsonForHtml({
            dates,
            asOf,
            unit,
            lines: lines.map(({ id, name, values }) => ({ id, name, values })),
          }),
        )}
      </script>
      <details id={`${id}-numbers`}>
        <summary>{`${title} as a table`}</summary>
        <Numbers {...props} />
      </details>
    </figure>
  )
}

/** Week ends (month ends, when there are many) and the status date; each date opens the page as of that day. */
const Numbers = ({ id, title, dates, lines, asOf, unit, plan, phase, view }: ChartFigureProps) => {
  const shown = dates
    .map((day, position) => ({ day, position }))
    .filter(({ day, position }) => day === asOf || position === dates.length - 1 || isRowEnd(day, dates))
  return (
    <ScrollBox id={`${id}-box`} label={`${title} as a table`}>
      <table>
        <caption>
          <span class="text">{`At the end of each day shown. What lies after the status date comes from the baseline.`}</span>
        </caption>
        <thead>
          <tr>
            <th scope="col">Day</th>
            {lines.map(({ name }) => (
              <th scope="col" class="number">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map(({ day, position }) => (
            <tr class={day === asOf ? 'status-date' : ''}>
              <th scope="row">
                {day <= asOf ? (
                  <a href={phaseAddress(plan, phase, { ...view, asOf: day })}>
                    <time datetime={day}>{date(day)}</time>
                  </a>
                ) : (
                  <time datetime={day}>{date(day)}</time>
                )}
              </th>
              {lines.map(({ measure, values }) => (
                <td class="number">
                  <DayValue
                    value={values[position] ?? null}
                    past={day <= asOf}
                    unit={unit}
                    href={explainAddress(plan, measure, phase, { ...view, asOf: day <= asOf ? day : view.asOf })}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}

const DayValue = ({
  value,
  past,
  unit,
  href,
}: {
  readonly value: number | null
  readonly past: boolean
  readonly unit: string
  readonly href: string
}) => {
  if (value === null && !past) return <span class="visually-hidden">still to come</span>
  return <Measure value={value} because={undefined} format={(found) => amount(found, unit)} href={href} />
}

const isRowEnd = (day: string, dates: readonly string[]): boolean =>
  dates.length > 400 ? day.endsWith('-01') : weekday(day) === 6

/** JSON inside a script element must not be able to close it. */
const jsonForHtml = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c')
