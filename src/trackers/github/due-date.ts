import { type IsoDate, addDays } from '../../model/time.ts'

/**
 * The day that a milestone's `due_on` means.
 *
 * Whoever picks a day in GitHub's form sends the midnight with which it begins where they sit, as an instant in UTC:
 * 2012-01-31 picked in California is `2012-01-31T08:00:00Z`, picked in Berlin it is `2012-01-30T23:00:00Z`. So a
 * midnight is rounded to the nearest one of UTC: up to 12:00Z it was made in UTC or west of it and the date stands as it
 * is; after that it was made east of UTC and the next day is meant. Zones beyond UTC+12 are taken for the far west.
 * An instant that is no midnight anywhere (`23:39:01Z`, set through the API) means its date as written.
 *
 * @example dueDate('2015-05-15T04:00:00Z') // => '2015-05-15', New York
 * @example dueDate('2026-05-28T22:00:00Z') // => '2026-05-29', Berlin
 */
export const dueDate = (dueOn: string): IsoDate => {
  const instant = new Date(dueOn)
  const date = instant.toISOString().slice(0, 10)
  const isMidnightSomewhere = instant.getTime() % QUARTER_MS === 0
  return isMidnightSomewhere && instant.getUTCHours() >= 12 ? addDays(date, 1) : date
}

/** Zones differ from UTC by multiples of a quarter of an hour. */
const QUARTER_MS = 900_000
