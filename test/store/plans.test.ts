import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Baseline, BaselineItem } from '../../src/model/baseline.ts'
import { MONDAY_TO_FRIDAY } from '../../src/model/calendar.ts'
import type { PlanDocument } from '../../src/model/plan.ts'
import { appendAudit, listAudit, verifyAudit } from '../../src/store/audit.ts'
import { baselineItemsOf, listBaselineItems } from '../../src/store/baseline-items.ts'
import { baselineInForce, findBaseline, insertBaseline, listBaselines } from '../../src/store/baselines.ts'
import { rows, transaction } from '../../src/store/database.ts'
import { lockHead, readHead, readHeads, takeRevision } from '../../src/store/heads.ts'
import { numberActuals } from '../../src/store/plan-actuals.ts'
import { listDirtyPlans, markDirty, takeDirty } from '../../src/store/plan-dirty.ts'
import { headDocuments, readPlanDocument, savePlanDocument } from '../../src/store/plan-documents.ts'
import { createPlan, findPlan, listPlans, numberPhases, removePlan } from '../../src/store/plans.ts'
import { findPortfolio, listPortfolios, removePortfolio, savePortfolio } from '../../src/store/portfolios.ts'
import { listResources, removeResources, saveResources } from '../../src/store/resources.ts'
import { listRevisions, readRevision } from '../../src/store/revisions.ts'
import { type TestStore, eachDatabase, openTestStore } from '../support/databases.ts'

const eight = '2026-03-10T08:00:00.000Z'
const document = (name: string): PlanDocument => ({
  id: 'checkout',
  name,
  zone: 'Europe/Berlin',
  currency: 'EUR',
  unit: 'points',
  missingSize: 1,
  calendar: MONDAY_TO_FRIDAY,
  phases: [],
  resources: [],
  objectives: [],
  allocations: [],
  risks: [],
  stakeholders: [],
})

eachDatabase((kind) => {
  let store: TestStore
  beforeAll(async () => {
    store = await openTestStore(kind)
  })
  afterEach(() => store.truncate())
  afterAll(() => store.close())

  const revise = (planNo: number, name: string) =>
    transaction(store.db, async (tx) => {
      const note = { kind: 'plan' as const, actor: 'ana', summary: name, lines: 0, unmappedItems: 2, now: eight }
      const head = await takeRevision(tx, await lockHead(tx, planNo), note)
      await savePlanDocument(tx, planNo, head.revision, document(name))
      return head.revision
    })

  describe('plans', () => {
    test('begin at revision 0, are found again, removed and revived with the same number', async () => {
      const plan = await createPlan(store.db, 'checkout', eight)
      expect(await readHead(store.db, plan.no)).toMatchObject({ revision: 0, epoch: 0, reserved: null })
      expect(await createPlan(store.db, 'checkout', '2026-04-01T00:00:00.000Z')).toEqual(plan)
      expect(await removePlan(store.db, 'checkout', eight)).toBe(true)
      expect(await removePlan(store.db, 'checkout', eight)).toBe(false)
      expect(await listPlans(store.db)).toEqual([])
      expect(await listPlans(store.db, { withRemoved: true })).toEqual([{ ...plan, removedAt: eight }])
      expect(await createPlan(store.db, 'checkout', eight)).toEqual(plan)
      expect(await findPlan(store.db, 'checkout')).toEqual(plan)
      expect(await findPlan(store.db, 'nothing')).toBeNull()
    })

    test('are documents by revision: an edit adds one, and the one before can still be read', async () => {
      const { no } = await createPlan(store.db, 'checkout', eight)
      expect(await readPlanDocument(store.db, no, null)).toBeNull()
      await revise(no, 'first')
      await transaction(store.db, async (tx) =>
        takeRevision(tx, await lockHead(tx, no), {
          kind: 'facts',
          actor: null,
          summary: null,
          lines: 0,
          unmappedItems: 0,
          now: eight,
        }),
      )
      await revise(no, 'third')
      const names = []
      for (const revision of [1, 2, 3, null])
        names.push((await readPlanDocument(store.db, no, revision))!.document.name)
      expect(names).toEqual(['first', 'first', 'third', 'third'])
      expect(await readPlanDocument(store.db, no, 0)).toBeNull()
      expect(await headDocuments(store.db)).toMatchObject([
        { plan: { id: 'checkout' }, revision: 3, document: document('third') },
      ])
      expect(await readHeads(store.db)).toMatchObject([{ plan: 'checkout', revision: 3 }])
      const list = await listRevisions(store.db, no, { limit: 9, kinds: ['plan'] })
      expect(list.map((each) => [each.no, each.current])).toEqual([
        [3, true],
        [1, false],
      ])
      expect((await listRevisions(store.db, no, { after: 3, limit: 1 })).map((each) => each.no)).toEqual([2])
      expect(await readRevision(store.db, no, 1)).toMatchObject({ actor: 'ana', summary: 'first', unmappedItems: 2 })
    })

    test('never use the number of a phase again', async () => {
      const { no } = await createPlan(store.db, 'checkout', eight)
      expect(await numberPhases(store.db, no, ['build', 'launch'])).toEqual(new Map([['build', 1], ['launch', 2]])) // biome-ignore format: a pair a line would be longer
      expect(await numberPhases(store.db, no, ['launch', 'run', 'run'])).toEqual(new Map([['launch', 2], ['run', 3]])) // biome-ignore format: the same
      expect(await numberPhases(store.db, no, ['build'])).toEqual(new Map([['build', 1]]))
      expect(await numberPhases(store.db, no + 1, ['build'])).toEqual(new Map([['build', 1]]))
    })

    test('entered actuals keep their subject', async () => {
      const first = await numberActuals(store.db, 1, ['a', 'b'])
      const again = await numberActuals(store.db, 1, ['c', 'b'])
      expect(again.get('b')).toBe(first.get('b'))
      expect(new Set([...first.values(), ...again.values()]).size).toBe(3)
      expect((await numberActuals(store.db, 2, ['a'])).get('a')).not.toBe(first.get('a'))
    })

    test('subjects that had to wait are taken once', async () => {
      await markDirty(store.db, 1, [3, 1, 2, 3])
      await markDirty(store.db, 1, [2])
      expect(await listDirtyPlans(store.db)).toEqual([1])
      expect(await takeDirty(store.db, 1, 2)).toEqual([1, 2])
      expect(await takeDirty(store.db, 1, 2)).toEqual([3])
      expect(await listDirtyPlans(store.db)).toEqual([])
    })
  })

  test('resources keep their number, come back when saved again, and are otherwise as given', async () => {
    const ana = {
      id: 'ana',
      name: 'Ana',
      kind: 'person' as const,
      rates: [{ from: null, microPerHour: '9500000000', currency: 'EUR' }],
      capacityHoursPerDay: 6.5,
      accounts: ['github:ana-k'],
    }
    const rig = { ...ana, id: 'rig', kind: 'equipment' as const, capacityHoursPerDay: null }
    const numbers = await saveResources(store.db, [ana, rig])
    await removeResources(store.db, ['rig'], eight)
    expect(await listResources(store.db)).toEqual([{ ...ana, no: numbers.get('ana') }])
    expect(await saveResources(store.db, [rig])).toEqual(new Map([['rig', numbers.get('rig')]]))
    expect(await listResources(store.db)).toHaveLength(2)
  })

  test('portfolios are saved, listed and removed', async () => {
    const retail = { id: 'retail', name: 'Retail', plans: ['checkout'] }
    expect(await savePortfolio(store.db, retail)).toBe('created')
    expect(await savePortfolio(store.db, retail)).toBe('same')
    expect(await savePortfolio(store.db, { ...retail, plans: ['checkout', 'shop'] })).toBe('changed')
    expect(await findPortfolio(store.db, 'retail')).toEqual({ ...retail, plans: ['checkout', 'shop'] })
    expect(await listPortfolios(store.db)).toHaveLength(1)
    expect(await removePortfolio(store.db, 'retail')).toBe(true)
    expect(await removePortfolio(store.db, 'retail')).toBe(false)
  })

  describe('baselines', () => {
    const huge = 9_007_199_254_740_993n
    const baseline = (number: number, change: Partial<Baseline> = {}): Baseline => ({
      number,
      name: `Baseline ${number}`,
      reason: 'agreed',
      approver: 'ana',
      approvedAt: eight,
      revision: number * 10,
      workDay: '2026-03-01',
      firstDay: null,
      valueUnit: 'EUR',
      plan: document('frozen'),
      phases: [
        {
          phaseNo: 1,
          id: 'build',
          parent: null,
          start: '2026-03-02',
          finish: null,
          value: huge,
          scope: null,
          poolSize: 1n,
          poolValue: -1n,
          carried: 0n,
          listedItems: 2,
          curveStart: '2026-03-02',
          curve: [0n, huge],
          excepted: { added: huge, removed: 1n, reestimated: 2n, movedIn: 3n, movedOut: 4n },
        },
        { ...EMPTY_PHASE, scope: huge },
      ],
      hash: 'abc',
      ...change,
    })
    const item = (subject: number, phaseNo = 1): BaselineItem => ({
      subject,
      phaseNo,
      size: huge,
      value: -huge,
      carried: 0n,
      estimated: subject % 2 === 0,
    })

    test('come back to the last digit', async () => {
      await insertBaseline(store.db, 1, baseline(1), [item(1), item(2, 2)])
      expect(await findBaseline(store.db, 1, 1)).toEqual(baseline(1))
      expect(await findBaseline(store.db, 1, 2)).toBeNull()
      expect(await listBaselineItems(store.db, 1, 1)).toEqual([item(1), item(2, 2)])
      expect(await listBaselineItems(store.db, 1, 1, { phaseNos: [2] })).toEqual([item(2, 2)])
      expect(await listBaselineItems(store.db, 1, 1, { subjects: [1] })).toEqual([item(1)])
    })

    test('the one in force is the newest that has begun and was known', async () => {
      await insertBaseline(store.db, 1, baseline(1), [item(1)])
      await insertBaseline(store.db, 1, baseline(2, { firstDay: '2026-04-01' }), [item(1, 2)])
      const inForce = async (asOf: string, revision: number) =>
        (await baselineInForce(store.db, 1, { asOf, revision }))?.number ?? null
      expect(await inForce('2026-03-31', 99)).toBe(1)
      expect(await inForce('2026-04-01', 99)).toBe(2)
      expect(await inForce('2026-04-01', 19)).toBe(1)
      expect(await inForce('2026-04-01', 9)).toBeNull()
      expect((await listBaselines(store.db, 1, { revision: 19 })).map(({ number }) => number)).toEqual([1])
      const byBaseline = (await baselineItemsOf(store.db, 1, [1, 2])).get(1)
      expect([...byBaseline!.entries()]).toEqual([
        [1, item(1)],
        [2, item(1, 2)],
      ])
    })
  })

  describe('the audit', () => {
    const note = (action: string) => ({
      at: eight,
      actor: 'ana',
      action,
      subject: 'plan:checkout',
      before: null,
      after: { z: 1, a: ['x', { y: 2n, b: 1.5 }] },
    })

    test('is a chain: each note carries the hash of the one before', async () => {
      const first = await transaction(store.db, (tx) => appendAudit(tx, note('created')))
      const second = await transaction(store.db, (tx) => appendAudit(tx, note('edited')))
      expect(first.previousHash).toBeNull()
      expect(second.previousHash).toBe(first.hash)
      expect(first.hash).toMatch(/^[0-9a-f]{64}$/)
      expect(await verifyAudit(store.db)).toBeNull()
      expect((await listAudit(store.db, { limit: 9 })).map(({ action }) => action)).toEqual(['edited', 'created'])
      expect(await listAudit(store.db, { limit: 9, before: second.no })).toEqual([first])
      expect(await listAudit(store.db, { limit: 9, subject: 'plan:other' })).toEqual([])
    })

    test('many at once make one chain', async () => {
      const other = await store.another()
      await Promise.all(
        Array.from({ length: 8 }, (_, turn) =>
          transaction(turn % 2 === 0 ? store.db : other.db, (tx) => appendAudit(tx, note(`edit ${turn}`))),
        ),
      )
      expect(await listAudit(store.db, { limit: 99 })).toHaveLength(8)
      expect(await verifyAudit(store.db)).toBeNull()
    })

    test('shows where somebody tampered with it', async () => {
      for (const action of ['one', 'two', 'three']) await appendAudit(store.db, note(action))
      await rows(store.db, sql`alter table audit disable trigger insert_only`)
      await rows(store.db, sql`update audit set after = '{"a": 2}' where action = 'two'`)
      await rows(store.db, sql`alter table audit enable trigger insert_only`)
      const two = (await listAudit(store.db, { limit: 9 }))[1]!
      expect(await verifyAudit(store.db)).toBe(two.no)
    })
  })
})

const EMPTY_PHASE = {
  phaseNo: 2,
  id: 'launch',
  parent: null,
  start: null,
  finish: null,
  value: 0n,
  poolSize: 0n,
  poolValue: 0n,
  carried: 0n,
  listedItems: 0,
  curveStart: null,
  curve: [],
  excepted: { added: 0n, removed: 0n, reestimated: 0n, movedIn: 0n, movedOut: 0n },
}
