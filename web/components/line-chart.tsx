import { date, month, shortAmount } from './format.ts'
import { dateScale, monthStarts, niceTicks } from './scale.ts'

export interface ChartLine {
  /** Also the CSS class that gives it colour and dashes. */
  readonly id: 'planned' | 'earned' | 'actual' | 'scope' | 'baseline' | 'done'
  readonly name: string
  readonly measure: string
  readonly values: readonly (number | null)[]
}

export interface LineChartProps {
  readonly title: string
  readonly dates: readonly string[]
  readonly lines: readonly ChartLine[]
  readonly asOf: string
  readonly unit: string
}

const WIDTH = 480
const HEIGHT = 250
const LEFT = 52
const RIGHT = 12
const TOP = 12
const BOTTOM = 26
const MOST_POINTS = 160

/** Lines over days as a picture that needs no script: on screen, on paper, in a mail. */
export const LineChart = ({ title, dates, lines, asOf, unit }: LineChartProps) => {
  const from = dates[0]!
  const to = dates.at(-1)!
  const ticks = niceTicks(Math.max(0, ...lines.flatMap(({ values }) => values.map((value) => value ?? 0))))
  const top = ticks.at(-1)!
  const place = dateScale(from, to, WIDTH - LEFT - RIGHT)
  const x = (isoDate: string): number => LEFT + place(isoDate)
  const y = (value: number): number => Math.round((TOP + (1 - value / top) * (HEIGHT - TOP - BOTTOM)) * 10) / 10
  return (
    <svg class="lines" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={title}>
      {ticks.map((tick) => (
        <>
          <path class="grid" d={`M${LEFT} ${y(tick)}H${WIDTH - RIGHT}`} />
          <text class="tick end" x={LEFT - 6} y={y(tick) + 4}>
            {shortAmount(tick, unit)}
          </text>
        </>
      ))}
      {monthStarts(from, to, 6).map((start) => (
        <>
          <path class="grid" d={`M${x(start)} ${HEIGHT - BOTTOM}v4`} />
          <text class="tick" x={x(start)} y={HEIGHT - 8}>
            {month(start)}
          </text>
        </>
      ))}
      {asOf >= from && asOf <= to && (
        <path class="status-date" d={`M${x(asOf)} ${TOP}V${HEIGHT - BOTTOM}`}>
          <title>{`Status date ${date(asOf)}`}</title>
        </path>
      )}
      {lines.map(({ id, name, values }) => (
        <path class={`line ${id}`} d={pathOf(dates, values, asOf, x, y)}>
          <title>{name}</title>
        </path>
      ))}
    </svg>
  )
}

/** A path with gaps where nothing is known; long plans are thinned, the status date and both ends are kept. */
const pathOf = (
  dates: readonly string[],
  values: readonly (number | null)[],
  asOf: string,
  x: (isoDate: string) => number,
  y: (value: number) => number,
): string => {
  const every = Math.max(1, Math.ceil(dates.length / MOST_POINTS))
  let path = ''
  let drawing = false
  for (const [position, day] of dates.entries()) {
    const value = values[position] ?? null
    if (value === null) {
      drawing = false
      continue
    }
    const last = (values[position + 1] ?? null) === null
    if (drawing && !last && position % every !== 0 && day !== asOf) continue
    path += `${drawing ? 'L' : 'M'}${x(day)} ${y(value)}`
    drawing = true
  }
  return path
}
