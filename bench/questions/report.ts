import { freezeBaseline } from '../../src/plan/freeze-baseline.ts'
import { planVariance } from '../../src/reports/plan-variance.ts'
import type { Store } from '../../src/store/database.ts'
import { PLAN } from '../support/bench-setup.ts'
import { median } from '../support/median.ts'

const WARM_UP = 5
const TIMES = 15
const AS_OF = '2026-02-27'

/**
 * A plan's report against a frozen baseline, as pages and API load it.
 *
 * @returns milliseconds, the median of 15
 */
export const reportLatency = async (store: Store): Promise<number> => {
  await freezeBaseline(store, { plan: PLAN, reason: 'benchmark', asOf: '2025-06-30', actor: 'bench', now: new Date() })
  await store.maintain()
  const took: number[] = []
  for (let time = 0; time < WARM_UP + TIMES; time += 1) {
    const begun = performance.now()
    const { total } = await planVariance(store, { plan: PLAN, asOf: AS_OF, now: new Date() })
    if (time >= WARM_UP) took.push(performance.now() - begun)
    if (total.earnedValue === null) throw new Error('bench: the report says nothing of earned value')
  }
  return median(took)
}
