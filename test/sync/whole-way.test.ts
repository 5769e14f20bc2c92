import { afterAll, beforeAll, expect, test } from 'vitest'
import { freezeBaseline } from '../../src/plan/freeze-baseline.ts'
import { planVariance } from '../../src/reports/plan-variance.ts'
import { runDue } from '../../src/sync/run-due.ts'
import { type TestStore, eachDatabase, openTestStore } from '../support/databases.ts'
import { type SampleWorld, openSampleWorld } from '../support/sample-world.ts'

eachDatabase((kind) => {
  let store: TestStore
  let world: SampleWorld

  beforeAll(async () => {
    store = await openTestStore(kind)
    world = await openSampleWorld(store)
  })
  afterAll(async () => {
    await world?.close()
    await store?.close()
  })

  test('two trackers are read, a baseline is frozen, and the report says how the plans stand', async () => {
    const t0 = performance.now()
    const outcomes = await runDue(world.tools)
    console.error(JSON.stringify(outcomes), performance.now() - t0)
    for (const baseline of world.sample.baselines)
      await freezeBaseline(store, { ...baseline, actor: 'test', now: new Date() })
    console.error('frozen', performance.now() - t0)
    for (const plan of ['checkout', 'data-platform', 'mobile']) {
      const t = performance.now()
      const report = await planVariance(store, { plan, asOf: '2026-10-23', now: new Date() })
      console.error(plan, performance.now() - t)
      const { total } = report
      console.error(JSON.stringify(total, null, 1))
      console.error(
        report.rows
          .map((r) =>
            [
              r.id,
              r.status,
              r.items.total,
              r.scope.baseline,
              r.scope.current,
              r.earnedValue,
              r.plannedValue,
              r.actualCost,
              r.baselineFinish,
              r.expectedFinish,
            ].join(' '),
          )
          .join('\n'),
      )
    }
    expect(outcomes.every((outcome) => outcome.error === null)).toBe(true)
  })
})
