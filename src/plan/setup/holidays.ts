import Holidays from 'date-holidays'
import type { IsoDate } from '../../model/time.ts'
import { didYouMean } from './nearest.ts'

/** Why a region is not known, in words, or `null` when it is. Regions: `DE`, `DE-BE`, `DE-BY-A`. */
export const regionFault = (region: string): string | null => {
  const [country = '', state, part, more] = region.split('-')
  const library = new Holidays()
  const countries = Object.keys(library.getCountries())
  if (!countries.includes(country))
    return `no holidays are known for "${region}"${didYouMean(country, countries)}; write a country (DE) or a state (DE-BE)`
  if (state === undefined) return null
  const states = Object.keys(library.getStates(country) ?? {})
  if (!states.includes(state))
    return `${country} has no holiday region "${state}"${didYouMean(
      region,
      states.map((known) => `${country}-${known}`),
    )}`
  if (part === undefined) return null
  const parts = Object.keys(library.getRegions(country, state) ?? {})
  if (more === undefined && parts.includes(part)) return null
  return `${country}-${state} has no part "${part}"${didYouMean(
    region,
    parts.map((known) => `${country}-${state}-${known}`),
  )}`
}

/**
 * Public holidays of a region, whole days, in the years from..to, as dates in order. Half days (from 14:00 on), bank
 * and optional days count as worked: who does not work then writes an exception.
 *
 * @source date-holidays, type `public`
 */
export const publicHolidays = (region: string, from: number, to: number): readonly IsoDate[] => {
  const [country = '', state, part] = region.split('-')
  const library =
    state === undefined
      ? new Holidays(country)
      : part === undefined
        ? new Holidays(country, state)
        : new Holidays(country, state, part)
  const days = new Set<IsoDate>()
  for (let year = from; year <= to; year += 1)
    for (const { date, type, start, end } of library.getHolidays(year)) {
      if (type !== 'public' || date.slice(11, 19) !== '00:00:00') continue
      const length = Math.max(1, Math.round((end.getTime() - start.getTime()) / 86_400_000))
      const first = Date.parse(`${date.slice(0, 10)}T00:00:00Z`)
      for (let day = 0; day < length; day += 1) days.add(new Date(first + day * 86_400_000).toISOString().slice(0, 10))
    }
  return [...days].sort()
}
