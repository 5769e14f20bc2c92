/**
 * Dates and instants travel as text: a plan date is `YYYY-MM-DD`, an instant is ISO 8601 in UTC ending in `Z`.
 * Both sort as they stand, survive JSON, and cannot be mistaken for local time (docs/decisions/0002).
 */
export type IsoDate = string
export type IsoInstant = string

const DAY_MS = 86_400_000
/** Ledgers of 100,000 items ask for the same few hundred days a million times. */
const dates = new Map<number, IsoDate>()

/** Days since 1970-01-01, an integer. */
export const dayNumber = (date: IsoDate): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS

/** The date of a day number. */
export const dateOfDay = (day: number): IsoDate => {
  const known = dates.get(day)
  if (known !== undefined) return known
  const date = new Date(day * DAY_MS).toISOString().slice(0, 10)
  if (dates.size > 100_000) dates.clear()
  dates.set(day, date)
  return date
}

export const addDays = (date: IsoDate, days: number): IsoDate => dateOfDay(dayNumber(date) + days)

/** Calendar days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: IsoDate, to: IsoDate): number => dayNumber(to) - dayNumber(from)

/** Monday = 0 … Sunday = 6. */
export const weekday = (date: IsoDate): number => (((dayNumber(date) + 3) % 7) + 7) % 7

/** The Monday of the week that holds `date`. */
export const mondayOf = (date: IsoDate): IsoDate => addDays(date, -weekday(date))

export const isIsoDate = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(dayNumber(text)) && dateOfDay(dayNumber(text)) === text

/** Any parseable instant in the one form that sorts: UTC, milliseconds, `Z`. Microseconds, where given, are kept. */
export const isoInstant = (value: string | number | Date): IsoInstant => {
  const iso = new Date(value).toISOString()
  if (typeof value !== 'string') return iso
  const micros = /\.(\d{3})(\d{1,3})\d*(?=Z|[+-])/.exec(value)?.[2]
  return micros && Number(micros) > 0 ? `${iso.slice(0, -1)}${micros.padEnd(3, '0')}Z` : iso
}

/** Order of two instants, for sorting. As text alone, `.123Z` would come after `.123456Z`. */
export const compareInstants = (a: IsoInstant, b: IsoInstant): number => {
  if (a === b) return 0
  if (a.length === b.length) return a < b ? -1 : 1
  return a.slice(0, -1) < b.slice(0, -1) ? -1 : 1
}
