import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { workingDays, workingHours } from '../../../src/model/calendar.ts'
import { rateOn } from '../../../src/model/resource.ts'
import { rateDefaults } from '../../../src/plan/setup/check-rates.ts'
import { parseSetup } from '../../../src/plan/setup/parse-setup.ts'
import { resolveCalendar } from '../../../src/plan/setup/resolve-calendar.ts'
import { actualKeys, phaseIds, resolvePlan } from '../../../src/plan/setup/resolve-plan.ts'
import { resolveRates, resolveResource } from '../../../src/plan/setup/resolve-resource.ts'
import type { Rate, SetupPlan } from '../../../src/plan/setup/setup.ts'
import { setupOfPlan, setupOfResource } from '../../../src/plan/setup/setup-of.ts'
import { anyPlan } from './any-setup.ts'
import { environment, trackers } from './trackers.ts'

const text = readFileSync(new URL('checkout.yaml', import.meta.url), 'utf8')
const setup = parseSetup([{ name: 'plan.yaml', text }], environment, { trackers })
const checkout = setup.plans[0]!

/** Phases from 1, entries from 101, in written order. */
const numbered = (plan: SetupPlan) => ({
  resources: [],
  phaseNumbers: new Map(phaseIds(plan).map((id, index) => [id, index + 1])),
  actualSubjects: new Map(actualKeys(plan).map((key, index) => [key, index + 101])),
})

describe('a plan becomes the document that the ledger works with', () => {
  const document = resolvePlan(checkout, numbered(checkout))

  test('phases stand in pre-order with number, parent and level', () => {
    expect(document.phases.map(({ no, id, parent, level }) => [no, id, parent, level])).toEqual([
      [1, 'discovery', null, 0],
      [2, 'build', null, 0],
      [3, 'api', 'build', 1],
      [4, 'shop', 'build', 1],
      [5, 'review', null, 0],
      [6, 'rollout', null, 0],
    ])
  })

  test('entries carry their ledger subject', () => {
    expect(document.phases[1]?.actuals.map(({ subject, cost, percent }) => [subject, cost, percent])).toEqual([
      [101, 41200, null],
      [102, null, 35],
    ])
  })

  test('holidays of Berlin are days off: Good Friday, Easter Monday, 8 March only where it is a workday', () => {
    expect(document.calendar.exceptions['2026-04-03']).toBe(0)
    expect(document.calendar.exceptions['2026-04-06']).toBe(0)
    expect(document.calendar.exceptions['2026-03-08']).toBeUndefined()
    expect(document.calendar.exceptions['2027-03-08']).toBe(0)
    // April 2026: 22 weekdays, 2 of them holidays.
    expect(workingDays(document.calendar, '2026-04-01', '2026-04-30')).toBe(20)
  })

  test('days entered by hand win, and holidays are known for five years after the plan', () => {
    expect(workingHours(document.calendar, '2026-12-24')).toBe(0)
    expect(workingHours(document.calendar, '2026-12-31')).toBe(4)
    expect(workingHours(document.calendar, '2031-10-03')).toBe(0)
    expect(document.calendar.exceptions['2032-01-01']).toBeUndefined()
  })

  test('a number that nobody gave is a bug of the caller', () => {
    const { phaseNumbers, ...rest } = numbered(checkout)
    phaseNumbers.delete('api')
    expect(() => resolvePlan(checkout, { ...rest, phaseNumbers })).toThrow('no number was given for api')
  })

  test('an entry keeps its key when its amount is corrected, and equal entries are told apart', () => {
    const entry = { date: '2026-05-04', cost: 10, percent: null, units: null, note: null }
    const planWith = (...costs: number[]): SetupPlan => ({
      ...checkout,
      phases: [{ ...checkout.phases[0]!, actuals: costs.map((cost) => ({ ...entry, cost })) }],
    })
    expect(actualKeys(planWith(10, 20))).toEqual(actualKeys(planWith(30, 40)))
    expect(new Set(actualKeys(planWith(10, 10))).size).toBe(2)
  })
})

test('the stored document gives back the plan as it was written', () => {
  fc.assert(
    fc.property(anyPlan, (plan) => {
      expect(setupOfPlan(resolvePlan(plan, numbered(plan)))).toEqual(plan)
    }),
    { numRuns: 60 },
  )
})

test('holidays that fall on a day off are not listed', () => {
  const calendar = resolveCalendar(
    { workdays: [true, true, true, true, true, false, false], hoursPerDay: 8, holidays: 'DE', exceptions: {} },
    ['2026-10-01'],
  )
  // German Unity Day 2026 is a Saturday.
  expect(calendar.exceptions['2026-10-03']).toBeUndefined()
  expect(calendar.exceptions['2026-12-25']).toBe(0)
})

describe('rates', () => {
  const defaults = { currency: 'EUR', hoursPerDay: 8 }
  const hourly = (amount: number): Rate => ({ amount, per: 'h', currency: null })
  const scalar = (rate: Rate) => ({ rate, rates: [] })
  const since = (from: string | null, euros: number) => ({
    from,
    microPerHour: String(euros * 100_000_000),
    currency: 'EUR',
  })

  test.each([
    { because: 'the first rate counts since ever', rate: hourly(95), previous: [], after: [since(null, 95)] },
    {
      because: 'the rate that counts today changes nothing',
      rate: hourly(95),
      previous: [since(null, 95)],
      after: [since(null, 95)],
    },
    {
      because: 'another rate starts today and the past stays',
      rate: hourly(105),
      previous: [since(null, 95)],
      after: [since(null, 95), since('2026-06-01', 105)],
    },
    {
      because: 'a second change on the same day replaces the first',
      rate: hourly(110),
      previous: [since(null, 95), since('2026-06-01', 105)],
      after: [since(null, 95), since('2026-06-01', 110)],
    },
    {
      because: 'a rate agreed for later stays',
      rate: hourly(105),
      previous: [since(null, 95), since('2027-01-01', 120)],
      after: [since(null, 95), since('2026-06-01', 105), since('2027-01-01', 120)],
    },
    {
      because: 'a day rate is divided by the hours of a day',
      rate: { amount: 400, per: 'd', currency: 'EUR' } as Rate,
      previous: [],
      after: [since(null, 50)],
    },
  ])('$because', ({ rate, previous, after }) => {
    expect(resolveRates(scalar(rate), previous, '2026-06-01', defaults)).toEqual(after)
  })

  test('a written history replaces the stored one', () => {
    const rates = [
      { from: '2026-06-01', rate: hourly(85) },
      { from: null, rate: hourly(80) },
    ]
    expect(resolveRates({ rate: null, rates }, [since(null, 1)], '2026-07-01', defaults)).toEqual([
      since(null, 80),
      since('2026-06-01', 85),
    ])
  })

  test('no rate in the file leaves the rates as they are', () => {
    expect(resolveRates({ rate: null, rates: [] }, [since(null, 95)], '2026-06-01', defaults)).toEqual([
      since(null, 95),
    ])
  })

  test('a resource of the file prices hours by the day they were worked', () => {
    const bo = resolveResource(setup.resources[1]!, {
      no: 2,
      previous: [],
      today: '2026-07-01',
      defaults: rateDefaults(setup.plans),
    })
    expect([rateOn(bo, '2026-05-31', 'EUR'), rateOn(bo, '2026-06-01', 'EUR')]).toEqual([8_000_000_000n, 8_500_000_000n])
  })

  test('a stored resource gives back its rate, so that writing it again changes nothing', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10_000_000_000_000n }), (micro) => {
        const stored = { from: null, microPerHour: String(micro), currency: 'EUR' }
        const written = setupOfResource(
          { no: 1, id: 'ana', name: 'Ana', kind: 'person', rates: [stored], capacityHoursPerDay: null, accounts: [] },
          defaults,
        )
        expect(resolveRates(written, [], '2026-06-01', defaults)).toEqual([stored])
      }),
    )
  })
})
