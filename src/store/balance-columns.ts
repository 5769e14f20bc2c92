import { sql } from 'drizzle-orm'
import type { BalanceAmounts } from '../model/posting.ts'

type ColumnType = 'integer' | 'bigint'

/**
 * The amounts of a balance: column, type, and what one line of `postings` adds to it. This is the one place that says
 * which cause counts where; a reversal reduces the column of its own cause. (`ledger/sum-postings.ts` says the same in
 * TypeScript; a test holds them together.)
 */
const COLUMNS: Readonly<Record<keyof BalanceAmounts, readonly [column: string, type: ColumnType, line: string]>> = {
  items: ['items', 'integer', 'items'],
  doing: ['doing', 'integer', 'doing'],
  done: ['done', 'integer', 'done'],
  dropped: ['dropped', 'integer', 'dropped'],
  unestimated: ['unestimated', 'integer', 'unestimated'],
  completed: ['completed', 'integer', `case when cause = 'completed' then done else 0 end`],
  reopened: ['reopened', 'integer', `case when cause = 'reopened' then -done else 0 end`],
  size: ['size_micro', 'bigint', 'size_micro'],
  doneSize: ['done_micro', 'bigint', 'done_micro'],
  outside: ['outside_micro', 'bigint', 'outside_micro'],
  cost: ['cost_micro', 'bigint', 'cost_micro'],
  earned: ['earned_micro', 'bigint', 'earned_micro'],
  added: ['added_micro', 'bigint', `case when cause in ('added', 'reopened') then size_micro else 0 end`],
  removed: [
    'removed_micro',
    'bigint',
    `case when cause in ('removed', 'dropped', 'deleted') then -size_micro else 0 end`,
  ],
  reestimated: [
    'reestimated_micro',
    'bigint',
    `case when cause in ('estimated', 'split', 'started', 'completed') then size_micro else 0 end`,
  ],
  movedIn: [
    'moved_in_micro',
    'bigint',
    `case when cause = 'moved' and sign(size_micro) = case when reverses is null then 1 else -1 end then size_micro else 0 end`,
  ],
  movedOut: [
    'moved_out_micro',
    'bigint',
    `case when cause = 'moved' and sign(size_micro) = case when reverses is null then -1 else 1 end then -size_micro else 0 end`,
  ],
  seconds: ['seconds', 'bigint', 'seconds'],
  unratedSeconds: ['unrated_seconds', 'bigint', 'unrated_seconds'],
}

const columns = Object.values(COLUMNS)
const names = Object.keys(COLUMNS) as readonly (keyof BalanceAmounts)[]
const COUNTS = new Set(names.filter((name) => COLUMNS[name][1] === 'integer' || /seconds/i.test(name)))

/** Names of the columns. */
export const amountColumns = sql.raw(columns.map(([column]) => column).join(', '))

/** What one line adds, as columns of the same names. */
export const lineAmounts = sql.raw(columns.map(([column, , line]) => `${line} as ${column}`).join(', '))

/** Sums over lines. */
export const sumOfLines = sql.raw(columns.map(([, type, line]) => `sum(${line})::${type}`).join(', '))

/** Sums over rows that have the columns, under the same names. */
export const sumOfAmounts = sql.raw(columns.map(([column, type]) => `sum(${column})::${type} as ${column}`).join(', '))

/** The same of the days before one, named `before_…`; expects a column `early`. */
export const sumOfEarlyAmounts = sql.raw(
  columns
    .map(([column, type]) => `coalesce(sum(${column}) filter (where early), 0)::${type} as before_${column}`)
    .join(', '),
)

/** For `on conflict … do update set`: adds the new amounts to those of the row named `t`. */
export const addAmounts = sql.raw(columns.map(([column]) => `${column} = t.${column} + excluded.${column}`).join(', '))

/** Whether every amount of two rows is equal. */
export const sameAmounts = (a: string, b: string) =>
  sql.raw(`(${columns.map(([c]) => `${a}.${c}`).join(', ')}) = (${columns.map(([c]) => `${b}.${c}`).join(', ')})`)

/** A row with the columns → amounts. @param prefix of the column names */
export const balanceOf = (row: Readonly<Record<string, unknown>>, prefix = ''): BalanceAmounts => {
  const amounts: Partial<Record<keyof BalanceAmounts, number | bigint>> = {}
  for (const name of names) {
    const value = row[prefix + COLUMNS[name][0]] as number | bigint | string
    amounts[name] = COUNTS.has(name) ? Number(value) : BigInt(value)
  }
  return amounts as BalanceAmounts
}
