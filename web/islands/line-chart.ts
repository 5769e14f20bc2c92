import {
  CategoryScale,
  Chart,
  type ChartDataset,
  LineController,
  LineElement,
  LinearScale,
  PointElement,
  Tooltip,
} from 'chart.js'
import { amount, date, month, shortAmount } from '../components/format.ts'

Chart.register(CategoryScale, LineController, LineElement, LinearScale, PointElement, Tooltip)

interface ChartData {
  readonly dates: readonly string[]
  readonly asOf: string
  readonly unit: string
  readonly lines: readonly { readonly id: string; readonly name: string; readonly values: readonly (number | null)[] }[]
}

/** Draws a figure's data over its SVG, in the same colours and dashes. Returns how to let go of it. */
export const drawChart = (figure: HTMLElement): (() => void) | null => {
  const text = figure.querySelector('script[type="application/json"]')?.textContent
  const drawing = figure.querySelector<HTMLElement>('.drawing')
  if (!text || !drawing) return null
  const data: ChartData = JSON.parse(text)
  const canvas = document.createElement('canvas')
  canvas.setAttribute('aria-hidden', 'true')
  drawing.append(canvas)
  const chart = new Chart(canvas, {
    type: 'line',
    data: { labels: [...data.dates], datasets: data.lines.map((line) => datasetOf(line, drawing)) },
    options: {
      animation: false,
      maintainAspectRatio: false,
      interaction: { mode: 'index', intersect: false },
      scales: {
        x: {
          grid: { display: false },
          border: { color: colour('--line') },
          ticks: {
            color: colour('--soft'),
            maxRotation: 0,
            autoSkip: false,
            callback: (_, position) => monthLabel(data.dates, position, canvas.clientWidth),
          },
        },
        y: {
          beginAtZero: true,
          grid: { color: colour('--line') },
          border: { display: false },
          ticks: {
            color: colour('--soft'),
            maxTicksLimit: 6,
            callback: (value) => shortAmount(Number(value), data.unit),
          },
        },
      },
      plugins: {
        tooltip: {
          callbacks: {
            title: ([first]) => date(data.dates[first?.dataIndex ?? 0] ?? data.asOf),
            label: ({ dataset, parsed }) => ` ${dataset.label}: ${amount(parsed.y ?? 0, data.unit)}`,
          },
        },
      },
    },
    plugins: [statusDateLine(data)],
  })
  figure.classList.add('alive')
  const recolour = (): void => {
    chart.destroy()
    canvas.remove()
    figure.classList.remove('alive')
    drawChart(figure)
  }
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', recolour, { once: true })
  return () => chart.destroy()
}

/** The stylesheet decides how a line looks; the SVG's own path is asked. */
const datasetOf = (line: ChartData['lines'][number], drawing: HTMLElement): ChartDataset<'line', (number | null)[]> => {
  const path = drawing.querySelector(`path.${line.id}`)
  const style = path === null ? null : getComputedStyle(path)
  return {
    label: line.name,
    data: [...line.values],
    borderColor: style?.stroke ?? colour('--ink'),
    backgroundColor: style?.stroke ?? colour('--ink'),
    borderWidth: Number.parseFloat(style?.strokeWidth ?? '2'),
    borderDash: dashesOf(style?.strokeDasharray ?? 'none'),
    pointRadius: 0,
    pointHoverRadius: 4,
    spanGaps: false,
  }
}

const dashesOf = (dashes: string): number[] =>
  dashes === 'none' ? [] : dashes.split(/[ ,]+/).map((length) => Number.parseFloat(length))

const colour = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim()

/** Month names under the first days of months, as many as there is room for. */
const monthLabel = (dates: readonly string[], position: number, width: number): string | null => {
  const day = dates[position]
  if (!day?.endsWith('-01')) return null
  const starts = dates.filter((isoDate) => isoDate.endsWith('-01'))
  const every = Math.ceil((starts.length * 80) / Math.max(1, width))
  return starts.indexOf(day) % every === 0 ? month(day) : null
}

const statusDateLine = ({ dates, asOf }: ChartData) => ({
  id: 'status-date',
  afterDatasetsDraw: (chart: Chart): void => {
    const position = dates.indexOf(asOf)
    const scale = chart.scales.x
    if (position === -1 || scale === undefined) return
    const x = scale.getPixelForValue(position)
    const { ctx, chartArea } = chart
    ctx.save()
    ctx.strokeStyle = colour('--ink')
    ctx.setLineDash([2, 3])
    ctx.beginPath()
    ctx.moveTo(x, chartArea.top)
    ctx.lineTo(x, chartArea.bottom)
    ctx.stroke()
    ctx.restore()
  },
})
