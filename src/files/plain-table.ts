import type { Table } from './table.ts'

const GAP = '  '

/**
 * A table in columns of equal width, for terminals.
 *
 * @returns lines without trailing blanks, ending in a line break; '' for a table without columns
 */
export const plainTable = ({ columns, rows }: Table): string => {
  if (columns.length === 0) return ''
  const cells = rows.map((row) => row.map(oneLine))
  const widths = columns.map(({ title }, index) =>
    Math.max(widthOf(title), ...cells.map((row) => widthOf(row[index] ?? ''))),
  )
  const line = (row: readonly string[]): string =>
    columns
      .map(({ align }, index) => padded(row[index] ?? '', widths[index]!, align))
      .join(GAP)
      .trimEnd()
  const rule = widths.map((width) => '─'.repeat(width)).join(GAP)
  return [line(columns.map(({ title }) => title)), rule, ...cells.map(line)].map((text) => `${text}\n`).join('')
}

/** Text of a tracker may hold line breaks, and characters that steer a terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach the terminal
const oneLine = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ')

const padded = (text: string, width: number, align: 'left' | 'right'): string => {
  const blanks = ' '.repeat(Math.max(0, width - widthOf(text)))
  return align === 'right' ? blanks + text : text + blanks
}

const segmenter = new Intl.Segmenter()

/** Columns on the terminal: wide East Asian characters and emoji take two. */
const widthOf = (text: string): number => {
  let width = 0
  for (const { segment } of segmenter.segment(text)) width += WIDE.test(segment) ? 2 : 1
  return width
}

const WIDE =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\uff01-\uff60]|\p{Emoji_Presentation}/u
