import type { IsoInstant } from '../../../src/model/time.ts'
import type { Zone } from '../../../src/model/zone.ts'

/** As Jira prints instants: local to the account, `2026-03-02T10:15:00.000+0545`. */
export const printed = (instant: IsoInstant, zone: Zone): string => {
  const ms = Date.parse(instant)
  const offset = offsetMinutes(ms, zone)
  const local = new Date(ms + offset * 60_000).toISOString().slice(0, -1)
  const size = Math.abs(offset)
  const two = (number: number) => String(number).padStart(2, '0')
  return `${local}${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`
}

/**
 * A local minute as an instant. Where the clock is put back and the minute exists twice the later one is meant: the
 * reading that hides most from a careless caller.
 *
 * @returns null when the text is no date that JQL knows
 */
export const localMinute = (text: string, zone: Zone): number | null => {
  const match = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?: (\d{1,2}):(\d{2}))?$/.exec(text)
  if (!match) return null
  const [year, month, day, hour, minute] = match.slice(1).map((part) => Number(part ?? 0))
  const wall = Date.UTC(year!, month! - 1, day!, hour!, minute!)
  const candidates = [-26, 0, 26].map((hours) => wall - offsetMinutes(wall + hours * 3_600_000, zone) * 60_000)
  const real = candidates.filter((ms) => ms + offsetMinutes(ms, zone) * 60_000 === wall)
  return real.length > 0 ? Math.max(...real) : Math.max(...candidates)
}

const formats = new Map<Zone, Intl.DateTimeFormat>()

const offsets = new Map<string, number>()

/** Offsets change on a quarter of an hour, nowhere else. */
const offsetMinutes = (ms: number, zone: Zone): number => {
  if (zone === 'UTC') return 0
  const key = `${zone} ${Math.floor(ms / 900_000)}`
  const known = offsets.get(key) ?? readOffset(ms, zone)
  offsets.set(key, known)
  return known
}

const readOffset = (ms: number, zone: Zone): number => {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
    formats.set(zone, format)
  }
  const name = format.formatToParts(ms).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT'
  const match = /GMT([+-])(\d{2}):(\d{2})/.exec(name)
  return match ? (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) : 0
}
