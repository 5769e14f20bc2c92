import { stringify } from 'csv-stringify/sync'

export type CsvValue = string | number | boolean | null

/**
 * Comma-separated values (RFC 4180), one line per record after the line of column names. Text that a spreadsheet would
 * run as a formula gets an apostrophe in front; numbers stay numbers, negative ones too.
 *
 * @returns lines that end in CRLF; `null` is an empty cell
 * @source https://owasp.org/www-community/attacks/CSV_Injection
 * @example csv(['key', 'size'], [['=1+1', -2]]) // => "key,size\r\n'=1+1,-2\r\n"
 */
export const csv = (columns: readonly string[], records: readonly (readonly CsvValue[])[]): string =>
  stringify(
    [columns, ...records].map((record) => record.map(guarded)),
    {
      escape_formulas: true,
      record_delimiter: 'windows',
      cast: { boolean: String },
    },
  )

/** A spreadsheet passes over blanks before it looks for a formula. */
const guarded = (value: CsvValue): CsvValue =>
  typeof value === 'string' && /^\s+[=+\-@＝＋－＠]/.test(value) ? `'${value}` : value
