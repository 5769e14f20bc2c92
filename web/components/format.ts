/** Every number and date that people see is rounded and worded here, and nowhere else. Locale: English. */

export const DASH = '–'
const MINUS = '−'

/** 35.04 → `35.0%`. */
export const percent = (value: number): string => `${decimal(value, 1)}%`

/** A change: +8.25 → `+8.3%`. */
export const signedPercent = (value: number): string => withSign(value, 1, '%')

/** A part of a whole: 0.82 → `82.0%`. */
export const share = (part: number): string => percent(part * 100)

/** A performance index: 0.916 → `0.92`. */
export const index = (value: number): string => decimal(value, 2)

/** A size or another plain quantity: 120 → `120`, 12.34 → `12.3`. */
export const quantity = (value: number): string => decimal(value, 0, 1)

/** A count of items. */
export const count = (value: number): string => decimal(value, 0)

/**
 * A value in the plan's value unit: money with its currency, or a quantity with its unit.
 *
 * @param valueUnit ISO 4217 code, or `points`, `hours`, `items`
 * @param exact     with the currency's minor units, for explanations
 * @example amount(41200, 'EUR') // => '€41,200'
 */
export const amount = (value: number, valueUnit: string, exact = false): string => {
  if (!isCurrency(valueUnit)) return `${exact ? decimal(value, 0, 3) : quantity(value)} ${valueUnit}`
  const formatter = money(valueUnit, exact)
  return minus(formatter.format(unsigned(value, formatter.resolvedOptions().maximumFractionDigits ?? 2)))
}

/**
 * A value as an explanation needs it: nothing that matters is rounded away.
 *
 * @param unit currency, `percent`, `days`, `ratio`, a size unit, or `''` where the text around it names the unit
 */
export const exactly = (value: number, unit: string): string => {
  if (isCurrency(unit)) return amount(value, unit, true)
  const shown = decimal(value, 0, 4)
  if (unit === '' || unit === 'ratio' || unit === 'index') return shown
  return unit === 'percent' || unit === '%' ? `${shown}%` : `${shown} ${unit}`
}

/** Money that has to fit on an axis: `€180K`. */
export const shortAmount = (value: number, valueUnit: string): string =>
  minus(
    new Intl.NumberFormat('en', {
      notation: 'compact',
      maximumFractionDigits: 1,
      ...(isCurrency(valueUnit) ? { style: 'currency', currency: valueUnit } : {}),
    }).format(value),
  )

/** Working days, positive = late: `12 days late`, `3 days early`, `on time`. */
export const daysLate = (days: number): string => {
  const shown = decimal(Math.abs(days), 0, 1)
  if (shown === '0') return 'on time'
  return `${shown} ${shown === '1' ? 'day' : 'days'} ${days > 0 ? 'late' : 'early'}`
}

/** Time variance has the opposite sign of a date variance: negative = late. */
export const timeVariance = (days: number): string => daysLate(-days)

/** A length: `1 day`, `12.5 days`. */
export const days = (value: number): string => {
  const shown = decimal(value, 0, 1)
  return `${shown} ${shown === '1' ? 'day' : 'days'}`
}

export const hours = (value: number): string => `${decimal(value, 0, 1)} h`

/** `2026-06-26` → `26 Jun 2026`. */
export const date = (isoDate: string): string => dated(DATE, isoDate)

/** `2026-06-26` → `Jun 2026`. */
export const month = (isoDate: string): string => dated(MONTH, isoDate)

/** `2026-06-26` → `26 Jun`. */
export const shortDate = (isoDate: string): string => dated(SHORT, isoDate)

/** How to write a date that stands before another: without the year when that follows anyway. */
export const dateBefore =
  (next: string | null): ((isoDate: string) => string) =>
  (isoDate) =>
    next?.slice(0, 4) === isoDate.slice(0, 4) ? shortDate(isoDate) : date(isoDate)

/** An instant in a zone: `26 Jun 2026, 14:05 CEST`. */
export const instant = (isoInstant: string, zone = 'UTC'): string =>
  evenMonth(
    new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      timeZoneName: 'short',
    }).format(new Date(isoInstant)),
  )

/** `1 item`, `2 items`. */
export const plural = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`

export const isCurrency = (unit: string): boolean => /^[A-Z]{3}$/.test(unit)

const UTC = { timeZone: 'UTC' } as const
const DATE = new Intl.DateTimeFormat('en-GB', { ...UTC, day: 'numeric', month: 'short', year: 'numeric' })
const SHORT = new Intl.DateTimeFormat('en-GB', { ...UTC, day: 'numeric', month: 'short' })
const MONTH = new Intl.DateTimeFormat('en-GB', { ...UTC, month: 'short', year: 'numeric' })

const dated = (format: Intl.DateTimeFormat, isoDate: string): string =>
  evenMonth(format.format(new Date(`${isoDate.slice(0, 10)}T00:00:00Z`)))

/** British English abbreviates September alone to four letters. */
const evenMonth = (text: string): string => text.replace('Sept', 'Sep')

const moneyFormats = new Map<string, Intl.NumberFormat>()
const money = (currency: string, exact: boolean): Intl.NumberFormat => {
  const key = `${currency}${exact}`
  const found = moneyFormats.get(key)
  if (found) return found
  const digits = exact ? {} : { minimumFractionDigits: 0, maximumFractionDigits: 0 }
  const made = new Intl.NumberFormat('en', { style: 'currency', currency, ...digits })
  moneyFormats.set(key, made)
  return made
}

const numberFormats = new Map<string, Intl.NumberFormat>()
const decimal = (value: number, least: number, most = least): string => {
  const key = `${least}-${most}`
  let found = numberFormats.get(key)
  if (!found) {
    found = new Intl.NumberFormat('en', { minimumFractionDigits: least, maximumFractionDigits: most })
    numberFormats.set(key, found)
  }
  return minus(found.format(unsigned(value, most)))
}

const withSign = (value: number, digits: number, unit: string): string =>
  `${unsigned(value, digits) > 0 ? '+' : ''}${decimal(value, digits)}${unit}`

/** −0.01 shown with one digit would be "−0.0": what rounds to zero has no sign. */
const unsigned = (value: number, digits: number): number => (Math.abs(value) < 0.5 / 10 ** digits ? 0 : value)

const minus = (text: string): string => text.replace('-', MINUS)
