import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { desiredLines } from '../../src/ledger/desired-lines.ts'
import { type LedgerSubject, ledgerContext } from '../../src/ledger/ledger-context.ts'
import { recordPull } from '../../src/settle/record-pull.ts'
import { settleWaitingPlans } from '../../src/settle/settle-waiting-plans.ts'
import { compareBalances, readDailyBalances, rebuildBalances } from '../../src/store/balances.ts'
import { loadItems } from '../../src/store/items.ts'
import { revisionAt } from '../../src/store/revisions.ts'
import { sumPostings } from '../../src/ledger/sum-postings.ts'
import type { PlanDocument } from '../../src/model/plan.ts'
import { transaction } from '../../src/store/database.ts'
import { addDays } from '../../src/model/time.ts'
import { planVariance } from '../../src/reports/plan-variance.ts'
import { familyOf } from '../ledger/family.ts'
import { PLANS, histories } from '../ledger/histories.ts'
import { type TestStore, eachDatabase, openTestStore } from '../support/databases.ts'
import { learn, newPlan, newSource, pulledItem, standing } from './books.ts'

const RUNS = { numRuns: 10 }
const FAR = '2026-12-31'

const documents = fc.constantFrom(...PLANS)

/** Any split of the histories into pulls: which item, how much of its history, and what follows it. */
const pulls = (subjects: readonly LedgerSubject[]) =>
  fc.array(
    fc.record({
      item: fc.nat(subjects.length - 1),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      after: fc.constantFrom('settles', 'settles', 'crashes', 'repeats' as const),
    }),
    { maxLength: 8 },
  )

eachDatabase((kind) => {
  let store: TestStore
  beforeAll(async () => {
    store = await openTestStore(kind)
  })
  afterEach(() => store.truncate())
  afterAll(() => store.close())

  const setUp = async (document: PlanDocument) => {
    await store.truncate()
    return { source: await newSource(store), planNo: await newPlan(store, document) }
  }
  const whole = (subjects: readonly LedgerSubject[]) =>
    subjects.map((subject) => pulledItem(subject.subject, subject.facts))
  /** Lines by key of the item, since numbers follow the order of arrival. */
  const told = async (planNo: number) => {
    const lines = await standing(store, planNo)
    const items = await loadItems(store.db, Object.keys(lines).map(Number))
    return Object.fromEntries(
      Object.entries(lines).map(([subject, said]) => [
        items.get(Number(subject))!.key,
        said.map((line) => line.replace(/"subject":\d+,?/, '')),
      ]),
    )
  }
  const LAST = '2026-06-01T00:00:00.000Z'

  test('I1: whatever order, doubles and crashes, the books end the same', { timeout: 120_000 }, async () => {
    const scene = histories.chain((subjects) =>
      fc.record({ subjects: fc.constant(subjects), steps: pulls(subjects), document: documents }),
    )
    await fc.assert(
      fc.asyncProperty(scene, async ({ subjects, steps, document }) => {
        const straight = await setUp(document)
        await learn(store, straight.source, whole(subjects), LAST)
        const expected = await told(straight.planNo)

        const { source, planNo } = await setUp(document)
        let day = '2026-04-15'
        for (const { item, share, after } of steps) {
          day = addDays(day, 1)
          const at = `${day}T00:00:00.000Z`
          const { subject, facts } = subjects[item]!
          const found = [pulledItem(subject, facts.slice(0, Math.ceil(share * facts.length)))]
          await recordPull(store, source, { items: found, missing: [], startedAt: at }, at)
          if (after === 'repeats') await learn(store, source, found, at)
          if (after === 'settles') await settleWaitingPlans(store, at)
        }
        await learn(store, source, whole(subjects), LAST)
        expect(await told(planNo)).toEqual(expected)
      }),
      RUNS,
    )
  })

  test('I1: balances are the sums of the lines, equal to a rebuild and to a plain count of what the facts want', {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(histories, histories, documents, async (before, after, document) => {
        const { source, planNo } = await setUp(document)
        await learn(store, source, whole(before), '2026-04-15T00:00:00.000Z')
        await learn(store, source, whole(after), LAST)
        expect(await compareBalances(store.db, planNo)).toEqual([])
        const revision = (await revisionAt(store.db, planNo, null))!
        const read = () => readDailyBalances(store.db, planNo, { books: [0], asOf: FAR, revision })
        const held = await read()
        const subjects = [...new Map([...before, ...after].map((subject) => [subject.subject, subject])).values()]
        const context = ledgerContext(document, [], familyOf(subjects))
        const wanted = sumPostings(subjects.flatMap((subject) => desiredLines(subject, context)))
        expect(shown(held)).toEqual(shown(wanted))
        await transaction(store.db, (tx) => rebuildBalances(tx, planNo))
        expect(await read()).toEqual(held)
      }),
      RUNS,
    )
  })

  test('I3: a report of a past revision is the same to the byte whatever becomes known later; today’s view moves', {
    timeout: 120_000,
  }, async () => {
    const seen = new Set<boolean>()
    await fc.assert(
      fc.asyncProperty(histories, histories, async (before, after) => {
        const { source } = await setUp(PLANS[0]!)
        await learn(store, source, whole(before), '2026-04-15T00:00:00.000Z')
        const ask = (knownAt?: string) =>
          planVariance(store, { plan: 'checkout', asOf: '2026-04-20', knownAt, now: new Date('2026-05-01T00:00:00Z') })
        const { knownAt, revision } = await ask()
        const then = JSON.stringify(await ask(knownAt))
        const { total } = JSON.parse(then) as Awaited<ReturnType<typeof ask>>
        const changed = await learn(store, source, whole(after), LAST)
        expect(JSON.stringify(await ask(knownAt))).toBe(then)
        const now = await ask()
        if (now.revision === revision) expect(now.total).toEqual(total)
        else expect(changed.length).toBeGreaterThan(0)
        seen.add(JSON.stringify(now.total.scope) === JSON.stringify(total.scope))
      }),
      RUNS,
    )
    expect(seen, 'some histories change the view of now').toContain(false)
  })

  describe('I6: what is unknown is not zero', () => {
    test('a pull that finds nothing of an item that it did not ask for changes no count', {
      timeout: 120_000,
    }, async () => {
      await fc.assert(
        fc.asyncProperty(histories, documents, async (subjects, document) => {
          const { source, planNo } = await setUp(document)
          await learn(store, source, whole(subjects), '2026-04-15T00:00:00.000Z')
          const before = await standing(store, planNo)
          await learn(store, source, [], LAST)
          await learn(store, source, whole(subjects).slice(0, 1), LAST)
          expect(await standing(store, planNo)).toEqual(before)
        }),
        RUNS,
      )
    })
  })
})

const shown = (balances: ReturnType<typeof sumPostings>) =>
  balances
    .map(({ phaseNo, day, amounts }) => ({
      at: `${phaseNo} ${day}`,
      amounts: Object.entries(amounts)
        .filter(([, amount]) => amount !== 0 && amount !== 0n)
        .map(([name, amount]) => `${name} ${amount}`)
        .sort(),
    }))
    .filter(({ amounts }) => amounts.length > 0)
    .sort((a, b) => (a.at < b.at ? -1 : 1))
