import { cpus, loadavg } from 'node:os'

export interface Line {
  readonly question: string
  readonly measured: number
  readonly unit: string
  /** The limit that we set ourselves, or what the peer did in the same run; `null` = none. */
  readonly against: number | null
  readonly better: 'more' | 'less'
}

/** The one table: what was measured, against what, and how many times better; and how busy the machine was. */
export const printTable = (lines: readonly Line[]): void => {
  const header = ['question', 'measured', 'unit', 'against', 'times better']
  const cells = lines.map((line) => [
    line.question,
    shown(line.measured),
    line.unit,
    line.against === null ? '–' : `${line.better === 'more' ? '>=' : '<='} ${shown(line.against)}`,
    line.against === null ? '–' : (ratio(line) ?? 0).toFixed(2),
  ])
  const widths = header.map((title, column) => Math.max(title.length, ...cells.map((row) => row[column]!.length)))
  const text = (row: readonly string[]) => row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ')
  const table = [header, widths.map((width) => '-'.repeat(width)), ...cells].map(text).join('\n')
  const load = loadavg()[0]!.toFixed(1)
  process.stdout.write(`${table}\n${cpus().length} processors, load ${load} over the last minute\n`)
}

const ratio = ({ measured, against, better }: Line): number | null =>
  against === null ? null : better === 'more' ? measured / against : against / measured

const shown = (value: number): string =>
  value.toLocaleString('en', { maximumFractionDigits: Math.abs(value) < 100 ? 1 : 0 })
