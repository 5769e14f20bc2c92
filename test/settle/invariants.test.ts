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
import { addDays } from '../../src/model/time.ts'
import { planVariance } from '../../src/reports/plan-variance.ts'
import { familyOf } from '../ledger/family.ts'
import { PLANS, histories } from '../ledger/histories.ts'
import { type TestStore, eachDatabase, openTestStore } from '../support/databases.ts'
import { learn, newPlan, newSource, pulledItem, standing } from './books.ts'

const RUNS = { numRuns: 8 }
const FAR = '2026-12-31'

/** One plan a document: the source is named by none or by all of their rules, so each counts whatever it takes. */
const DOCUMENTS = PLANS.map((document, index) => ({ ...document, id: `plan-${index}` }))

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

  const setUp = async () => {
    await store.truncate()
    const source = await newSource(store)
    const plans: number[] = []
    for (const document of DOCUMENTS) plans.push(await newPlan(store, document))
    return { source, plans }
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
    const scene = histories.chain((subjects) => fc.record({ subjects: fc.constant(subjects), steps: pulls(subjects) }))
    await fc.assert(
      fc.asyncProperty(scene, async ({ subjects, steps }) => {
        const straight = await setUp()
        await learn(store, straight.source, whole(subjects), LAST)
        const expected = await Promise.all(straight.plans.map(told))

        const { source, plans } = await setUp()
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
        expect(await Promise.all(plans.map(told))).toEqual(expected)
      }),
      RUNS,
    )
  })

  test('I1: balances are the sums of the lines, equal to a rebuild and to a plain count of what the facts want', {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(histories, histories, async (before, after) => {
        const { source, plans } = await setUp()
        await learn(store, source, whole(before), '2026-04-15T00:00:00.000Z')
        await learn(store, source, whole(after), LAST)
        const last = new Map([...before, ...after].map((subject) => [subject.subject, subject]))
        for (const [index, planNo] of plans.entries()) {
          expect(await compareBalances(store.db, planNo)).toEqual([])
          const revision = (await revisionAt(store.db, planNo, null))!
          const read = () => readDailyBalances(store.db, planNo, { books: [0], asOf: FAR, revision })
          const held = await read()
          const subjects = [...last.values()]
          const context = ledgerContext(DOCUMENTS[index]!, [], familyOf(subjects))
          const wanted = sumPostings(subjects.flatMap((subject) => desiredLines(subject, context)))
          expect(shown(held)).toEqual(shown(wanted))
          await store.db.transaction((tx) => rebuildBalances(tx, planNo))
          expect(await read()).toEqual(held)
        }
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
        const { source } = await setUp()
        await learn(store, source, whole(before), '2026-04-15T00:00:00.000Z')
        const ask = (knownAt?: string) =>
          planVariance(store, { plan: 'plan-0', asOf: '2026-04-20', knownAt, now: new Date('2026-05-01T00:00:00Z') })
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
        fc.asyncProperty(histories, async (subjects) => {
          const { source, plans } = await setUp()
          await learn(store, source, whole(subjects), '2026-04-15T00:00:00.000Z')
          const before = await Promise.all(plans.map((no) => standing(store, no)))
          await learn(store, source, [], LAST)
          await learn(store, source, whole(subjects).slice(0, 1), LAST)
          expect(await Promise.all(plans.map((no) => standing(store, no)))).toEqual(before)
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
