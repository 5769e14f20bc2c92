import type { IsoInstant } from '../model/time.ts'

/**
 * A `timestamptz` as the database writes it → ISO 8601 in UTC: milliseconds, or microseconds where there are any.
 *
 * @example isoFromDatabase('2026-03-02 09:00:00.120001+00') // => '2026-03-02T09:00:00.120001Z'
 */
export const isoFromDatabase = (text: string): IsoInstant => {
  const match = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})(?:\.(\d{1,6}))?([+-]\d{2})(?::?(\d{2}))?/.exec(text)
  if (!match) return new Date(text).toISOString()
  const [, date, time, fraction = '', hours = '+00', minutes = '00'] = match
  const micros = fraction.padEnd(6, '0')
  const digits = micros.endsWith('000') ? micros.slice(0, 3) : micros
  if (Number(hours) === 0 && minutes === '00') return `${date}T${time}.${digits}Z`
  const second = new Date(`${date}T${time}${hours}:${minutes}`).toISOString().slice(0, 19)
  return `${second}.${digits}Z`
}

export const isoOrNull = (text: string | null): IsoInstant | null => (text === null ? null : isoFromDatabase(text))
