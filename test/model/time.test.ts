import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { byOccurrence } from '../../src/model/fact.ts'
import {
  addDays,
  compareInstants,
  dateOfDay,
  dayNumber,
  daysBetween,
  isIsoDate,
  isoInstant,
  mondayOf,
  weekday,
} from '../../src/model/time.ts'
import { created } from '../ledger/build.ts'

describe('An instant has one form', () => {
  test.each([
    { given: '2026-03-02T10:00:00Z', iso: '2026-03-02T10:00:00.000Z', because: 'milliseconds are always written' },
    {
      given: '2026-03-02T10:00:00.123+0100',
      iso: '2026-03-02T09:00:00.123Z',
      because: 'Jira writes its offset without a colon',
    },
    { given: '2026-03-02T10:00:00.123456+05:45', iso: '2026-03-02T04:15:00.123456Z', because: 'microseconds are kept' },
    { given: '2026-03-02T10:00:00.1234Z', iso: '2026-03-02T10:00:00.123400Z', because: 'always six digits of them' },
    { given: '2026-03-02T10:00:00.123000Z', iso: '2026-03-02T10:00:00.123Z', because: 'none are not written' },
    {
      given: '2026-03-02 10:00:00.123456+00',
      iso: '2026-03-02T10:00:00.123456Z',
      because: 'PostgreSQL writes it like this',
    },
    { given: '2026-03-02 10:00:00+00', iso: '2026-03-02T10:00:00.000Z', because: 'or like this' },
    { given: '2026-03-02 15:30:00.5+05:30', iso: '2026-03-02T10:00:00.500Z', because: 'or like this' },
  ])('$given is $iso: $because', ({ given, iso }) => {
    expect(isoInstant(given)).toBe(iso)
    expect(isoInstant(iso)).toBe(iso)
  })
  test('numbers and dates too', () => {
    expect(isoInstant(0)).toBe('1970-01-01T00:00:00.000Z')
    expect(isoInstant(new Date('2026-03-02T10:00:00Z'))).toBe('2026-03-02T10:00:00.000Z')
  })
  test('what is no instant is an error', () => {
    expect(() => isoInstant('yesterday')).toThrow(RangeError)
  })
})

describe('Instants are ordered as time is', () => {
  test('a millisecond comes before its own microseconds', () => {
    const mixed = ['2026-03-02T10:00:00.124Z', '2026-03-02T10:00:00.123456Z', '2026-03-02T10:00:00.123Z']
    expect(mixed.sort(compareInstants)).toEqual([
      '2026-03-02T10:00:00.123Z',
      '2026-03-02T10:00:00.123456Z',
      '2026-03-02T10:00:00.124Z',
    ])
  })
  test('facts go by time, then by the sequence of the tracker, then by key', () => {
    const fact = (at: string, sequence: number, key: string) => ({ ...created(at), sequence, key })
    const sorted = [
      fact('2026-03-02T10:00:00.000Z', 1, 'b'),
      fact('2026-03-02T10:00:00.000Z', 2, 'a'),
      fact('2026-03-02T10:00:00.000Z', 2, 'c'),
      fact('2026-03-02T10:00:00.001Z', 0, 'a'),
    ]
    expect([...sorted].reverse().sort(byOccurrence)).toEqual(sorted)
  })
})

describe('Dates', () => {
  test('are counted in whole days, also across leap days and before 1970', () => {
    expect(addDays('2028-02-28', 2)).toBe('2028-03-01')
    expect(daysBetween('2026-12-31', '2026-01-01')).toBe(-364)
    expect(dateOfDay(-1)).toBe('1969-12-31')
  })
  test('weeks begin on Monday', () => {
    expect([weekday('2026-03-02'), weekday('2026-03-08'), weekday('1969-12-29')]).toEqual([0, 6, 0])
    expect(mondayOf('2026-03-08')).toBe('2026-03-02')
  })
  test.each(['2026-02-29', '2026-13-01', '2026-3-1', '2026-03-02T00:00', ''])('%s is none', (text) => {
    expect(isIsoDate(text)).toBe(false)
  })
  test('every day number has its date and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: -100_000, max: 100_000 }), (day) => {
        expect(dayNumber(dateOfDay(day))).toBe(day)
        expect(isIsoDate(dateOfDay(day))).toBe(true)
      }),
    )
  })
})
