import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  MONDAY_TO_FRIDAY,
  type WorkingCalendar,
  addWorkingDays,
  isWorkingDay,
  nextWorkingDay,
  workingDays,
  workingDaysBetween,
  workingHours,
} from '../../src/model/calendar.ts'
import { addDays } from '../../src/model/time.ts'

/** 2026-03-02 is a Monday. The Wednesday is a holiday, the Saturday is worked for four hours. */
const WEEK: WorkingCalendar = { ...MONDAY_TO_FRIDAY, exceptions: { '2026-03-04': 0, '2026-03-07': 4 } }

describe('Working days of a calendar', () => {
  test('a week has five of them; a holiday takes one, a worked Saturday gives one', () => {
    expect(workingDays(MONDAY_TO_FRIDAY, '2026-03-02', '2026-03-08')).toBe(5)
    expect(workingDays(WEEK, '2026-03-02', '2026-03-08')).toBe(5)
    expect(['2026-03-03', '2026-03-04', '2026-03-07', '2026-03-08'].map((date) => workingHours(WEEK, date))).toEqual([
      8, 0, 4, 0,
    ])
  })
  test('none when the end is before the start', () => {
    expect(workingDays(MONDAY_TO_FRIDAY, '2026-03-06', '2026-03-02')).toBe(0)
  })
  test('from Friday to Monday is one working day, back it is minus one', () => {
    expect(workingDaysBetween(MONDAY_TO_FRIDAY, '2026-03-06', '2026-03-09')).toBe(1)
    expect(workingDaysBetween(MONDAY_TO_FRIDAY, '2026-03-09', '2026-03-06')).toBe(-1)
    expect(workingDaysBetween(MONDAY_TO_FRIDAY, '2026-03-06', '2026-03-06')).toBe(0)
  })
  test.each([
    { start: '2026-03-05', days: 3, end: '2026-03-09', because: 'Thursday, Friday, Monday' },
    { start: '2026-03-05', days: 1, end: '2026-03-05', because: 'one day takes its own day' },
    { start: '2026-03-05', days: 1.2, end: '2026-03-06', because: 'part of a day takes the day' },
    { start: '2026-03-05', days: 2.0000000001, end: '2026-03-06', because: 'rounding of a division is no day' },
    { start: '2026-03-07', days: 1, end: '2026-03-09', because: 'work cannot begin on a Saturday' },
    { start: '2026-03-07', days: 0, end: '2026-03-09', because: 'no work: the first working day' },
  ])('$days working days from $start end on $end: $because', ({ start, days, end }) => {
    expect(addWorkingDays(MONDAY_TO_FRIDAY, start, days)).toBe(end)
  })
  test('a calendar without working days gives the date back and does not run for ever', () => {
    const never: WorkingCalendar = { ...MONDAY_TO_FRIDAY, workdays: [false, false, false, false, false, false, false] }
    expect(nextWorkingDay(never, '2026-03-04')).toBe('2026-03-04')
  })
  test('n working days from a working day contain exactly n working days and end on one', () => {
    fc.assert(
      fc.property(fc.nat(400), fc.integer({ min: 1, max: 60 }), (offset, days) => {
        const start = nextWorkingDay(WEEK, addDays('2025-12-01', offset))
        const end = addWorkingDays(WEEK, start, days)
        expect(isWorkingDay(WEEK, end)).toBe(true)
        expect(workingDays(WEEK, start, end)).toBe(days)
      }),
    )
  })
})
