import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { performance } from '../../src/measures/performance.ts'
import { judgedParts, sumKnown } from '../../src/measures/roll-up.ts'
import { splitKnown } from '../../src/measures/split-known.ts'
import { whenKnown } from '../../src/measures/when-known.ts'
import { type Known, known, unknown } from '../../src/model/reason.ts'
import { sure } from './numbers.ts'

describe('sums', () => {
  test('a sum with an unknown part is unknown, not smaller', () => {
    expect(sumKnown([known(2n), known(3n)])).toEqual(known(5n))
    expect(sumKnown([known(2n), unknown('noBaselineScope')])).toEqual(unknown('partsUnknown'))
    expect(sumKnown([])).toEqual(known(0n))
  })

  test('sums of sums are the sum of all: roll-up does not depend on the levels between', () => {
    const part = fc
      .option(fc.bigInt({ min: -1_000n, max: 1_000n }))
      .map((value) => (value === null ? unknown('noInput') : known(value)))
    fc.assert(
      fc.property(fc.array(fc.array(part, { maxLength: 5 }), { maxLength: 5 }), (groups) => {
        expect(sumKnown(groups.map(sumKnown))).toEqual(sumKnown(groups.flat()))
      }),
    )
  })

  // Course text "Domain 6": the sum has SPI 0.775; the mean of the packages' ratios would be 0.6375.
  test('an index of a sum is the ratio of sums', () => {
    const { measures } = performance({
      plannedValue: known(400_000),
      earnedValue: known(310_000),
      actualCost: known(335_000),
      budgetAtCompletion: known(500_000),
      fromWork: unknown('noPace'),
      time: null,
    })
    expect(measures.schedulePerformanceIndex).toEqual(known(0.775))
    expect(sure(measures.costPerformanceIndex)).toBeCloseTo(0.9253731343283582, 12)
  })
})

describe('what a sum is judged by', () => {
  const support = { value: 100n, earnedValue: known(40n), plannedValue: known(40n), levelOfEffort: true }
  const build = { value: 300n, earnedValue: known(40n), plannedValue: known(50n), levelOfEffort: false }
  const launch = { value: 100n, earnedValue: unknown('noBaselineScope'), plannedValue: known(0n), levelOfEffort: false }

  test('level of effort and unknown phases are left out, and the share says so', () => {
    const judged = judgedParts([support, build, launch])
    expect(judged.parts).toEqual([build])
    expect(judged.share).toEqual(known(0.6))
  })

  test('level of effort would hide lateness: 0.89 in all, 0.80 where it counts', () => {
    const index = (parts: readonly { earnedValue: Known<bigint>; plannedValue: Known<bigint> }[]) =>
      parts.reduce((sum, part) => sum + Number(part.earnedValue.value), 0) /
      parts.reduce((sum, part) => sum + Number(part.plannedValue.value), 0)
    expect(index([support, build])).toBeCloseTo(0.89, 2)
    expect(index(judgedParts([support, build]).parts)).toBe(0.8)
  })

  test('without any budget there is no share', () => {
    expect(judgedParts([{ ...build, value: 0n }]).share).toEqual(unknown('budgetZero'))
  })
})

describe('all measures of a row', () => {
  const curve = [100, 200, 300, 400, 500]
  const given = {
    plannedValue: known(300),
    earnedValue: known(250),
    actualCost: known(400),
    budgetAtCompletion: known(500),
    fromWork: known(900),
    time: { curve, actualTime: 3 },
  }

  test('each measure gets its own inputs', () => {
    const { measures, estimates, estimateMethod } = performance(given)
    expect(splitKnown(measures).values).toEqual({
      plannedValue: 300,
      earnedValue: 250,
      actualCost: 400,
      budgetAtCompletion: 500,
      plannedPercent: 60,
      scheduleVariance: -50,
      costVariance: -150,
      scheduleVariancePercent: expect.closeTo(-16.6666667, 6),
      costVariancePercent: -60,
      schedulePerformanceIndex: expect.closeTo(0.8333333, 6),
      costPerformanceIndex: 0.625,
      estimateAtCompletion: 800,
      estimateToComplete: 400,
      varianceAtCompletion: -300,
      varianceAtCompletionPercent: -60,
      toCompletePerformanceIndex: 2.5,
      earnedSchedule: 2.5,
      timeVariance: -0.5,
      timePerformanceIndex: expect.closeTo(0.8333333, 6),
    })
    expect(splitKnown(estimates).values).toEqual({
      byCpi: 800,
      byBudget: 650,
      byCpiSpi: expect.closeTo(880, 6),
      fromWork: 900,
    })
    expect(estimateMethod).toBe('byCpi')
  })

  test('a plan without money keeps its schedule measures and says why cost is unknown', () => {
    const { measures, estimateMethod } = performance({ ...given, actualCost: unknown('noMoney') })
    const { values, because } = splitKnown(measures, 'judged.')
    expect(values.timePerformanceIndex).toBeCloseTo(0.8333333, 6)
    expect(values.costVariance).toBeNull()
    expect(because['judged.costVariance']).toBe('noMoney')
    expect(because['judged.estimateAtCompletion']).toBe('noMoney')
    expect(because).not.toHaveProperty('judged.scheduleVariance')
    expect(estimateMethod).toBeNull()
  })

  test('no cost yet: the estimate falls back on the budget and says so', () => {
    const { measures, estimateMethod } = performance({ ...given, actualCost: known(0) })
    expect(measures.costPerformanceIndex).toEqual(unknown('actualCostZero'))
    expect(measures.estimateAtCompletion).toEqual(known(250))
    expect(estimateMethod).toBe('byBudget')
  })

  test('unknown earned value and missing dates each give their reason', () => {
    expect(performance({ ...given, earnedValue: unknown('noBaselineScope') }).measures.timeVariance).toEqual(
      unknown('noBaselineScope'),
    )
    expect(performance({ ...given, time: null }).measures.timeVariance).toEqual(unknown('noDates'))
    expect(performance({ ...given, time: { curve: [0, 0], actualTime: 2 } }).measures.earnedSchedule).toEqual(
      unknown('budgetZero'),
    )
  })
})

test('the first unknown input gives the reason', () => {
  const sum = (...values: number[]) => known(values.reduce((total, value) => total + value, 0))
  expect(whenKnown([known(1), known(2)], sum)).toEqual(known(3))
  expect(whenKnown([known(1), unknown('noMoney'), unknown('noInput')], sum)).toEqual(unknown('noMoney'))
})
