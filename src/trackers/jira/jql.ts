import type { IsoInstant } from '../../model/time.ts'
import type { Zone } from '../../model/zone.ts'

/** A value as JQL text. */
export const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`

/**
 * An instant as JQL writes dates: a minute of the account's local time. Never later than the instant, whichever way
 * Jira reads it: where the clock is put back and the minute exists twice, the hour before is taken.
 *
 * @param zone of the account that asks; `null` = unknown, then it is early enough for every zone on earth
 */
export const jqlMinute = (instant: IsoInstant, zone: Zone | null): string => {
  let ms = Math.floor(Date.parse(instant) / MINUTE) * MINUTE
  if (zone === null) return wall(ms - 12 * HOUR, 'UTC')
  for (let step = 0; step < 4 && happensAgain(ms, zone); step += 1) ms -= HOUR
  return wall(ms, zone)
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** Whether the same local minute comes once more within three hours. */
const happensAgain = (ms: number, zone: Zone): boolean => {
  const minute = wall(ms, zone)
  for (let later = 15 * MINUTE; later <= 3 * HOUR; later += 15 * MINUTE)
    if (wall(ms + later, zone) === minute) return true
  return false
}

const formats = new Map<Zone, Intl.DateTimeFormat>()

/** `2026-03-02 10:15`. */
const wall = (ms: number, zone: Zone): string => {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    })
    formats.set(zone, format)
  }
  return format.format(ms).replace(/\s+/g, ' ')
}
