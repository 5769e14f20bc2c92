import { addDays, dateOfDay, dayNumber, type IsoDate, type IsoInstant, weekday } from '../../src/model/time.ts'
import { startOfDay } from '../../src/model/zone.ts'

/** Where the fictional company works. */
export const ZONE = 'Europe/Berlin'

/** Public holidays of Berlin; the demo keeps its own list so that it needs no holiday library. */
export const isHoliday = (date: IsoDate): boolean => {
  const year = Number(date.slice(0, 4))
  if (!holidays.has(year)) holidays.set(year, holidaysOf(year))
  return holidays.get(year)!.has(date)
}

export const isWorkday = (date: IsoDate): boolean => weekday(date) < 5 && !isHoliday(date)

/** Working days from `from` to `to`, both included. */
export const workdaysBetween = (from: IsoDate, to: IsoDate): readonly IsoDate[] => {
  const days: IsoDate[] = []
  for (let date = from; date <= to; date = addDays(date, 1)) if (isWorkday(date)) days.push(date)
  return days
}

/** The working day that lies `count` working days after (negative: before) `date`. */
export const shiftWorkdays = (date: IsoDate, count: number): IsoDate => {
  const step = count < 0 ? -1 : 1
  let moved = date
  for (let left = Math.abs(count); left > 0; ) {
    moved = addDays(moved, step)
    if (isWorkday(moved)) left -= 1
  }
  while (!isWorkday(moved)) moved = addDays(moved, step)
  return moved
}

/** A minute of a local working day as an instant. */
export const momentOf = (date: IsoDate, minuteOfDay: number): IsoInstant =>
  new Date(Date.parse(startOfDay(date, ZONE)) + minuteOfDay * 60_000).toISOString()

/** With Christmas Eve and New Year's Eve, on which the company is closed. */
const FIXED = ['01-01', '03-08', '05-01', '10-03', '12-24', '12-25', '12-26', '12-31']
/** Good Friday, Easter Monday, Ascension Day, Whit Monday: days after Easter Sunday. */
const MOVABLE = [-2, 1, 39, 50]
const holidays = new Map<number, ReadonlySet<IsoDate>>()

const holidaysOf = (year: number): ReadonlySet<IsoDate> => {
  const easter = easterSunday(year)
  return new Set([...FIXED.map((day) => `${year}-${day}`), ...MOVABLE.map((days) => addDays(easter, days))])
}

/** @source Butcher's algorithm (Nature, 1876) */
const easterSunday = (year: number): IsoDate => {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114
  return dateOfDay(dayNumber(`${year}-${two(Math.floor(f / 31))}-01`) + (f % 31))
}

const two = (value: number): string => String(value).padStart(2, '0')
