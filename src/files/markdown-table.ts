import type { Table } from './table.ts'

/** A table in GitHub's Markdown. Text that would be read as markup or as another column is escaped. */
export const markdownTable = ({ columns, rows }: Table): string => {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`
  return [
    line(columns.map(({ title }) => markdownText(title))),
    line(columns.map(({ align }) => (align === 'right' ? '--:' : '---'))),
    ...rows.map((row) => line(columns.map((_, index) => markdownText(row[index] ?? '')))),
  ].join('')
}

/** Text that Markdown shows as it stands. */
export const markdownText = (text: string): string =>
  text
    .replace(/[\\`*_{}[\]<>#|~]/g, '\\$&')
    .replace(/\s*\n\s*/g, ' ')
    .replace(/&/g, '&amp;')
