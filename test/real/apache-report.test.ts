import { afterAll, beforeAll, expect, test } from 'vitest'
import { projectsOf, versionsOf } from '../../demo/real/apache-recording.ts'
import type { Replay } from '../../demo/real/listen.ts'
import { serveApache } from '../../demo/real/serve-apache.ts'
import { freezeBaseline } from '../../src/plan/freeze-baseline.ts'
import { planVariance } from '../../src/reports/plan-variance.ts'
import type { PlanVariance } from '../../src/reports/shapes/plan-variance.ts'
import { type TestStore, eachDatabase, openTestStore } from '../support/databases.ts'
import { changelogReader } from './apache-by-hand.ts'
import { type Found, expectedFinish, slip } from './by-hand.ts'
import { NOW, allItems, readIn, variable } from './read-in.ts'
import { withApache } from './recorded.ts'

const ZONE = 'Europe/Berlin'
const FROZEN = '2012-12-31'
const STATUS_DATES = ['2013-06-30', '2014-03-14', '2014-12-31']
const PLAN = 'apache'

withApache((recording) => {
  const { issues } = recording
  const phases = projectsOf(recording).flatMap(({ key }) =>
    versionsOf(recording, key).map(({ id, name, releaseDate }) => {
      const created = issues
        .filter(({ fields }) => fields.fixVersions.some((version) => version.id === id))
        .map(({ fields }) => fields.created.slice(0, 10))
      const start = [...created, ...(releaseDate ? [releaseDate] : [])].sort()[0]!
      return { id: `v${id}`, version: id, name: `${key} ${name}`, project: key, start, finish: releaseDate ?? null }
    }),
  )
  const setup = JSON.stringify({
    connections: { jira: { tracker: 'jira', url: variable('URL'), token: variable('TOKEN') } },
    sources: Object.fromEntries(
      projectsOf(recording).map(({ key }) => [key.toLowerCase(), { connection: 'jira', project: key }]),
    ),
    plans: {
      [PLAN]: {
        timezone: ZONE,
        unit: 'items',
        calendar: { workdays: 'mon-fri' },
        phases: phases.map(({ id, name, version, start, finish, project }) => ({
          id,
          name,
          start,
          ...(finish === null ? {} : { finish }),
          map: [{ source: project.toLowerCase(), milestone: version }],
        })),
      },
    },
  })

  const files = changelogReader(
    issues,
    ZONE,
    phases.map(({ version }) => version),
  )
  const frozen = files.on(FROZEN)
  const found = (version: string, asOf: string): Found => {
    const { start, finish } = phases.find((phase) => phase.version === version)!
    const own = files.on(asOf).filter((standing) => standing.version === version)
    const doneDays = own.flatMap(({ state, closedOn }) => (state === 'done' ? [closedOn!] : []))
    return {
      start,
      finish,
      todo: own.filter(({ state }) => state === 'todo').length,
      doing: own.filter(({ state }) => state === 'doing').length,
      dropped: own.filter(({ state }) => state === 'dropped').length,
      doneDays,
      planned: frozen.filter((standing) => standing.version === version && standing.state !== 'dropped').length,
      doneBy: (day) =>
        files.on(day).filter((standing) => standing.version === version && standing.state === 'done').length,
      startedOn: files.startOf(version, asOf),
    }
  }

  eachDatabase((kind) => {
    let store: TestStore
    let replay: Replay

    beforeAll(async () => {
      store = await openTestStore(kind)
      replay = await serveApache(recording)
      const begun = performance.now()
      const outcomes = await readIn(store, setup, { URL: replay.url, TOKEN: replay.token })
      const speed = issues.length / ((performance.now() - begun) / 1000)
      process.stdout.write(`issues.apache.org into ${kind}: ${Math.round(speed)} items/s\n`)
      expect(outcomes.filter(({ error }) => error !== null)).toEqual([])
      expect(outcomes.reduce((sum, { items }) => sum + items, 0)).toBe(501)
      await freezeBaseline(store, { plan: PLAN, reason: 'looking back', asOf: FROZEN, actor: 'test', now: NOW })
    })
    afterAll(async () => {
      await replay?.close()
      await store?.close()
    })

    const reports = new Map<string, Promise<PlanVariance>>()
    const reportOn = (asOf: string): Promise<PlanVariance> => {
      const report = reports.get(asOf) ?? planVariance(store, { plan: PLAN, asOf, now: NOW })
      reports.set(asOf, report)
      return report
    }

    test.each(STATUS_DATES)('on %s each version counts what the changelogs say', async (asOf) => {
      const { rows, total } = await reportOn(asOf)
      const told = rows.map(({ name, items }) => `${name}: ${items.todo} ${items.doing} ${items.done} ${items.dropped}`)
      const expected = phases.map(({ name, version }) => {
        const { todo, doing, doneDays, dropped } = found(version, asOf)
        return `${name}: ${todo} ${doing} ${doneDays.length} ${dropped}`
      })
      expect(told).toEqual(expected)
      const all = files.on(asOf)
      expect(total.items.total + total.items.dropped).toBe(all.length)
      expect(total.items.done).toBe(all.filter(({ state }) => state === 'done').length)
      expect(all.length).toBeGreaterThan(100)
    })

    test.each(STATUS_DATES)('on %s each version has the scope that the changelogs say', async (asOf) => {
      const { rows } = await reportOn(asOf)
      const told = rows.map(({ name, scope }) => `${name}: ${scope.baseline} ${scope.current}`)
      const expected = phases.map(({ name, version }) => {
        const { planned, todo, doing, doneDays } = found(version, asOf)
        return `${name}: ${planned} ${todo + doing + doneDays.length}`
      })
      expect(told).toEqual(expected)
    })

    test.each(STATUS_DATES)('on %s each version slips by the days that the changelogs say', async (asOf) => {
      const { rows } = await reportOn(asOf)
      const told = rows.map((row) => `${row.name}: ${row.expectedFinish} ${row.finishVarianceDays}`)
      const expected = phases.map(({ name, version, finish }) => {
        const expectedOn = expectedFinish(found(version, asOf), asOf)
        return `${name}: ${expectedOn} ${finish === null || expectedOn === null ? null : slip(finish, expectedOn)}`
      })
      expect(told).toEqual(expected)
    })

    test.each(STATUS_DATES)('on %s each item stands as its changelog says, done on its day', async (asOf) => {
      const told = (await allItems(store, PLAN, asOf))
        .filter(({ state }) => !['container', 'removed', 'deleted'].includes(state))
        .map(({ key, phase, state, doneOn }) => `${key}: ${phase} ${state} ${doneOn}`)
      const expected = files
        .on(asOf)
        .map(
          ({ issue, version, state, closedOn }) =>
            `${issue.key}: v${version} ${state} ${state === 'done' ? closedOn : null}`,
        )
      expect(told.toSorted()).toEqual(expected.toSorted())
    })
  })
})
