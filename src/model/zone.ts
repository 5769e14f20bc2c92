import { type IsoDate, type IsoInstant, addDays, dateOfDay } from './time.ts'

/** IANA time zone name, e.g. `Europe/Berlin`. */
export type Zone = string

const QUARTER_MS = 900_000
const formats = new Map<Zone, Intl.DateTimeFormat>()
/** Offsets by quarter of an hour since 1970, per zone. */
const offsets = new Map<Zone, Map<number, number>>()

/**
 * The local date of an instant in a zone: the day on which an event counts.
 *
 * @example dayInZone('2026-03-28T23:30:00Z', 'Europe/Berlin') // => '2026-03-29'
 */
export const dayInZone = (instant: IsoInstant, zone: Zone): IsoDate => {
  const ms = Date.parse(instant)
  return dateOfDay(Math.floor((ms + offsetMs(ms, zone)) / 86_400_000))
}

/** The first instant of a local day: also correct where a day has 23 or 25 hours or starts at 01:00. */
export const startOfDay = (date: IsoDate, zone: Zone): IsoInstant => {
  const utcMidnight = Date.parse(`${date}T00:00:00Z`)
  // Zones never lie more than 26 hours apart; offsets are multiples of a quarter of an hour since 1972.
  const offset = offsetMs(utcMidnight, zone)
  const candidates = [offset, offsetMs(utcMidnight - offset, zone), offsetMs(utcMidnight - offset - 7_200_000, zone)]
  let first = Number.POSITIVE_INFINITY
  for (const candidate of candidates) {
    const at = utcMidnight - candidate
    if (localMs(at, zone) >= utcMidnight && localMs(at - 1, zone) < utcMidnight) first = Math.min(first, at)
  }
  if (first !== Number.POSITIVE_INFINITY) return new Date(first).toISOString()
  // Midnight does not exist on this day: the first quarter of an hour that does.
  let at = utcMidnight - offset - 4 * 3_600_000
  while (localMs(at, zone) < utcMidnight) at += QUARTER_MS
  return new Date(at).toISOString()
}

/** The first instant after a local day: a status date includes everything before it. */
export const endOfDay = (date: IsoDate, zone: Zone): IsoInstant => startOfDay(addDays(date, 1), zone)

export const isZone = (zone: string): boolean => {
  try {
    format(zone)
    return true
  } catch {
    return false
  }
}

const localMs = (ms: number, zone: Zone): number => ms + offsetMs(ms, zone)

const offsetMs = (ms: number, zone: Zone): number => {
  if (zone === 'UTC') return 0
  const quarter = Math.floor(ms / QUARTER_MS)
  let ofZone = offsets.get(zone)
  if (!ofZone) {
    ofZone = new Map()
    offsets.set(zone, ofZone)
  }
  const known = ofZone.get(quarter)
  if (known !== undefined) return known
  const offset = readOffset(quarter * QUARTER_MS, zone)
  if (ofZone.size > 200_000) ofZone.clear()
  ofZone.set(quarter, offset)
  return offset
}

const readOffset = (ms: number, zone: Zone): number => {
  const part: Record<string, number> = {}
  for (const { type, value } of format(zone).formatToParts(ms)) part[type] = Number(value)
  const local = Date.UTC(part.year!, part.month! - 1, part.day!, part.hour!, part.minute!, part.second!)
  return local - ms
}

const format = (zone: Zone): Intl.DateTimeFormat => {
  let found = formats.get(zone)
  if (!found) {
    found = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formats.set(zone, found)
  }
  return found
}
