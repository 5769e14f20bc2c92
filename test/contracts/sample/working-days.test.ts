import { expect, test } from 'vitest'
import { isHoliday, momentOf, shiftWorkdays, workdaysBetween } from '../../../demo/sample/working-days.ts'

test.each([
  ['2026-04-03', 'Good Friday'],
  ['2026-04-06', 'Easter Monday'],
  ['2026-05-14', 'Ascension Day'],
  ['2026-05-25', 'Whit Monday'],
  ['2027-03-29', 'Easter Monday'],
  ['2026-10-03', 'German Unity Day'],
])('%s is a day off: %s', (date) => {
  expect(isHoliday(date)).toBe(true)
})

test('working days leave out weekends and holidays', () => {
  expect(workdaysBetween('2026-04-02', '2026-04-08')).toEqual(['2026-04-02', '2026-04-07', '2026-04-08'])
  expect(shiftWorkdays('2026-04-02', 1)).toBe('2026-04-07')
  expect(shiftWorkdays('2026-04-07', -1)).toBe('2026-04-02')
})

test('a moment is local: nine in Berlin is seven in summer and eight in winter, in UTC', () => {
  expect(momentOf('2026-07-01', 540)).toBe('2026-07-01T07:00:00.000Z')
  expect(momentOf('2026-12-01', 540)).toBe('2026-12-01T08:00:00.000Z')
})
