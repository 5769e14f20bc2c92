import type { Micro } from '../model/amounts.ts'
import { type Amounts, type BalanceAmounts, type DesiredLine, NO_BALANCE } from '../model/posting.ts'
import type { IsoDate } from '../model/time.ts'

/** The sum of one phase's lines on one day in one book. */
export interface DayBalance {
  readonly book: number
  readonly phaseNo: number
  readonly day: IsoDate
  readonly amounts: BalanceAmounts
}

/** A line as far as sums are concerned; a desired line counts as one that reverses nothing. */
export type SummableLine = DesiredLine & { readonly reverses?: number | null }

/**
 * Balances of lines by book, phase and day: what the store's balance tables hold, computed here once more so that
 * both can be compared. A reversal reduces the column of its own cause.
 *
 * @returns ascending by book, phase, day; sums that reached zero stay
 */
export const sumPostings = (lines: Iterable<SummableLine>): readonly DayBalance[] => {
  const sums = new Map<string, DayBalance>()
  for (const line of lines) {
    const key = `${line.book} ${line.phaseNo} ${line.day}`
    const known = sums.get(key)
    const amounts = addBalances(known?.amounts ?? NO_BALANCE, balanceOf(line))
    sums.set(key, { book: line.book, phaseNo: line.phaseNo, day: line.day, amounts })
  }
  return [...sums.values()].sort(
    (a, b) => a.book - b.book || a.phaseNo - b.phaseNo || (a.day < b.day ? -1 : a.day > b.day ? 1 : 0),
  )
}

/** What one line adds to its balance. */
export const balanceOf = ({ amounts, cause, reverses }: SummableLine): BalanceAmounts => {
  const { size, done } = amounts
  const isReversal = reverses !== undefined && reverses !== null
  const isArrival = isReversal ? size < 0n : size > 0n
  return {
    ...amounts,
    completed: cause === 'completed' ? done : 0,
    reopened: cause === 'reopened' ? 0 - done : 0,
    added: cause === 'added' || cause === 'reopened' ? size : 0n,
    removed: cause === 'removed' || cause === 'dropped' || cause === 'deleted' ? -size : 0n,
    reestimated: cause === 'estimated' || cause === 'split' || cause === 'started' || cause === 'completed' ? size : 0n,
    movedIn: cause === 'moved' && isArrival ? size : 0n,
    movedOut: cause === 'moved' && !isArrival ? -size : 0n,
  }
}

export const addBalances = (a: BalanceAmounts, b: BalanceAmounts): BalanceAmounts => ({
  ...addAmounts(a, b),
  completed: a.completed + b.completed,
  reopened: a.reopened + b.reopened,
  added: a.added + b.added,
  removed: a.removed + b.removed,
  reestimated: a.reestimated + b.reestimated,
  movedIn: a.movedIn + b.movedIn,
  movedOut: a.movedOut + b.movedOut,
})

/** The size that changed by cause: what is in scope now = what was + this. */
export const netFlow = ({ added, removed, reestimated, movedIn, movedOut }: BalanceAmounts): Micro =>
  added - removed + reestimated + movedIn - movedOut

const addAmounts = (a: Amounts, b: Amounts): Amounts => ({
  items: a.items + b.items,
  doing: a.doing + b.doing,
  done: a.done + b.done,
  dropped: a.dropped + b.dropped,
  unestimated: a.unestimated + b.unestimated,
  size: a.size + b.size,
  doneSize: a.doneSize + b.doneSize,
  outside: a.outside + b.outside,
  cost: a.cost + b.cost,
  earned: a.earned + b.earned,
  seconds: a.seconds + b.seconds,
  unratedSeconds: a.unratedSeconds + b.unratedSeconds,
})
