import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { earnedByItems } from '../../src/measures/earned-by-items.ts'
import { earnedByMilestones } from '../../src/measures/earned-by-milestones.ts'
import { earnedByPercent, earnedByUnits } from '../../src/measures/earned-by-entries.ts'
import { earnedByStart, hasFinished, hasStarted } from '../../src/measures/earned-by-start-and-finish.ts'
import { type PhaseProgress, earnedByApportionment, earnedValue } from '../../src/measures/earned-value.ts'
import type { DatedActual } from '../../src/model/plan.ts'
import { known, unknown } from '../../src/model/reason.ts'

const asOf = '2026-04-30'
const entry = (date: string, given: Partial<DatedActual>): DatedActual => ({
  subject: 1,
  date,
  cost: null,
  percent: null,
  units: null,
  note: null,
  ...given,
})

const nothing: PhaseProgress = {
  asOf,
  value: 1_000n,
  plannedValue: 400n,
  started: true,
  finished: false,
  items: { scope: null, listedEarned: 0n, poolSize: 0n, poolValue: 0n, outsideDone: 0n },
  milestones: [],
  entries: [],
  unitsTotal: null,
  base: null,
}

describe('by items', () => {
  const pool = { scope: 120n, listedEarned: 40n, poolSize: 80n, poolValue: 800n, outsideDone: 0n }

  test('items that came later fill the pool, at most once', () => {
    expect(earnedByItems(pool)).toEqual(known(40n))
    expect(earnedByItems({ ...pool, outsideDone: 20n })).toEqual(known(240n))
    expect(earnedByItems({ ...pool, outsideDone: 200n })).toEqual(known(840n))
  })

  test('without a pool, later items earn nothing', () => {
    expect(earnedByItems({ ...pool, poolSize: 0n, poolValue: 0n, outsideDone: 50n })).toEqual(known(40n))
  })

  test('the order of arrival does not count: only the sum done outside the list does', () => {
    // Stated 120 without items, budget 180,000; a (100) open, b (40) done, c (30) open: b earns 40/120 however they came.
    const stated = { scope: 120n, listedEarned: 0n, poolSize: 120n, poolValue: 180_000n, outsideDone: 40n }
    expect(earnedByItems(stated)).toEqual(known(60_000n))
  })

  test('a baseline with neither items nor size earns nothing that could be told', () => {
    expect(earnedByItems({ ...pool, scope: null })).toEqual(unknown('noBaselineScope'))
  })
})

describe('by start and finish', () => {
  // Defense PM Tool EVMS unit tests: half is earned by starting, whatever per cent somebody typed.
  test('50/50, 25/75 and 20/80 earn their part at the start and the rest at the finish', () => {
    const doing = { started: true, finished: false }
    expect(earnedByStart(10_000n, 50, doing)).toBe(5_000n)
    expect(earnedByStart(10_000n, 25, doing)).toBe(2_500n)
    expect(earnedByStart(10_000n, 20, doing)).toBe(2_000n)
    expect(earnedByStart(10_000n, 20, { started: false, finished: false })).toBe(0n)
    expect(earnedByStart(10_000n, 20, { started: true, finished: true })).toBe(10_000n)
  })

  const counts = { listed: 2, listedStarted: 0, listedDone: 0, present: 3, presentStarted: 1, presentDone: 1 }

  test('the list decides whether work has started and is finished', () => {
    expect(hasStarted(counts, null, asOf)).toBe(false)
    expect(hasStarted({ ...counts, listedStarted: 1 }, null, asOf)).toBe(true)
    expect(hasFinished({ ...counts, listedDone: 1 }, null, asOf)).toBe(false)
    expect(hasFinished({ ...counts, listedDone: 2 }, null, asOf)).toBe(true)
  })

  test('without a list all present items decide, and no items are not finished', () => {
    const free = { ...counts, listed: 0 }
    expect(hasStarted(free, null, asOf)).toBe(true)
    expect(hasFinished(free, null, asOf)).toBe(false)
    expect(hasFinished({ ...free, presentDone: 3 }, null, asOf)).toBe(true)
    expect(hasFinished({ ...free, present: 0, presentDone: 0 }, null, asOf)).toBe(false)
  })

  test('entered dates count from their own day on', () => {
    expect(hasStarted(counts, '2026-05-01', asOf)).toBe(false)
    expect(hasStarted(counts, '2026-04-30', asOf)).toBe(true)
    expect(hasFinished(counts, '2026-05-01', asOf)).toBe(false)
    expect(hasFinished(counts, '2026-04-30', asOf)).toBe(true)
  })
})

describe('by milestones', () => {
  // Course text "Domain 6": weights 0.4 and 0.6, the first reached, budget 100,000.
  test('reached weights earn their part of the value', () => {
    const milestones = [
      { weight: 0.4, reachedOn: '2026-04-30' },
      { weight: 0.6, reachedOn: '2026-05-01' },
    ]
    expect(earnedByMilestones(100_000n, milestones, asOf)).toEqual(known(40_000n))
    expect(earnedByMilestones(100_000n, milestones, '2026-05-01')).toEqual(known(100_000n))
  })

  test('weights are normalised; without one a milestone weighs as the others do on average', () => {
    const reached = { reachedOn: '2026-04-01' }
    const open = { reachedOn: null }
    expect(
      earnedByMilestones(
        300n,
        [
          { weight: null, ...reached },
          { weight: null, ...open },
          { weight: null, ...open },
        ],
        asOf,
      ),
    ).toEqual(known(100n))
    expect(
      earnedByMilestones(
        400n,
        [
          { weight: 30, ...open },
          { weight: 10, ...open },
          { weight: null, ...reached },
        ],
        asOf,
      ),
    ).toEqual(known(133n))
    expect(earnedByMilestones(400n, [], asOf)).toEqual(unknown('noInput'))
  })
})

describe('by entries', () => {
  const entries = [
    entry('2026-05-04', { percent: 60 }),
    entry('2026-04-30', { percent: 35, units: 600 }),
    entry('2026-04-10', { percent: 20, units: 100 }),
    entry('2026-04-30', { cost: 41_200 }),
  ]

  test('the latest per cent up to the status date counts, not the last in the list', () => {
    expect(earnedByPercent(200n, entries, asOf)).toEqual(known(70n))
    expect(earnedByPercent(200n, entries, '2026-04-29')).toEqual(known(40n))
    expect(earnedByPercent(200n, entries, '2026-04-09')).toEqual(unknown('noInput'))
  })

  // Course text "Domain 6": 600 of 800 units, budget 250,000.
  test('units earn their share of the planned total', () => {
    expect(earnedByUnits(250_000n, 800, entries, asOf)).toEqual(known(187_500n))
    expect(earnedByUnits(250_000n, null, entries, asOf)).toEqual(unknown('noInput'))
    expect(earnedByUnits(250_000n, 500, entries, asOf)).toEqual(known(250_000n))
  })
})

describe('by technique', () => {
  test('level of effort earns what was planned', () => {
    expect(earnedValue({ kind: 'level-of-effort' }, nothing)).toEqual(known(400n))
  })

  test('0/100 earns nothing before the finish', () => {
    expect(earnedValue({ kind: '0/100' }, nothing)).toEqual(known(0n))
    expect(earnedValue({ kind: '0/100' }, { ...nothing, finished: true })).toEqual(known(1_000n))
  })

  test('apportioned effort follows the share that its base has earned', () => {
    const technique = { kind: 'apportioned', phase: 'build', factor: 0.5 } as const
    const base = { earned: known(300n), value: 600n }
    expect(earnedValue(technique, { ...nothing, base })).toEqual(known(250n))
    expect(earnedByApportionment(1_000n, 3, base)).toEqual(known(1_000n))
    expect(earnedByApportionment(1_000n, 1, { ...base, earned: unknown('noInput') })).toEqual(unknown('noInput'))
    expect(earnedByApportionment(1_000n, 1, { earned: known(0n), value: 0n })).toEqual(unknown('budgetZero'))
    expect(earnedValue(technique, nothing)).toEqual(unknown('noInput'))
  })

  test.each(['items', 'milestones', 'manual', 'units'] as const)(
    '%s without input: 0 while nothing was planned nor started, unknown afterwards',
    (kind) => {
      expect(earnedValue({ kind }, { ...nothing, plannedValue: 0n, started: false })).toEqual(known(0n))
      expect(earnedValue({ kind }, { ...nothing, plannedValue: 1n, started: false }).value).toBeNull()
      expect(earnedValue({ kind }, { ...nothing, plannedValue: 0n, started: true }).value).toBeNull()
    },
  )

  test('what is earned stays between 0 and the value', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 1_000n }),
        fc.bigInt({ min: -2_000n, max: 2_000n }),
        fc.integer({ min: -50, max: 300 }),
        (value, listedEarned, percent) => {
          const items = { scope: 10n, listedEarned, poolSize: 5n, poolValue: 300n, outsideDone: 3n }
          const entries = [entry('2026-04-01', { percent, units: percent })]
          const progress = { ...nothing, value, items, entries, unitsTotal: 100 }
          for (const kind of ['items', 'manual', 'units', '50/50', 'level-of-effort'] as const) {
            const earned = earnedValue({ kind }, progress).value!
            expect(earned >= 0n && earned <= value).toBe(true)
          }
        },
      ),
    )
  })
})
