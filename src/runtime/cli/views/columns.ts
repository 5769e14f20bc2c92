import type { Table } from '../../../files/table.ts'
import { REASONS, type Reason } from '../../../model/reason.ts'
import { DASH } from '../../../../web/components/format.ts'

/** A column of a report: how a row's value is found, and how it is written. */
export interface Column<Row> {
  readonly title: string
  readonly align: 'left' | 'right'
  /** Key path in the row's `undefinedBecause`, where the value may be unknown. */
  readonly key?: string
  /** `null` = unknown. */
  readonly text: (row: Row) => string | null
}

export interface ReasonedRow {
  readonly name: string
  readonly undefinedBecause: Readonly<Record<string, Reason>>
}

export const textColumn = <Row>(title: string, text: (row: Row) => string | null): Column<Row> => ({
  title,
  align: 'left',
  text,
})

/** A number or date that may be unknown. */
export const valueColumn = <Row, V extends number | string>(
  title: string,
  key: string,
  value: (row: Row) => V | null,
  write: (value: V) => string,
): Column<Row> => ({
  title,
  align: 'right',
  key,
  text: (row) => {
    const found = value(row)
    return found === null ? null : write(found)
  },
})

export const tableOf = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Table => ({
  columns: columns.map(({ title, align }) => ({ title, align })),
  rows: rows.map((row) => columns.map(({ text }) => text(row) ?? DASH)),
})

/** Why a table shows dashes: one line for each reason, with the places where it holds. */
export const whyUnknown = <Row extends ReasonedRow>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): readonly string[] => {
  const places = new Map<Reason, Map<string, string[]>>()
  for (const row of rows)
    for (const { title, key, text } of columns) {
      const reason = key === undefined ? undefined : row.undefinedBecause[key]
      if (reason === undefined || text(row) !== null) continue
      const ofReason = places.get(reason) ?? new Map<string, string[]>()
      places.set(reason, ofReason)
      ofReason.set(row.name, [...(ofReason.get(row.name) ?? []), title])
    }
  return [...places].map(([reason, byRow]) => {
    const byTitles = new Map<string, string[]>()
    for (const [name, titles] of byRow) {
      const text = titles.join(', ')
      byTitles.set(text, [...(byTitles.get(text) ?? []), name])
    }
    return `${REASONS[reason]} (${[...byTitles].map(([titles, names]) => `${titles} of ${names.length === rows.length && names.length > 1 ? 'every line' : names.join(', ')}`).join('; ')})`
  })
}
