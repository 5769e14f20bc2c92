import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningRecordings, openRecordings } from '../../demo/real/open-recordings.ts'
import { Fault } from '../../src/model/fault.ts'
import { freezeBaseline } from '../../src/plan/freeze-baseline.ts'
import { planVariance } from '../../src/reports/plan-variance.ts'
import { type TestStore, openTestStore } from '../support/databases.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { NOW, readIn } from './read-in.ts'
import { recordedFolder, withApache, withRust } from './recorded.ts'

test('a folder without recordings is refused, and the sentence names the files that are looked for', () => {
  expect(() => openRecordings(temporaryFolder())).toThrow(
    expect.objectContaining({ kind: 'notFound', message: expect.stringContaining('rust-milestoned-only-rest') }),
  )
  expect(() => openRecordings(temporaryFolder())).toThrow(Fault)
})

withRust(({ issues }) =>
  withApache((apache) => {
    describe('real work to look at', () => {
      const recordings = openRecordings(recordedFolder)
      let store: TestStore
      let running: RunningRecordings

      beforeAll(async () => {
        store = await openTestStore('postgres')
        running = await recordings.start()
        const outcomes = await readIn(store, recordings.setup, running.environment)
        expect(outcomes.filter(({ error }) => error !== null)).toEqual([])
        for (const baseline of recordings.baselines)
          await freezeBaseline(store, { ...baseline, actor: 'test', now: NOW })
      })
      afterAll(async () => {
        await running?.close()
        await store?.close()
      })

      test('every milestone and version is a phase, and what belongs to none is listed as unmapped', async () => {
        const rust = await planVariance(store, { plan: 'rust', asOf: '2018-12-31', now: NOW })
        expect([rust.rows.length, rust.total.items.done, rust.unmapped.items]).toEqual([
          17,
          issues.filter((issue) => !issue.pull_request).length,
          0,
        ])
        const { rows, unmapped, total } = await planVariance(store, { plan: 'apache', asOf: '2014-12-31', now: NOW })
        expect(rows.filter(({ level }) => level === 0)).toHaveLength(21)
        expect(rows.filter(({ level }) => level === 1)).toHaveLength(87)
        // Subtasks without a version come with their parent's: 366 issues have one of their own.
        expect(total.items.total + total.items.dropped).toBeLessThanOrEqual(366)
        expect(unmapped.items).toBeLessThanOrEqual(apache.issues.length - 366)
      })

      test('what is not finished is not expected to finish in the past', async () => {
        for (const plan of ['rust', 'apache']) {
          const { rows, total } = await planVariance(store, { plan, asOf: recordings.asOf, now: NOW })
          const unfinished = [...rows, total].filter(({ actualFinish }) => actualFinish === null)
          expect(
            unfinished.filter(({ expectedFinish }) => expectedFinish && expectedFinish <= recordings.asOf),
          ).toEqual([])
          expect(unfinished.length).toBeGreaterThan(1)
        }
      })

      test('a project whose every issue is done is finished, also beside a version whose issues were all dropped', async () => {
        const { rows } = await planVariance(store, { plan: 'apache', asOf: recordings.asOf, now: NOW })
        const any23 = rows.find(({ id }) => id === 'any23')!
        expect([any23.items.total, any23.items.done, any23.actualFinish]).toEqual([15, 15, '2014-05-09'])
      })

      test('on the day to look at it, both plans are under way against their baselines', async () => {
        for (const { plan } of recordings.baselines) {
          const { total, baseline } = await planVariance(store, { plan, asOf: recordings.asOf, now: NOW })
          expect(baseline?.workDay).toBe('2014-01-02')
          expect(total.items.todo).toBeGreaterThan(0)
          expect(total.finishVarianceDays).not.toBeNull()
        }
      })
    })
  }),
)
