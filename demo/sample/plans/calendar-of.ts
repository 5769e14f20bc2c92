import { addDays, type IsoDate, mondayOf } from '../../../src/model/time.ts'

/** Day of a plan by week: week 0 holds the anchor, day 0 is Monday. */
export type WeekDay = (week: number, day?: number) => IsoDate

/** @example weekDayFrom('2026-11-18')(-1, 4) // => '2026-11-13', Friday of the week before */
export const weekDayFrom =
  (anchor: IsoDate): WeekDay =>
  (week, day = 0) =>
    addDays(mondayOf(anchor), week * 7 + day)

/** Points of small and of large items. */
export const SMALL = [1, 1, 1, 2, 2, 2, 3, 3, 5]
export const LARGE = [2, 3, 3, 3, 5, 5, 8]
export const LARGEST = [3, 3, 5, 5, 5, 8]
