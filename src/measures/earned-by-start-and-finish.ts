import type { Micro } from '../model/amounts.ts'
import type { IsoDate } from '../model/time.ts'

/** 0/100: nothing until finished, then everything. For work of one period at most. */
export const earnedByFinish = (value: Micro, finished: boolean): Micro => (finished ? value : 0n)

/**
 * 50/50, 25/75, 20/80…: a part at the start, the rest at the finish. It asks whether the work has *started*, whatever
 * per cent somebody entered.
 *
 * @param startPercent earned at the start, 0..100, whole per cents
 * @example earnedByStart(10_000n, 25, { started: true, finished: false }) // => 2_500n
 */
export const earnedByStart = (
  value: Micro,
  startPercent: number,
  { started, finished }: { readonly started: boolean; readonly finished: boolean },
): Micro => (finished ? value : started ? (value * BigInt(Math.round(startPercent))) / 100n : 0n)

/** Counts of items on a status date: those that the baseline lists for the phase, and those present in it. */
export interface ItemCounts {
  readonly listed: number
  /** Listed items that are being worked on or done. */
  readonly listedStarted: number
  readonly listedDone: number
  /** Items in scope of the phase now. */
  readonly present: number
  readonly presentStarted: number
  readonly presentDone: number
}

/** Started: a listed item is started or done (without a list: any present one), or an actual start was entered. */
export const hasStarted = (counts: ItemCounts, actualStart: IsoDate | null, asOf: IsoDate): boolean =>
  (actualStart !== null && actualStart <= asOf) ||
  (counts.listed > 0 ? counts.listedStarted > 0 : counts.presentStarted > 0)

/**
 * Finished: all listed items are done (without a list: all present ones, at least one), or an actual finish was entered.
 * An item that is added after the last listed one was done does not take the value back.
 */
export const hasFinished = (counts: ItemCounts, actualFinish: IsoDate | null, asOf: IsoDate): boolean =>
  (actualFinish !== null && actualFinish <= asOf) ||
  (counts.listed > 0 ? counts.listedDone >= counts.listed : counts.present > 0 && counts.presentDone >= counts.present)
