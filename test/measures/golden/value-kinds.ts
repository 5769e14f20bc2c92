import { costPerformanceIndex } from '../../../src/measures/cost-performance-index.ts'
import { costVariance, costVariancePercent } from '../../../src/measures/cost-variance.ts'
import { earnedByPercent, earnedByUnits } from '../../../src/measures/earned-by-entries.ts'
import { earnedByItems } from '../../../src/measures/earned-by-items.ts'
import { earnedByMilestones } from '../../../src/measures/earned-by-milestones.ts'
import { earnedByStart } from '../../../src/measures/earned-by-start-and-finish.ts'
import {
  estimateAtCompletion,
  estimateByBudget,
  estimateByCpi,
  estimateByCpiSpi,
} from '../../../src/measures/estimate-at-completion.ts'
import { estimateToComplete } from '../../../src/measures/estimate-to-complete.ts'
import { schedulePerformanceIndex } from '../../../src/measures/schedule-performance-index.ts'
import { scheduleVariance, scheduleVariancePercent } from '../../../src/measures/schedule-variance.ts'
import { toCompletePerformanceIndex } from '../../../src/measures/to-complete-performance-index.ts'
import { varianceAtCompletion, varianceAtCompletionPercent } from '../../../src/measures/variance-at-completion.ts'
import { whenKnown } from '../../../src/measures/when-known.ts'
import type { Micro } from '../../../src/model/amounts.ts'
import { type Known, known, unknown } from '../../../src/model/reason.ts'
import { type GoldenCase, type GoldenKind, agree, has } from './case.ts'

const given = (value: unknown): Known => (typeof value === 'number' ? known(value) : unknown('noInput'))

/** Every point-in-time measure under the short keys of the published cases. */
const pointInTime = (inputs: Readonly<Record<string, unknown>>): Record<string, number | null> => {
  const pv = given(inputs.pv ?? inputs.bcws)
  const ev = given(inputs.ev ?? inputs.bcwp)
  const ac = given(inputs.ac ?? inputs.acwp)
  const bac = given(inputs.bac)
  const spent = (measure: (values: { earnedValue: number; actualCost: number; budget: number }) => Known): Known =>
    whenKnown([ev, ac, bac], (earnedValue, actualCost, budget) =>
      measure({ earnedValue: earnedValue!, actualCost: actualCost!, budget: budget! }),
    )
  const byCpi = spent(estimateByCpi)
  const byBudget = spent(estimateByBudget)
  const given_eac = typeof inputs.eac === 'number' ? known(inputs.eac) : byCpi
  const ratio = (top: Known, bottom: Known): Known => whenKnown([top, bottom], (a, b) => known((a! / b!) * 100))
  const results: Record<string, Known> = {
    sv: whenKnown([ev, pv], scheduleVariance),
    cv: whenKnown([ev, ac], costVariance),
    sv_pct: whenKnown([ev, pv], scheduleVariancePercent),
    cv_pct: whenKnown([ev, ac], costVariancePercent),
    spi: whenKnown([ev, pv], schedulePerformanceIndex),
    cpi: whenKnown([ev, ac], costPerformanceIndex),
    eac_cpi: byCpi,
    eac_budget: byBudget,
    eac_cpi_spi: whenKnown([pv], (plannedValue) =>
      spent((values) => estimateByCpiSpi({ ...values, plannedValue: plannedValue! })),
    ),
    etc_cpi: whenKnown([byCpi, ac], estimateToComplete),
    etc_budget: whenKnown([byBudget, ac], estimateToComplete),
    vac_cpi: whenKnown([bac, byCpi], varianceAtCompletion),
    vac: whenKnown([bac, given_eac], varianceAtCompletion),
    vac_pct: whenKnown([bac, given_eac], varianceAtCompletionPercent),
    tcpi_bac: spent((values) => toCompletePerformanceIndex({ ...values, target: values.budget })),
    tcpi_eac: whenKnown([byCpi], (target) =>
      spent((values) => toCompletePerformanceIndex({ ...values, target: target! })),
    ),
    pct_complete: ratio(ev, bac),
    pct_spent: ratio(ac, bac),
  }
  const plain: Record<string, number | null> = {}
  for (const [key, result] of Object.entries(results)) plain[key] = result.value
  return plain
}

const known_keys = Object.keys(pointInTime({}))
const measured = (found: GoldenCase): Record<string, unknown> => {
  const { flag: _flag, ...numbers } = found.expected
  return { ...numbers, ...((found.also_implied as Record<string, unknown> | undefined) ?? {}) }
}

const million = 1_000_000n
const technique = ({ inputs }: GoldenCase): number => {
  const value: Micro = BigInt(inputs.budget as number) * million
  const day = '2026-01-01'
  const entry = { subject: 1, date: day, cost: null, percent: null, units: null, note: null }
  const percent = (inputs.percent as number | undefined) ?? null
  const split = /^(\d+)\/(\d+)$/.exec(String(inputs.technique))
  let earned: Known<Micro> = unknown('noInput')
  if (split)
    earned = known(earnedByStart(value, Number(split[1]), { started: percent! > 0, finished: percent! >= 100 }))
  if (inputs.technique === 'percent_complete') earned = earnedByPercent(value, [{ ...entry, percent }], day)
  if (inputs.technique === 'units')
    earned = earnedByUnits(value, inputs.total as number, [{ ...entry, units: inputs.done as number }], day)
  if (inputs.technique === 'weighted_milestones')
    earned = earnedByMilestones(
      value,
      (inputs.milestones as { weight: number; reached: boolean }[]).map(({ weight, reached }) => ({
        weight,
        reachedOn: reached ? day : null,
      })),
      day,
    )
  return Number(earned.value) / 1e6
}

export const valueKinds: readonly GoldenKind[] = [
  {
    name: 'measures at a status date',
    fits: ({ inputs, expected }) =>
      (has(inputs, 'ev', 'bac') || has(inputs, 'bcws', 'bcwp', 'acwp', 'bac', 'eac')) &&
      typeof inputs.ev !== 'object' &&
      Object.keys(expected).every((key) => known_keys.includes(key) || key === 'flag'),
    check: (found) => agree(pointInTime(found.inputs), measured(found), found),
  },
  {
    name: 'cumulative variances of a row',
    fits: ({ inputs, expected }) => has(inputs, 'cum') && has(expected, 'sv', 'cv_pct'),
    check: (found) => agree(pointInTime(found.inputs.cum as Record<string, unknown>), found.expected, found),
  },
  {
    name: 'earned value by technique',
    fits: ({ inputs, expected }) => has(inputs, 'technique', 'budget') && has(expected, 'ev'),
    check: (found) => agree(technique(found), found.expected.ev, found),
  },
  {
    name: 'six estimates at completion',
    fits: ({ expected }) => has(expected, 'eac_cpi', 'eac_composite', 'eac_management'),
    check: (found) => {
      const { bac, bcwp, acwp, manager_etc } = found.inputs as Record<string, number>
      const all = pointInTime(found.inputs)
      expectSame(found, all.eac_cpi, 'eac_cpi')
      expectSame(found, all.eac_cpi_spi, 'eac_composite')
      expectSame(found, all.eac_budget, 'eac_typical')
      const { method } = estimateAtCompletion({
        byCpi: estimateByCpi({ earnedValue: bcwp!, actualCost: acwp!, budget: bac! }),
        byBudget: unknown('noInput'),
      })
      agree(method, 'byCpi', found)
      expectSame(found, acwp! + manager_etc!, 'eac_management')
    },
  },
  {
    name: 'scope that grew without a new baseline',
    fits: ({ inputs, expected }) => has(inputs, 'total_points', 'points_done') && has(expected, 'ev_right'),
    check: (found) => {
      const { bac, points_done } = found.inputs as Record<string, number>
      // 300 points were baselined, 60 came later: what is done earns by the weights of the baseline.
      const scope = 300n * million
      const value = BigInt(bac!) * million
      const earned = earnedByItems({
        scope,
        listedEarned: (value * BigInt(points_done!)) / 300n,
        poolSize: 0n,
        poolValue: 0n,
        outsideDone: 0n,
      })
      agree(Number(earned.value) / 1e6, found.expected.ev_right, found)
    },
  },
]

const expectSame = (found: GoldenCase, actual: number | null | undefined, key: string): void =>
  agree(actual, found.expected[key], found, key)
