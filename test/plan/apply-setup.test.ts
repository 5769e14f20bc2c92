import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sealWith } from '../../src/access/seal.ts'
import { applySetup, type ApplyOptions } from '../../src/plan/apply-setup.ts'
import { currentSetup } from '../../src/plan/current-setup.ts'
import { freezeBaseline } from '../../src/plan/freeze-baseline.ts'
import { parseSetup } from '../../src/plan/setup/parse-setup.ts'
import { planItems } from '../../src/reports/plan-items.ts'
import { planVariance } from '../../src/reports/plan-variance.ts'
import { listAudit } from '../../src/store/audit.ts'
import type { Store } from '../../src/store/database.ts'
import { findPlan, listPlans } from '../../src/store/plans.ts'
import { linesOf } from '../../src/store/postings.ts'
import { listRevisions } from '../../src/store/revisions.ts'
import { findSource, listSources } from '../../src/store/sources.ts'
import { born, state, worked } from '../ledger/build.ts'
import { learn, pulledItem, standing } from '../settle/books.ts'
import { storeThatDies } from '../settle/dying.ts'
import { type TestStore, eachDatabase, openTestStore } from '../support/databases.ts'
import { environment, trackers } from './setup/trackers.ts'

interface Written {
  readonly rate?: string
  readonly unit?: string
  readonly build?: string
  readonly launch?: string
  readonly name?: string
  readonly more?: string
}

const text = ({
  rate = '95/h',
  unit = 'points',
  build = 'build',
  launch = 'launch',
  name = 'Checkout',
  more = '',
}: Written) => `
connections:
  acme: { tracker: github, url: "http://localhost", token: "\${GITHUB_TOKEN}", webhookSecret: "\${GITHUB_HOOK}" }
sources:
  web: { connection: acme, repository: acme/web }
resources:
  ana: { kind: person, ${rate.startsWith('[') ? 'rates' : 'rate'}: ${rate}, accounts: ["github:ana"] }
plans:
  checkout:
    name: ${name}
    timezone: UTC
    currency: EUR
    unit: ${unit}
    phases:
      - { id: build, name: Build, start: 2026-03-02, finish: 2026-06-26, budget: 1000, map: [{ source: web, label: ${build} }] }
      - { id: launch, name: Launch, map: [{ source: web, label: ${launch} }] }
${more}
portfolios: { all: { name: All, plans: [checkout] } }
`

eachDatabase((kind) => {
  let store: TestStore
  let seal: Awaited<ReturnType<typeof sealWith>>
  beforeAll(async () => {
    store = await openTestStore(kind)
    seal = await sealWith('a secret for tests only')
  })
  afterEach(() => store.truncate())
  afterAll(() => store.close())

  const apply = (written: Written, options: ApplyOptions = {}, { by = store as Store, on = '2026-03-01' } = {}) =>
    applySetup(
      { store: by, seal: seal.seal, openSecrets: seal.open, actor: 'ana', now: new Date(`${on}T08:00:00Z`) },
      parseSetup([{ name: 'plan.yaml', text: text(written) }], environment, { trackers }),
      options,
    )
  const told = async (...given: Parameters<typeof apply>) =>
    (await apply(...given)).map(({ kind: change, thing, id, field }) =>
      [change, thing, id, ...(field ? [field] : [])].join(' '),
    )
  const revisions = async () =>
    (await listRevisions(store.db, (await findPlan(store.db, 'checkout'))!.no, { limit: 99 })).map((each) => each.kind)
  const report = (asOf = '2026-06-30') =>
    planVariance(store, { plan: 'checkout', asOf, now: new Date('2026-12-01T00:00:00Z') })
  const know = async (at: string, ...items: Parameters<typeof pulledItem>[]) =>
    learn(
      store,
      (await findSource(store.db, 'web'))!.no,
      items.map((item) => pulledItem(...item)),
      `${at}T00:00:00.000Z`,
    )

  test('a set-up is applied once: the second time there is nothing to change, and no revision', async () => {
    expect(await told({})).toEqual([
      'added connection acme',
      'added source web',
      'added resource ana',
      'added plan checkout',
      'added phase build',
      'added phase launch',
      'added portfolio all',
    ])
    const before = await currentSetup(store.db, seal.open)
    expect(await told({})).toEqual([])
    expect(await currentSetup(store.db, seal.open)).toEqual(before)
    expect(await revisions()).toEqual(['plan'])
  })

  test('a dry run tells and writes nothing', async () => {
    expect(await told({}, { dryRun: true })).toHaveLength(7)
    expect([await listPlans(store.db), await listSources(store.db), await listAudit(store.db, { limit: 9 })]).toEqual([
      [],
      [],
      [],
    ])
    await apply({})
    expect(await told({ name: 'Other' }, { dryRun: true })).toEqual(['changed plan checkout name'])
    expect((await report('2026-03-02')).name).toBe('Checkout')
  })

  test('every change is in the audit trail, and no secret is', async () => {
    await apply({})
    await apply({ name: 'Other' }, {}, { on: '2026-03-02' })
    const entries = await listAudit(store.db, { limit: 99 })
    expect(entries.map(({ action, subject }) => `${action} ${subject}`)).toContain(
      'changed plan/checkout/checkout/name',
    )
    expect(JSON.stringify(entries)).not.toContain('github-token-value')
  })

  describe('what disappears is asked about', () => {
    const second = `  second: { name: Second, timezone: UTC, unit: items, phases: [{ id: only, name: Only, map: [{ source: web }] }] }`
    beforeEach(() => apply({ more: second }))

    test('and nothing at all is changed when nobody agrees', async () => {
      const refused = { name: 'Fault', kind: 'conflict', message: expect.stringContaining('second') as string }
      await expect(apply({ name: 'Other' }, { prune: true })).rejects.toMatchObject(refused)
      await expect(apply({ name: 'Other' }, { prune: true, confirmRemovals: async () => false })).rejects.toMatchObject(
        refused,
      )
      expect((await listPlans(store.db)).map(({ id }) => id)).toEqual(['checkout', 'second'])
      expect((await report('2026-03-02')).name).toBe('Checkout')
    })

    test('and goes when somebody does', async () => {
      await apply({}, { prune: true, confirmRemovals: async (gone) => gone.some(({ id }) => id === 'second') })
      expect((await listPlans(store.db)).map(({ id }) => id)).toEqual(['checkout'])
    })

    test('and what a file does not name stays when it is not the whole', async () => {
      expect(await told({})).toEqual([])
      expect((await listPlans(store.db)).map(({ id }) => id)).toEqual(['checkout', 'second'])
    })
  })

  describe('rates', () => {
    const hours = (at: string) =>
      [
        7,
        [
          ...born('2026-03-02', 'build', 3),
          worked(at, at, 36_000, 'github:ana'),
          worked('2026-03-10', 'a', 36_000, 'github:ana'),
        ],
      ] as Parameters<typeof pulledItem>

    test('a new rate counts from the day on which it is applied; what was done before costs what it cost', async () => {
      await apply({})
      await know('2026-03-11', hours('2026-03-10'))
      await apply({ rate: '105/h' }, {}, { on: '2026-06-01' })
      await know('2026-06-11', hours('2026-06-10'))
      expect((await report('2026-05-31')).total.actualCost).toBe(950)
      expect((await report('2026-06-30')).total.actualCost).toBe(2_000)
      expect(await told({ rate: '105/h' }, {}, { on: '2026-07-01' })).toEqual([])
    })

    test('a corrected past re-enters the lines as revalued, on their own days', async () => {
      await apply({})
      await know('2026-03-11', [
        7,
        [...born('2026-03-02', 'build', 3), worked('2026-03-10', 'a', 36_000, 'github:ana')],
      ])
      expect((await report()).total.actualCost).toBe(950)
      await apply({ rate: '[{ rate: 80/h }, { from: 2026-06-01, rate: 105/h }]' }, {}, { on: '2026-06-01' })
      const lines = [...(await linesOf(store.db, 1, [1])).values()].flat().filter(({ cause }) => cause === 'worked')
      expect(lines.map(({ entry, day, reverses }) => [entry, day, reverses !== null])).toEqual([
        ['fact', '2026-03-10', false],
        ['revalued', '2026-03-10', true],
        ['revalued', '2026-03-10', false],
      ])
      expect((await report()).total.actualCost).toBe(800)
      expect(await revisions()).toEqual(['rates', 'facts', 'plan'])
    })

    test('hours of somebody without a rate are no cost of zero: the cost is unknown until it is told', async () => {
      await apply({})
      await know('2026-03-11', [
        7,
        [...born('2026-03-02', 'build', 3), worked('2026-03-10', 'a', 36_000, 'github:bob')],
      ])
      const { total } = await report()
      expect([total.actualCost, total.undefinedBecause.actualCost, total.hours]).toEqual([
        null,
        'unratedHours',
        { logged: 10, unrated: 10 },
      ])
    })
  })

  test('a rule that files items elsewhere writes remapped lines with the days and causes of what they replace', async () => {
    await apply({})
    await know('2026-03-11', [7, [...born('2026-03-02', 'build', 3), state('2026-03-10', 'done')]])
    await apply({ build: 'nothing', launch: 'build' }, {}, { on: '2026-05-10' })
    const lines = [...(await linesOf(store.db, 1, [1])).values()].flat()
    expect(lines.map(({ phaseNo, day, cause, entry, reverses }) => [phaseNo, day, cause, entry, reverses])).toEqual([
      [1, '2026-03-02', 'added', 'fact', null],
      [1, '2026-03-10', 'completed', 'fact', null],
      [1, '2026-03-02', 'added', 'remapped', 1],
      [1, '2026-03-10', 'completed', 'remapped', 2],
      [2, '2026-03-02', 'added', 'remapped', null],
      [2, '2026-03-10', 'completed', 'remapped', null],
    ])
    expect(
      (await planItems(store, { plan: 'checkout', now: new Date('2026-12-01'), asOf: '2026-06-30' })).items,
    ).toMatchObject([{ phase: 'launch', state: 'done', doneOn: '2026-03-10' }])
  })

  test('an item that no rule takes any more is off the books, and counted as unmapped', async () => {
    await apply({})
    await know('2026-03-11', [7, born('2026-03-02', 'build', 3)])
    await apply({ build: 'nothing' }, {}, { on: '2026-05-10' })
    const { total, unmapped } = await report()
    expect([total.items.total, total.scope.current ?? 0, unmapped.items]).toEqual([0, 0, 1])
  })

  test('the unit cannot change: sizes could not be compared', async () => {
    await apply({})
    await expect(apply({ unit: 'hours' })).rejects.toMatchObject({ name: 'Fault', kind: 'conflict' })
    expect((await report('2026-03-02')).unit).toBe('points')
  })

  test('a set-up that died half-way is whole when it is applied again', { timeout: 120_000 }, async () => {
    const more = `  second: { name: Second, timezone: UTC, unit: items, phases: [{ id: only, name: Only, map: [{ source: web }] }] }`
    await apply({ more })
    const whole = await currentSetup(store.db, seal.open)
    let died = 0
    for (let transactions = 0; transactions < 12; transactions += 1) {
      await store.truncate()
      const first = await apply({ more }, {}, { by: storeThatDies(store, transactions) }).then(
        () => 'done',
        (error: unknown) => String(error),
      )
      if (first !== 'done') {
        expect(first).toContain('the process died')
        died += 1
      }
      await apply({ more })
      expect(await currentSetup(store.db, seal.open), `died after ${transactions}`).toEqual(whole)
      for (const { no } of await listPlans(store.db))
        expect(await listRevisions(store.db, no, { limit: 9 })).toHaveLength(1)
    }
    expect(died).toBeGreaterThan(3)
  })

  test('a baseline keeps its plan when the plan is edited', async () => {
    await apply({})
    await know('2026-03-01', [7, born('2026-03-01', 'build', 5)])
    await freezeBaseline(store, {
      plan: 'checkout',
      reason: 'approved',
      actor: 'ana',
      now: new Date('2026-03-01T09:00:00Z'),
    })
    const before = (await report('2026-04-30')).total
    await apply({ name: 'Other', build: 'build' }, {}, { on: '2026-05-10' })
    const { name, total } = await report('2026-04-30')
    expect([name, total.plannedValue, total.budgetAtCompletion]).toEqual([
      'Other',
      before.plannedValue,
      before.budgetAtCompletion,
    ])
    expect(Object.keys(await standing(store, 1))).toHaveLength(1)
  })
})
