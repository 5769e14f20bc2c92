import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { earnedSchedule, plannedDuration } from '../../src/measures/earned-schedule.ts'
import { estimatedDuration } from '../../src/measures/estimated-duration.ts'
import { plannedCurve } from '../../src/measures/planned-value.ts'
import { timePerformanceIndex, toCompleteTimeIndex } from '../../src/measures/time-performance-index.ts'
import { timeVariance } from '../../src/measures/time-variance.ts'
import { actualTime, workingCurve } from '../../src/measures/working-curve.ts'
import { MONDAY_TO_FRIDAY } from '../../src/model/calendar.ts'
import { known, unknown } from '../../src/model/reason.ts'
import { sure } from './numbers.ts'

const curve = [10, 20, 40] // cumulative PV, hours, at the end of weeks 1..3

test.each([
  { earned: 0, periods: 0, because: 'nothing is earned' },
  { earned: 5, periods: 0.5, because: 'half of week 1' },
  { earned: 20, periods: 2, because: 'a period end counts whole' },
  { earned: 25, periods: 2.25, because: 'a quarter of week 3' },
  { earned: 40, periods: 3, because: 'all of it, however late the calendar says it is' },
  { earned: 55, periods: 3, because: 'nothing was planned beyond the end' },
])('$earned h earned is $periods weeks of plan: $because', ({ earned, periods }) => {
  expect(earnedSchedule(earned, curve)).toBe(periods)
})

test('on a plateau inside the plan the later end counts', () => {
  expect(earnedSchedule(20, [10, 20, 20, 20, 40])).toBe(4)
})

test('nothing earned is nothing, also where the plan begins with a plateau', () => {
  expect(earnedSchedule(0, [0, 0, 10])).toBe(0)
})

test('a flat tail does not count as planned time', () => {
  const tail = [10, 20, 40, 40, 40]
  expect(plannedDuration(tail)).toBe(3)
  expect(earnedSchedule(40, tail)).toBe(3)
  expect(earnedSchedule(30, tail)).toBe(2.5)
})

test('an empty plan or one without value has no duration', () => {
  expect(plannedDuration([])).toBe(0)
  expect(plannedDuration([0, 0])).toBe(0)
  expect(earnedSchedule(5, [])).toBe(0)
})

// MPUG, "Earned Schedule Management (ESM)": 10 modules in 10 months, finished in month 12.
test('a finished late project keeps its lateness in time, while SPI says 1', () => {
  const plan = Array.from({ length: 10 }, (_, month) => (month + 1) * 100_000)
  const schedule = earnedSchedule(1_000_000, plan)
  expect(schedule).toBe(10)
  expect(timeVariance(schedule, 12)).toEqual(known(-2))
  expect(sure(timePerformanceIndex(schedule, 12))).toBeCloseTo(0.8333333333333334, 12)
  expect(estimatedDuration({ earnedSchedule: schedule, actualTime: 12, plannedDuration: 10 })).toEqual(known(12))
})

// "Re-vamp check-in" (Vandevoorde & Vanhoucke, IJPM 24, 2006): planned 9 months, took 13; kEUR, cumulative.
describe('the real project "Re-vamp check-in"', () => {
  const planned = [28.975, 81.681, 91.681, 138.586, 218.141, 302.478, 323.632, 345.876, 360.738]
  test.each([
    { month: 2, earned: 68.074, schedule: 1.7418320494820323, index: 0.8709160247410161, duration: 10.33394695278035 },
    { month: 6, earned: 268.763, schedule: 5.600234772401199, index: 0.9333724620668665, duration: 9.642452896103595 },
    { month: 9, earned: 312.864, schedule: 6.490970974756546, index: 0.7212189971951717, duration: 12.478872623989517 },
    { month: 13, earned: 360.738, schedule: 9, index: 0.6923076923076923, duration: 13 },
  ])('month $month', ({ month, earned, schedule, index, duration }) => {
    const time = { earnedSchedule: earnedSchedule(earned, planned), actualTime: month, plannedDuration: 9 }
    expect(time.earnedSchedule).toBeCloseTo(schedule, 9)
    expect(sure(timePerformanceIndex(time.earnedSchedule, month))).toBeCloseTo(index, 9)
    expect(sure(estimatedDuration(time))).toBeCloseTo(duration, 9)
    if (month >= 9) expect(toCompleteTimeIndex(time)).toEqual(unknown('plannedFinishPassed'))
  })

  test('the rest at plan pace, month 2', () => {
    const time = { earnedSchedule: 1.7418320494820323, actualTime: 2, plannedDuration: 9, performanceFactor: 1 }
    expect(sure(estimatedDuration(time))).toBeCloseTo(9.258167950517969, 9)
    expect(sure(toCompleteTimeIndex(time))).toBeCloseTo(1.036881135788281, 9)
  })
})

test('no time passed or nothing earned: no index, no projection', () => {
  const none = { earnedSchedule: 0, actualTime: 0, plannedDuration: 10 }
  expect(timePerformanceIndex(0, 0)).toEqual(unknown('beforeStart'))
  expect(estimatedDuration(none)).toEqual(unknown('beforeStart'))
  expect(timePerformanceIndex(0, 3)).toEqual(known(0))
  expect(estimatedDuration({ ...none, actualTime: 3 })).toEqual(unknown('earnedValueZero'))
})

describe('on the axis of working days', () => {
  const calendar = MONDAY_TO_FRIDAY
  const plan = plannedCurve({
    value: 1_000n,
    start: '2026-03-04', // Wednesday
    finish: '2026-03-17',
    spread: { kind: 'linear' },
    calendar,
  })

  test('the curve has one entry a working day, so weekends are no plateaus', () => {
    expect(workingCurve(plan, calendar)).toEqual([100, 200, 300, 400, 500, 600, 700, 800, 900, 1000])
    expect(earnedSchedule(300, workingCurve(plan, calendar))).toBe(3)
  })

  test('time passed counts the same days: on plan is 1, also over a weekend', () => {
    expect(actualTime(calendar, '2026-03-04', '2026-03-03', null)).toBe(0)
    for (const sunday of ['2026-03-06', '2026-03-08']) expect(actualTime(calendar, '2026-03-04', sunday, null)).toBe(3)
  })

  test('time stops at the finish: an early finish keeps its index', () => {
    expect(actualTime(calendar, '2026-03-04', '2026-06-30', '2026-03-10')).toBe(5)
    expect(actualTime(calendar, '2026-03-04', '2026-03-09', '2026-03-10')).toBe(4)
  })

  test('value due on a day off is not lost', () => {
    const weekend = { curveStart: '2026-03-06', curve: [50n, 100n] } // Friday, Saturday
    expect(workingCurve(weekend, calendar)).toEqual([100])
    expect(workingCurve({ curveStart: '2026-03-07', curve: [70n] }, calendar)).toEqual([70])
  })

  // schedule_forensics finish-forecast tests: 4 sequential one-day tasks, two done after 4 days; minutes.
  test('two of four days done after four: half the pace, twice the time', () => {
    const schedule = earnedSchedule(2, [1, 2, 3, 4]) * 480
    const time = { earnedSchedule: schedule, actualTime: 1920, plannedDuration: 1920 }
    expect(schedule).toBe(960)
    expect(timePerformanceIndex(schedule, 1920)).toEqual(known(0.5))
    expect(estimatedDuration(time)).toEqual(known(3840))
  })
})

test('earned schedule stays within the plan and never falls as more is earned', () => {
  const rising = fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 1, maxLength: 60 }).map((steps) => {
    let sum = 0
    return steps.map((step) => {
      sum += step
      return sum
    })
  })
  fc.assert(
    fc.property(rising, fc.nat(70_000), fc.nat(70_000), (planned, one, other) => {
      const [less, more] = one < other ? [one, other] : [other, one]
      const early = earnedSchedule(less, planned)
      const late = earnedSchedule(more, planned)
      expect(early).toBeGreaterThanOrEqual(0)
      expect(late).toBeLessThanOrEqual(planned.length)
      expect(early).toBeLessThanOrEqual(late)
    }),
  )
})
