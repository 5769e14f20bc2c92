import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { STATUS_LIMITS, type StatusEvidence, status } from '../../src/measures/status.ts'
import { known, unknown } from '../../src/model/reason.ts'

const fine: StatusEvidence = {
  plannedValue: known(500),
  earnedValue: known(505),
  timePerformanceIndex: known(1.01),
  schedulePerformanceIndex: known(1.01),
  costPerformanceIndex: known(1.02),
  actualTime: 40,
  finishVarianceDays: known(-1),
  baselineDays: 80,
  scopeGrowthPercent: known(2),
  finished: false,
  trust: 'good',
}
const of = (given: Partial<StatusEvidence>) => status({ ...fine, ...given })

test('nothing fired: on track, and the numbers that say so', () => {
  expect(of({})).toEqual({
    status: 'on-track',
    because: ['Expected to finish 1 working day early, within the limit; SPI(t) is 1.01.'],
  })
})

test('an index that leaves parts out is called judged, so that nobody takes it for the one of the row', () => {
  expect(of({ isJudged: true, timePerformanceIndex: known(0.93) }).because).toEqual([
    'Time performance index SPI(t), judged, is 0.93, below 0.95.',
  ])
})

describe('limits belong to the better side, after rounding to 4 decimals', () => {
  test.each([
    { index: 0.95, expected: 'on-track' },
    { index: 0.9499999, expected: 'on-track' },
    { index: 0.9499, expected: 'at-risk' },
    { index: 0.9, expected: 'at-risk' },
    { index: 0.8999, expected: 'off-track' },
  ])('an index of $index is $expected, in time and in cost', ({ index, expected }) => {
    expect(of({ timePerformanceIndex: known(index) }).status).toBe(expected)
    expect(of({ costPerformanceIndex: known(index) }).status).toBe(expected)
  })

  test.each([
    { days: 5, expected: 'on-track' },
    { days: 6, expected: 'at-risk' },
    { days: 15, expected: 'at-risk' },
    { days: 16, expected: 'off-track' },
    { days: -30, expected: 'on-track' },
  ])('$days working days against the baseline finish are $expected', ({ days, expected }) => {
    expect(of({ finishVarianceDays: known(days) }).status).toBe(expected)
  })

  test.each([
    { growth: 10, expected: 'on-track' },
    { growth: 10.1, expected: 'at-risk' },
    { growth: 25, expected: 'at-risk' },
    { growth: 25.1, expected: 'off-track' },
    { growth: -40, expected: 'on-track' },
  ])('scope that grew by $growth % is $expected', ({ growth, expected }) => {
    expect(of({ scopeGrowthPercent: known(growth) }).status).toBe(expected)
  })
})

describe('sentences carry their numbers', () => {
  test('each rule that fired speaks, and the worst wins', () => {
    expect(
      of({
        timePerformanceIndex: known(0.8712),
        costPerformanceIndex: known(0.93),
        finishVarianceDays: known(8),
        scopeGrowthPercent: known(31.4),
      }),
    ).toEqual({
      status: 'off-track',
      because: [
        'Time performance index SPI(t) is 0.87, below 0.9.',
        'Cost performance index CPI is 0.93, below 0.95.',
        'Expected to finish 8 working days late (limit 5).',
        'Scope has grown by 31.4 % since the baseline (limit 25 %).',
      ],
    })
  })

  test('a value that would read like its limit gets more digits', () => {
    expect(of({ timePerformanceIndex: known(0.8996) }).because[0]).toContain('is 0.8996, below 0.9')
  })

  test('what is finished late was finished late', () => {
    expect(of({ finished: true, finishVarianceDays: known(7) }).because[0]).toBe(
      'Finished 7 working days late (limit 5).',
    )
  })
})

test('a short phase is judged by its own length: 3 days late of 10 is at risk, 6 of 10 off track', () => {
  const short = { baselineDays: 10 }
  expect(of({ ...short, finishVarianceDays: known(2) }).status).toBe('on-track')
  expect(of({ ...short, finishVarianceDays: known(3) })).toEqual({
    status: 'at-risk',
    because: ['Expected to finish 3 working days late, 30 % of the 10 that were planned (limit 20 %).'],
  })
  expect(of({ ...short, finishVarianceDays: known(6) }).status).toBe('off-track')
})

test('without SPI(t), SPI is judged', () => {
  const because = of({ timePerformanceIndex: unknown('noDates'), schedulePerformanceIndex: known(0.8) }).because
  expect(because[0]).toBe('Schedule performance index SPI is 0.8, below 0.9.')
})

test('indices wait for five working days, and until something was planned', () => {
  const bad = { timePerformanceIndex: known(0), costPerformanceIndex: known(0) }
  expect(of({ ...bad, actualTime: 4 })).toMatchObject({ status: 'on-track' })
  expect(of({ ...bad, actualTime: 4 }).because[0]).toContain('too early to judge the pace')
  expect(of({ ...bad, actualTime: 5 }).status).toBe('off-track')
  expect(of({ ...bad, plannedValue: known(0) }).status).toBe('on-track')
})

describe('unknown is never green', () => {
  test('unknown earned value, and why', () => {
    expect(of({ earnedValue: unknown('noBaselineScope'), timePerformanceIndex: unknown('noBaselineScope') })).toEqual({
      status: 'unknown',
      because: ['The baseline holds neither items nor a stated size for this phase, so nothing can be earned yet.'],
    })
  })

  test('an unknown finish', () => {
    expect(of({ finishVarianceDays: unknown('noPace') }).status).toBe('unknown')
  })

  test('a rule that fires on what is known still speaks, beside what is missing', () => {
    const { status: found, because } = of({ finishVarianceDays: unknown('noPace'), timePerformanceIndex: known(0.8) })
    expect(found).toBe('off-track')
    expect(because).toHaveLength(2)
  })

  test('missing cost does not take the status away: the schedule is judged', () => {
    expect(of({ costPerformanceIndex: unknown('noMoney') }).status).toBe('on-track')
  })

  test('limited trust is never green, poor trust is unknown even where rules fire', () => {
    expect(of({ trust: 'limited' }).status).toBe('unknown')
    expect(of({ trust: 'limited', finishVarianceDays: known(8) }).status).toBe('at-risk')
    const poor = of({ trust: 'poor', finishVarianceDays: known(40) })
    expect(poor.status).toBe('unknown')
    expect(poor.because).toHaveLength(2)
  })
})

test('limits are parameters', () => {
  const strict = { ...STATUS_LIMITS, index: [1, 0.98] as const }
  expect(status({ ...fine, timePerformanceIndex: known(0.99) }, strict).status).toBe('at-risk')
})

test('worse numbers never give a better status', () => {
  const order = ['on-track', 'at-risk', 'off-track']
  const number = fc.double({ min: 0.5, max: 1.5, noNaN: true })
  const days = fc.integer({ min: -20, max: 40 })
  fc.assert(
    fc.property(number, number, days, days, (index, drop, late, more) => {
      const before = of({ timePerformanceIndex: known(index), finishVarianceDays: known(late) })
      const after = of({
        timePerformanceIndex: known(Math.min(index, drop)),
        finishVarianceDays: known(Math.max(late, more)),
      })
      expect(order.indexOf(after.status)).toBeGreaterThanOrEqual(order.indexOf(before.status))
    }),
  )
})
