import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { continuedCurve, plannedCurve, plannedValueOn, sumCurves } from '../../src/measures/planned-value.ts'
import { spreadWeights } from '../../src/measures/spread-weights.ts'
import { MONDAY_TO_FRIDAY, isWorkingDay } from '../../src/model/calendar.ts'
import type { Spread } from '../../src/model/plan.ts'
import { addDays } from '../../src/model/time.ts'

const calendar = MONDAY_TO_FRIDAY
const linear: Spread = { kind: 'linear' }
const curveOf = (value: bigint, start: string, finish: string, spread: Spread = linear) =>
  plannedCurve({ value, start, finish, spread, calendar })

test('a week of 500 plans 100 a day, and nothing at the weekend', () => {
  // Wednesday to Tuesday.
  const { curveStart, curve } = curveOf(500n, '2026-03-04', '2026-03-10')
  expect(curveStart).toBe('2026-03-04')
  expect(curve).toEqual([100n, 200n, 300n, 300n, 300n, 400n, 500n])
})

test('a holiday moves the plan: a frozen curve must not be computed again from live settings', () => {
  const week = { value: 500n, start: '2026-03-02', finish: '2026-03-06', spread: linear }
  const off = { ...calendar, exceptions: { '2026-03-04': 0 } }
  expect(plannedValueOn(plannedCurve({ ...week, calendar }), '2026-03-03')).toBe(200n)
  expect(plannedValueOn(plannedCurve({ ...week, calendar: off }), '2026-03-03')).toBe(250n)
})

test('the value on a day: 0 before the start, the whole after the finish', () => {
  const curve = curveOf(500n, '2026-03-02', '2026-03-06')
  expect(plannedValueOn(curve, '2026-03-01')).toBe(0n)
  expect(plannedValueOn(curve, '2026-03-02')).toBe(100n)
  expect(plannedValueOn(curve, '2027-01-01')).toBe(500n)
})

test('what does not divide goes to the largest remainders and still ends exactly', () => {
  expect(curveOf(100n, '2026-03-04', '2026-03-06').curve).toEqual([34n, 67n, 100n])
})

test('a phase without a working day falls due on its last day', () => {
  expect(curveOf(70n, '2026-03-07', '2026-03-08').curve).toEqual([0n, 70n])
})

test('a finish before the start is refused', () => {
  expect(() => curveOf(1n, '2026-03-09', '2026-03-08')).toThrow(/finish is before the start/)
})

describe('spreads', () => {
  test('front, back and bell have the shares that their formulas give', () => {
    expect(spreadWeights('front', 4)).toEqual([7n, 5n, 3n, 1n])
    expect(spreadWeights('back', 4)).toEqual([1n, 3n, 5n, 7n])
    // F(t) = 3t² − 2t³ at quarters: 10/64, 32/64, 54/64, 64/64.
    expect(spreadWeights('bell', 4)).toEqual([10n, 22n, 22n, 10n])
  })

  test.each([
    { kind: 'front', halfTime: 750n },
    { kind: 'back', halfTime: 250n },
    { kind: 'bell', halfTime: 500n },
    { kind: 'linear', halfTime: 500n },
  ] as const)('$kind has $halfTime of 1000 due at half-time', ({ kind, halfTime }) => {
    // Two working weeks: the first Friday is half-time.
    const curve = curveOf(1000n, '2026-03-02', '2026-03-13', { kind })
    expect(plannedValueOn(curve, '2026-03-06')).toBe(halfTime)
  })

  const periods = (...amounts: [string, number][]): Spread => ({
    kind: 'periods',
    periods: amounts.map(([until, amount]) => ({ until, amount })),
  })

  test('dated periods spread each amount over its own working days', () => {
    const curve = curveOf(600n, '2026-03-02', '2026-03-13', periods(['2026-03-06', 100], ['2026-03-13', 500]))
    expect(plannedValueOn(curve, '2026-03-03')).toBe(40n)
    expect(plannedValueOn(curve, '2026-03-08')).toBe(100n)
    expect(plannedValueOn(curve, '2026-03-09')).toBe(200n)
    expect(plannedValueOn(curve, '2026-03-13')).toBe(600n)
  })

  test('periods may end before the start or after the finish', () => {
    const curve = curveOf(
      300n,
      '2026-03-02',
      '2026-03-06',
      periods(['2026-02-20', 50], ['2026-03-06', 50], ['2026-03-09', 200]),
    )
    expect(plannedValueOn(curve, '2026-03-02')).toBe(60n)
    expect(plannedValueOn(curve, '2026-03-06')).toBe(100n)
    expect(plannedValueOn(curve, '2026-03-09')).toBe(300n)
  })

  const anySpread = fc.oneof(
    fc.constantFrom('linear' as const, 'front' as const, 'back' as const, 'bell' as const).map((kind) => ({ kind })),
    fc
      .array(fc.tuple(fc.integer({ min: -20, max: 300 }), fc.integer({ min: 0, max: 9_999 })), { maxLength: 6 })
      .map((each) => periods(...each.map(([day, amount]) => [addDays('2026-03-02', day), amount] as [string, number]))),
  )

  test('every curve never falls, moves on working days only, and ends exactly at the value', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 15n }),
        fc.integer({ min: 0, max: 20 }),
        fc.integer({ min: 4, max: 250 }),
        anySpread,
        (value, offset, length, spread) => {
          const start = addDays('2026-03-02', offset)
          const { curve, curveStart } = curveOf(value, start, addDays(start, length), spread)
          expect(curve[curve.length - 1]).toBe(value)
          for (const [day, planned] of curve.entries()) {
            const before = day === 0 ? 0n : curve[day - 1]!
            expect(planned >= before).toBe(true)
            const date = addDays(curveStart, day)
            if (spread.kind !== 'periods' && !isWorkingDay(calendar, date)) expect(planned).toBe(before)
          }
        },
      ),
    )
  })
})

test('the curve of a sum is the sum of the curves, each flat after its end', () => {
  const sum = sumCurves([curveOf(200n, '2026-03-03', '2026-03-04'), curveOf(500n, '2026-03-02', '2026-03-06')])
  expect(sum).toEqual({ curveStart: '2026-03-02', curve: [100n, 300n, 500n, 600n, 700n] })
  expect(sumCurves([])).toBeNull()
})

describe('a replaced baseline', () => {
  const former = curveOf(400n, '2026-03-02', '2026-03-05') // 100 a day, Monday to Thursday
  const next = { value: 415n, start: '2026-03-04', finish: '2026-03-06', spread: linear, calendar }

  test('keeps the closed days and spreads the rest from its first day (no retroactive change)', () => {
    const curve = continuedCurve(former, '2026-03-04', next)
    expect(plannedValueOn(curve, '2026-03-02')).toBe(100n)
    expect(plannedValueOn(curve, '2026-03-03')).toBe(200n)
    expect(plannedValueOn(curve, '2026-03-04')).toBe(272n)
    expect(plannedValueOn(curve, '2026-03-06')).toBe(415n)
  })

  test('stands still until the new start', () => {
    const curve = continuedCurve(former, '2026-03-04', { ...next, start: '2026-03-06' })
    expect(plannedValueOn(curve, '2026-03-05')).toBe(200n)
    expect(plannedValueOn(curve, '2026-03-06')).toBe(415n)
  })

  test('steps down on its first day when the new value is below what was planned', () => {
    const curve = continuedCurve(former, '2026-03-04', { ...next, value: 150n })
    expect(plannedValueOn(curve, '2026-03-03')).toBe(200n)
    expect(plannedValueOn(curve, '2026-03-04')).toBe(150n)
    expect(plannedValueOn(curve, '2026-04-04')).toBe(150n)
  })
})
