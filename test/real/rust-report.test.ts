import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Replay } from '../../demo/real/listen.ts'
import type { RecordedIssue } from '../../demo/real/rust-recording.ts'
import { serveRust } from '../../demo/real/serve-rust.ts'
import { freezeBaseline } from '../../src/plan/freeze-baseline.ts'
import { planVariance } from '../../src/reports/plan-variance.ts'
import type { PlanVariance } from '../../src/reports/shapes/plan-variance.ts'
import { type TestStore, eachDatabase, openTestStore } from '../support/databases.ts'
import { type Found, dayOf, expectedFinish, slip } from './by-hand.ts'
import { NOW, allItems, readIn, variable } from './read-in.ts'
import { withRust } from './recorded.ts'

const ZONE = 'America/Los_Angeles'
const FROZEN = '2012-06-30'
const STATUS_DATES = ['2012-12-31', '2013-06-30', '2015-05-31']

withRust(({ issues, milestones }) => {
  const phases = milestones.map(({ number, title, created_at, due_on }) => ({
    id: `m${number}`,
    title,
    start: created_at.slice(0, 10),
    finish: due_on?.slice(0, 10) ?? null,
  }))
  const phasesOf = (source: string) =>
    phases.map(({ id, title, start, finish }) => ({
      id,
      name: title,
      start,
      ...(finish === null ? {} : { finish }),
      map: [{ source, milestone: title }],
    }))
  const plan = { timezone: ZONE, unit: 'items', calendar: { workdays: 'mon-fri' } }
  const setup = JSON.stringify({
    connections: { github: { tracker: 'github', url: variable('URL'), token: variable('TOKEN') } },
    sources: {
      issues: { connection: 'github', repository: 'rust-lang/rust' },
      all: { connection: 'github', repository: 'rust-lang/rust', pullRequests: true },
    },
    plans: {
      'without-pull-requests': { ...plan, phases: phasesOf('issues') },
      'with-pull-requests': { ...plan, phases: phasesOf('all') },
    },
  })

  // Closed without being merged is not done; nothing else in this recording was dropped.
  const isDropped = (issue: RecordedIssue): boolean => issue.pull_request?.merged_at === null
  const created = new Map(issues.map((issue) => [issue, dayOf(issue.created_at, ZONE)]))
  const closed = new Map(issues.flatMap((issue) => (issue.closed_at ? [[issue, dayOf(issue.closed_at, ZONE)]] : [])))
  const closedOn = (issue: RecordedIssue, asOf: string): string | null => {
    const day = closed.get(issue) ?? null
    return day !== null && day <= asOf ? day : null
  }
  const stateOf = (issue: RecordedIssue, asOf: string): 'todo' | 'done' | 'dropped' =>
    closedOn(issue, asOf) === null ? 'todo' : isDropped(issue) ? 'dropped' : 'done'

  eachDatabase((kind) => {
    let store: TestStore
    let replay: Replay

    beforeAll(async () => {
      store = await openTestStore(kind)
      replay = await serveRust({ issues, milestones })
      const begun = performance.now()
      const outcomes = await readIn(store, setup, { URL: replay.url, TOKEN: replay.token })
      const speed = (1728 + 1738) / ((performance.now() - begun) / 1000)
      process.stdout.write(`rust-lang/rust into ${kind}: ${Math.round(speed)} items/s\n`)
      expect(outcomes.map(({ items, error }) => [items, error])).toEqual([
        [1728, null],
        [1738, null],
      ])
      for (const plan of ['without-pull-requests', 'with-pull-requests'])
        await freezeBaseline(store, { plan, reason: 'looking back', asOf: FROZEN, actor: 'test', now: NOW })
    })
    afterAll(async () => {
      await replay?.close()
      await store?.close()
    })

    describe.each([
      { plan: 'without-pull-requests', told: issues.filter((issue) => !issue.pull_request), count: 1728 },
      { plan: 'with-pull-requests', told: issues, count: 1738 },
    ])('the milestones of rust-lang/rust $plan', ({ plan, told, count }) => {
      const on = (asOf: string) => told.filter((issue) => created.get(issue)! <= asOf)
      const inPhase = (title: string, asOf: string) => on(asOf).filter((issue) => issue.milestone?.title === title)
      const countOf = (list: readonly RecordedIssue[], asOf: string, state: string): number =>
        list.filter((issue) => stateOf(issue, asOf) === state).length
      const found = (title: string, asOf: string): Found => {
        const { start, finish } = phases.find((phase) => phase.title === title)!
        const own = inPhase(title, asOf)
        const doneDays = own.filter((issue) => stateOf(issue, asOf) === 'done').map((issue) => closedOn(issue, asOf)!)
        return {
          start,
          finish,
          todo: countOf(own, asOf, 'todo'),
          doing: 0,
          dropped: countOf(own, asOf, 'dropped'),
          doneDays,
          planned: inPhase(title, FROZEN).filter((issue) => stateOf(issue, FROZEN) !== 'dropped').length,
          doneBy: (day) => doneDays.filter((each) => each <= day).length,
          startedOn: doneDays.toSorted()[0] ?? null,
        }
      }
      /** In scope when the baseline was frozen, done now: what earns. */
      const earned = (title: string, asOf: string): number =>
        inPhase(title, FROZEN).filter(
          (issue) => stateOf(issue, FROZEN) !== 'dropped' && stateOf(issue, asOf) === 'done',
        ).length

      const reports = new Map<string, Promise<PlanVariance>>()
      const reportOn = (asOf: string): Promise<PlanVariance> => {
        const report = reports.get(asOf) ?? planVariance(store, { plan, asOf, now: NOW })
        reports.set(asOf, report)
        return report
      }

      test.each(STATUS_DATES)('on %s each phase counts what the files say', async (asOf) => {
        const report = await reportOn(asOf)
        const counted = report.rows.map(({ name, items }) => [name, items.todo, items.doing, items.done, items.dropped])
        const expected = phases.map(({ title }) => {
          const { todo, doneDays, dropped } = found(title, asOf)
          return [title, todo, 0, doneDays.length, dropped]
        })
        expect(counted).toEqual(expected)
        const { items } = report.total
        const all = on(asOf)
        expect([items.todo, items.doing, items.done, items.dropped]).toEqual([
          countOf(all, asOf, 'todo'),
          0,
          countOf(all, asOf, 'done'),
          countOf(all, asOf, 'dropped'),
        ])
        expect(items.total + items.dropped).toBe(all.length)
        expect(all.length).toBeGreaterThan(600)
      })

      test.each(STATUS_DATES)('on %s each phase has the scope and earned what the files say', async (asOf) => {
        const { rows } = await reportOn(asOf)
        const told = rows.map(({ name, scope, earnedValue }) => [name, scope.baseline, scope.current, earnedValue])
        const expected = phases.map(({ title }) => {
          const { planned, todo, doneDays } = found(title, asOf)
          // Nothing was known of it at the freeze: what its work earns cannot be told once there is some.
          const unknown = planned === 0 && doneDays.length > 0
          return [title, planned, todo + doneDays.length, unknown ? null : earned(title, asOf)]
        })
        expect(told).toEqual(expected)
      })

      test.each(STATUS_DATES)('on %s each phase slips by the days that the files say', async (asOf) => {
        const { rows, total } = await reportOn(asOf)
        const told = rows.map((row) => [row.name, row.baselineFinish, row.expectedFinish, row.finishVarianceDays])
        const finishes = phases.map(({ title, finish }) => ({
          title,
          finish,
          expected: expectedFinish(found(title, asOf), asOf),
        }))
        expect(told).toEqual(
          finishes.map(({ title, finish, expected }) => [
            title,
            finish,
            expected,
            finish === null || expected === null ? null : slip(finish, expected),
          ]),
        )
        const latest = finishes
          .flatMap(({ expected }) => expected ?? [])
          .toSorted()
          .at(-1)!
        expect([total.baselineFinish, total.expectedFinish]).toEqual(['2018-10-25', latest])
        expect(total.finishVarianceDays).toBe(slip('2018-10-25', latest))
      })

      test.each(STATUS_DATES)('on %s each item stands as the files say, done on its day', async (asOf) => {
        const told = (await allItems(store, plan, asOf)).map(({ key, phase, state, doneOn }) => [
          key,
          phase,
          state,
          doneOn,
        ])
        const expected = on(asOf).map((issue) => [
          `rust-lang/rust#${issue.number}`,
          phases.find(({ title }) => title === issue.milestone?.title)!.id,
          stateOf(issue, asOf),
          stateOf(issue, asOf) === 'done' ? closedOn(issue, asOf) : null,
        ])
        const byKey = (a: readonly unknown[], b: readonly unknown[]): number => String(a[0]).localeCompare(String(b[0]))
        expect(told.toSorted(byKey)).toEqual(expected.toSorted(byKey))
      })

      test('in the end every one is accounted for', async () => {
        const { total, unmapped } = await reportOn('2018-12-31')
        expect([total.items.total + total.items.dropped, total.items.todo, unmapped.items]).toEqual([count, 0, 0])
      })
    })
  })
})
