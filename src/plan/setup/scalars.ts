import { z } from 'zod'
import type { CalendarText } from '../../model/calendar.ts'
import { isIsoDate } from '../../model/time.ts'
import { isZone } from '../../model/zone.ts'
import { regionFault } from './holidays.ts'
import { didYouMean } from './nearest.ts'
import type { Rate } from './setup.ts'
import { DAYS } from './words.ts'

/** A reader of one written value: what it says, or an error that says how to write it. */
type Reader<T> = (text: string) => T | WrittenWrong

class WrittenWrong {
  readonly message: string
  constructor(message: string) {
    this.message = message
  }
}

const wrong = (message: string): WrittenWrong => new WrittenWrong(message)

const written = <T>(hint: string, read: Reader<T>) =>
  z.string({ error: hint }).transform((text, context) => {
    const value = read(text.trim())
    if (!(value instanceof WrittenWrong)) return value
    context.addIssue({ code: 'custom', message: value.message })
    return z.NEVER
  })

/** What may be missing or left empty; `null` then. */
export const optional = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? null)

export const text = z
  .string({ error: 'write text; a number, true or false needs quotes to be text' })
  .min(1, { error: 'the text is empty; write one or leave the key out' })

export const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/
const ID_HINT = 'an id is 1 to 64 letters, digits, ".", "_" or "-", beginning with a letter or digit'
export const id = z.string({ error: `${ID_HINT}; a number needs quotes` }).regex(ID, { error: ID_HINT })

const DATE_HINT = 'write a day as YYYY-MM-DD, e.g. 2026-03-31'
export const dateFault = (value: string): string | null => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return `"${value}" is not a day; ${DATE_HINT}`
  return isIsoDate(value) ? null : `there is no day ${value}; ${DATE_HINT}`
}
export const date = written(DATE_HINT, (value) => {
  const fault = dateFault(value)
  return fault === null ? value : wrong(fault)
})

export const zone = written('write a time zone, e.g. Europe/Berlin', (value) =>
  isZone(value)
    ? value
    : wrong(
        `"${value}" is not a time zone${didYouMean(value, Intl.supportedValuesOf('timeZone'))}; write one like Europe/Berlin or UTC`,
      ),
)

const currencies = new Set(Intl.supportedValuesOf('currency'))
const currencyFault = (value: string): string | null =>
  currencies.has(value)
    ? null
    : `"${value}" is not a currency${didYouMean(value, currencies)}; write an ISO 4217 code like EUR`
export const currency = written('write a currency code, e.g. EUR', (value) => {
  const fault = currencyFault(value)
  return fault === null ? value : wrong(fault)
})

export const region = written('write a country or state, e.g. DE or DE-BE', (value) => {
  const fault = regionFault(value)
  return fault === null ? value : wrong(fault)
})

export const number = z.number({ error: 'write a number without quotes' })
export const positive = number.gt(0, { error: 'write a number above 0' })
export const notNegative = number.min(0, { error: 'write 0 or more' })

const RATE_HINT = 'write what an hour or a day costs, e.g. 95/h, 400/d or 95 EUR/h'
export const rate = written(RATE_HINT, (value): Rate | WrittenWrong => {
  const parts = /^(\d+(?:\.\d+)?)(?:\s*([A-Za-z]{2,4}))?\s*\/\s*([hd])$/.exec(value)
  if (parts === null) return wrong(`"${value}" is not a rate; ${RATE_HINT}`)
  const code = parts[2] ?? null
  const fault = code === null ? null : currencyFault(code)
  if (fault !== null) return wrong(fault)
  return { amount: Number(parts[1]), per: parts[3] === 'h' ? 'h' : 'd', currency: code }
})

const CAPACITY_HINT = 'write hours a day, e.g. 6h/d'
export const capacity = z.union(
  [
    z.number().min(0, { error: CAPACITY_HINT }).max(24, { error: 'a day has 24 hours' }),
    written(CAPACITY_HINT, (value) => {
      const parts = /^(\d+(?:\.\d+)?)\s*h(?:\s*\/\s*d)?$/.exec(value)
      if (parts === null) return wrong(`"${value}" is not a capacity; ${CAPACITY_HINT}`)
      return Number(parts[1]) <= 24 ? Number(parts[1]) : wrong('a day has 24 hours')
    }),
  ],
  { error: CAPACITY_HINT },
)

/** `60%` or 0.6 → 0..1 */
export const share = (hint: string) =>
  z.union(
    [
      z.number().min(0, { error: hint }).max(1, { error: hint }),
      written(hint, (value) => {
        const parts = /^(\d+(?:\.\d+)?)\s*%$/.exec(value)
        if (parts === null) return wrong(`"${value}" is not a share; ${hint}`)
        return Number(parts[1]) <= 100 ? Number(parts[1]) / 100 : wrong(hint)
      }),
    ],
    { error: hint },
  )

const PERCENT_HINT = 'write a percent from 0 to 100'
/** `35` or `35%` → 0..100 */
export const percent = z.union(
  [
    z.number().min(0, { error: PERCENT_HINT }).max(100, { error: PERCENT_HINT }),
    written(PERCENT_HINT, (value) => {
      const parts = /^(\d+(?:\.\d+)?)\s*%$/.exec(value)
      return parts !== null && Number(parts[1]) <= 100 ? Number(parts[1]) : wrong(PERCENT_HINT)
    }),
  ],
  { error: PERCENT_HINT },
)

const LAG_HINT = 'write working days, e.g. 2d, or -1d for a lead'
export const lag = z.union(
  [
    z.int({ error: LAG_HINT }),
    written(LAG_HINT, (value) => {
      const parts = /^([+-]?\d+)\s*d$/.exec(value)
      return parts === null ? wrong(`"${value}" is not a lag; ${LAG_HINT}`) : Number(parts[1]) || 0
    }),
  ],
  { error: LAG_HINT },
)

/** One of some words; anything else names the nearest. */
export const oneOf = <const W extends string>(words: readonly W[]) =>
  written<W>(`write one of ${words.join(', ')}`, (value) => {
    const found = words.find((word) => word === value)
    return found ?? wrong(`"${value}" is not known here${didYouMean(value, words)}; write one of ${words.join(', ')}`)
  })

const WORKDAYS_HINT = 'write days like mon-fri, sun-thu or mon,wed,fri'
type Workdays = CalendarText['workdays']
const dayOf = (name: string): number => (DAYS as readonly string[]).indexOf(name)
const daysOf = (value: string): Workdays | WrittenWrong => {
  const worked = [false, false, false, false, false, false, false]
  for (const part of value.toLowerCase().split(',')) {
    const [first, last = first, more] = part.split('-').map((day) => dayOf(day.trim()))
    if (first === undefined || last === undefined || first < 0 || last < 0 || more !== undefined)
      return wrong(`"${value}" does not name days; ${WORKDAYS_HINT}`)
    for (let day = first; ; day = (day + 1) % 7) {
      worked[day] = true
      if (day === last) break
    }
  }
  const [mon = false, tue = false, wed = false, thu = false, fri = false, sat = false, sun = false] = worked
  return [mon, tue, wed, thu, fri, sat, sun]
}
export const workdays = z.union(
  [
    written(WORKDAYS_HINT, daysOf),
    z
      .array(z.string())
      .min(1, { error: WORKDAYS_HINT })
      .transform((days, context) => {
        const value = daysOf(days.join(','))
        if (!(value instanceof WrittenWrong)) return value
        context.addIssue({ code: 'custom', message: value.message })
        return z.NEVER
      }),
  ],
  { error: WORKDAYS_HINT },
)

const EXCEPTION_HINT = 'write off, on, or the hours worked on that day, e.g. 4h'
/** `null` = a whole working day. */
export const exception = z.union(
  [
    z.number().min(0, { error: EXCEPTION_HINT }).max(24, { error: 'a day has 24 hours' }),
    written(EXCEPTION_HINT, (value): number | null | WrittenWrong => {
      if (value === 'off') return 0
      if (value === 'on') return null
      const parts = /^(\d+(?:\.\d+)?)\s*h$/.exec(value)
      return parts !== null && Number(parts[1]) <= 24 ? Number(parts[1]) : wrong(EXCEPTION_HINT)
    }),
  ],
  { error: EXCEPTION_HINT },
)
