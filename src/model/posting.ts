import type { Micro } from './amounts.ts'
import type { IsoDate, IsoInstant } from './time.ts'

/** The event in the world that a line records. */
export type Cause =
  | 'added'
  | 'removed'
  | 'estimated'
  | 'split'
  | 'started'
  | 'completed'
  | 'reopened'
  | 'dropped'
  | 'deleted'
  | 'moved'
  | 'worked'

/** Why the line was written: news, a late or corrected fact, a change of rules, a change of rates. */
export type Entry = 'fact' | 'corrected' | 'remapped' | 'revalued'

/**
 * What a line adds to its phase and day. Sizes and money are micro units; counts and seconds are plain. In book N
 * `doing` and `done` count listed items, and `size` and `outside` belong to items that its list does not hold.
 */
export interface Amounts {
  readonly items: number
  readonly doing: number
  readonly done: number
  readonly dropped: number
  readonly unestimated: number
  readonly size: Micro
  readonly doneSize: Micro
  /** Book N only: size, when completed, of items that no list of baseline N holds. */
  readonly outside: Micro
  readonly cost: Micro
  /** Book N only: value earned from baseline N by its listed items. */
  readonly earned: Micro
  readonly seconds: number
  readonly unratedSeconds: number
}

export const NO_AMOUNTS: Amounts = {
  items: 0,
  doing: 0,
  done: 0,
  dropped: 0,
  unestimated: 0,
  size: 0n,
  doneSize: 0n,
  outside: 0n,
  cost: 0n,
  earned: 0n,
  seconds: 0,
  unratedSeconds: 0,
}

/** A line as the facts and the plan want it to stand in the ledger. */
export interface DesiredLine {
  /** 0 = the work; N = what baseline N lets it earn. */
  readonly book: number
  readonly phaseNo: number
  /**
   * Of `occurredAt`, in the plan's zone (book N: in the zone of baseline N). Of an item that was done before it came into
   * the plan, the day it came: its completion occurred earlier, and counts from then on.
   */
  readonly day: IsoDate
  readonly occurredAt: IsoInstant
  readonly cause: Cause
  /** Key of the fact that caused it; `null` for what no fact caused (a dated rule, an entered actual). */
  readonly factKey: string | null
  readonly resourceNo: number | null
  readonly amounts: Amounts
}

/** One posting: a line of the ledger. Never changed, never deleted. */
export interface Posting extends DesiredLine {
  readonly subject: number
  /** Gapless per plan and subject. */
  readonly seq: number
  readonly revision: number
  readonly epoch: number
  readonly entry: Entry
  /** The seq of the line that this one takes back. */
  readonly reverses: number | null
}

/** Amounts of one phase on one day, summed; `added`… are sizes by cause. */
export interface BalanceAmounts extends Amounts {
  readonly completed: number
  readonly reopened: number
  readonly added: Micro
  readonly removed: Micro
  readonly reestimated: Micro
  readonly movedIn: Micro
  readonly movedOut: Micro
}

export const NO_BALANCE: BalanceAmounts = {
  ...NO_AMOUNTS,
  completed: 0,
  reopened: 0,
  added: 0n,
  removed: 0n,
  reestimated: 0n,
  movedIn: 0n,
  movedOut: 0n,
}
