import { describe, expect, test } from 'vitest'
import {
  amount,
  date,
  dateBefore,
  daysLate,
  exactly,
  index,
  instant,
  percent,
  signedPercent,
  timeVariance,
} from '../../web/components/format.ts'

test.each([
  { days: 12, text: '12 days late' },
  { days: 1, text: '1 day late' },
  { days: -3, text: '3 days early' },
  { days: -1.04, text: '1 day early' },
  { days: 2.5, text: '2.5 days late' },
  { days: 0, text: 'on time' },
  { days: -0.04, text: 'on time' },
])('$days working days are "$text"', ({ days, text }) => {
  expect(daysLate(days)).toBe(text)
})

test('time variance is late when negative', () => {
  expect(timeVariance(-3.7)).toBe('3.7 days late')
  expect(timeVariance(2)).toBe('2 days early')
})

describe('rounding', () => {
  test.each([
    { value: 35.04, text: '35.0%' },
    { value: -0.04, text: '0.0%' },
    { value: -5.97, text: '−6.0%' },
  ])('$value percent is "$text"', ({ value, text }) => {
    expect(percent(value)).toBe(text)
  })

  test('indices have two decimals', () => {
    expect(index(0.9166)).toBe('0.92')
    expect(index(1)).toBe('1.00')
  })

  test('a change carries its sign, and none where it rounds to nothing', () => {
    expect(signedPercent(8.25)).toBe('+8.3%')
    expect(signedPercent(-1.2)).toBe('−1.2%')
    expect(signedPercent(0.02)).toBe('0.0%')
  })
})

test.each([
  { value: 41_200.4, unit: 'EUR', text: '€41,200' },
  { value: -8_000, unit: 'EUR', text: '−€8,000' },
  { value: -0.3, unit: 'EUR', text: '€0' },
  { value: 1_200_000, unit: 'JPY', text: '¥1,200,000' },
  { value: 134.52, unit: 'points', text: '134.5 points' },
])('$value in $unit is "$text"', ({ value, unit, text }) => {
  expect(amount(value, unit)).toBe(text)
})

test('an explanation rounds nothing away that matters', () => {
  expect(exactly(41_200.4, 'EUR')).toBe('€41,200.40')
  expect(exactly(0.94364, 'ratio')).toBe('0.9436')
  expect(exactly(-1_250.5, '')).toBe('−1,250.5')
  expect(exactly(48.4, 'percent')).toBe('48.4%')
})

test('dates are dates of the plan, instants are told in its zone', () => {
  expect(date('2026-09-30')).toBe('30 Sep 2026')
  expect(dateBefore('2026-10-07')('2026-09-30')).toBe('30 Sep')
  expect(dateBefore('2027-01-07')('2026-09-30')).toBe('30 Sep 2026')
  expect(instant('2026-06-15T23:30:00Z', 'Europe/Berlin')).toBe('16 Jun 2026, 01:30 CEST')
})
