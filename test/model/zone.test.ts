import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../../src/model/time.ts'
import { dayInZone, endOfDay, isZone, startOfDay } from '../../src/model/zone.ts'

describe('An event counts on its local day', () => {
  test.each([
    {
      instant: '2026-03-28T23:30:00.000Z',
      zone: 'Europe/Berlin',
      day: '2026-03-29',
      because: 'it is half past midnight there',
    },
    {
      instant: '2026-07-01T22:00:00.000Z',
      zone: 'Europe/Berlin',
      day: '2026-07-02',
      because: 'summer time is two hours ahead',
    },
    { instant: '2026-07-01T18:14:59.999Z', zone: 'Asia/Kathmandu', day: '2026-07-01', because: 'Nepal is 5:45 ahead' },
    { instant: '2026-07-01T18:15:00.000Z', zone: 'Asia/Kathmandu', day: '2026-07-02', because: 'Nepal is 5:45 ahead' },
    {
      instant: '2026-01-15T03:29:59.999Z',
      zone: 'America/St_Johns',
      day: '2026-01-14',
      because: 'Newfoundland is 3:30 behind',
    },
    {
      instant: '2026-01-15T03:30:00.000Z',
      zone: 'America/St_Johns',
      day: '2026-01-15',
      because: 'Newfoundland is 3:30 behind',
    },
    {
      instant: '2026-01-01T10:00:00.000Z',
      zone: 'Pacific/Kiritimati',
      day: '2026-01-02',
      because: 'it is 14 hours ahead',
    },
    { instant: '1969-12-31T23:59:59.999Z', zone: 'UTC', day: '1969-12-31', because: 'days before 1970 round down too' },
  ])('$instant in $zone is $day: $because', ({ instant, zone, day }) => {
    expect(dayInZone(instant, zone)).toBe(day)
  })
})

describe('A local day begins at its first instant', () => {
  test.each([
    {
      date: '2026-03-29',
      zone: 'Europe/Berlin',
      start: '2026-03-28T23:00:00.000Z',
      hours: 23,
      because: 'clocks go forward',
    },
    {
      date: '2026-10-25',
      zone: 'Europe/Berlin',
      start: '2026-10-24T22:00:00.000Z',
      hours: 25,
      because: 'clocks go back',
    },
    {
      date: '2026-07-01',
      zone: 'Asia/Kathmandu',
      start: '2026-06-30T18:15:00.000Z',
      hours: 24,
      because: 'offsets have quarters',
    },
    {
      date: '2026-03-08',
      zone: 'America/St_Johns',
      start: '2026-03-08T03:30:00.000Z',
      hours: 23,
      because: 'half hours too',
    },
    {
      date: '2018-11-04',
      zone: 'America/Sao_Paulo',
      start: '2018-11-04T03:00:00.000Z',
      hours: 23,
      because: 'the day starts at 01:00, midnight does not exist',
    },
    {
      date: '2026-04-24',
      zone: 'Africa/Cairo',
      start: '2026-04-23T22:00:00.000Z',
      hours: 23,
      because: 'Egypt skips its midnight too',
    },
    {
      date: '2011-12-31',
      zone: 'Pacific/Apia',
      start: '2011-12-30T10:00:00.000Z',
      hours: 24,
      because: 'Samoa left out the day before',
    },
    {
      date: '2026-10-04',
      zone: 'Australia/Lord_Howe',
      start: '2026-10-03T13:30:00.000Z',
      hours: 23.5,
      because: 'clocks go forward by half an hour',
    },
    {
      date: '2026-11-01',
      zone: 'America/Havana',
      start: '2026-11-01T04:00:00.000Z',
      hours: 25,
      because: 'midnight comes twice, the first counts',
    },
  ])('$date in $zone begins at $start and has $hours hours: $because', ({ date, zone, start, hours }) => {
    expect(startOfDay(date, zone)).toBe(start)
    expect((Date.parse(endOfDay(date, zone)) - Date.parse(start)) / 3_600_000).toBe(hours)
  })

  test('in every zone: the start lies in its day, the millisecond before does not, and days meet without a gap', () => {
    const zones = Intl.supportedValuesOf('timeZone')
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: -3650, max: 3650 }), (zone, offset) => {
        const date = addDays('2026-01-01', offset)
        const start = startOfDay(date, zone)
        const before = new Date(Date.parse(start) - 1).toISOString()
        // Two zones have left out a whole day on crossing the date line; that day has no instant.
        if (date === '2011-12-30' && ['Pacific/Apia', 'Pacific/Fakaofo'].includes(zone)) return
        expect(dayInZone(start, zone)).toBe(date)
        expect(dayInZone(before, zone) < date).toBe(true)
        expect(endOfDay(date, zone)).toBe(startOfDay(addDays(date, 1), zone))
      }),
      { numRuns: 2000 },
    )
  })
})

test('A zone is known or it is not', () => {
  expect(isZone('Europe/Berlin')).toBe(true)
  expect(isZone('Europe/Atlantis')).toBe(false)
})
