import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { sumPostings } from '../../src/ledger/sum-postings.ts'
import { type Cause, type Entry, NO_AMOUNTS, type Posting } from '../../src/model/posting.ts'
import { compareBalances, readBalances, readDailyBalances, rebuildBalances } from '../../src/store/balances.ts'
import { rows, transaction } from '../../src/store/database.ts'
import { pagePostings, sumBySubject } from '../../src/store/explain-postings.ts'
import { lockHead, publishRevision, reserveRevision, takeRevision } from '../../src/store/heads.ts'
import { createPlan } from '../../src/store/plans.ts'
import { insertPostings, linesOf, netLinesOf, subjectsWithLines } from '../../src/store/postings.ts'
import { type RevisionNote, revisionAt } from '../../src/store/revisions.ts'
import { type TestStore, eachDatabase, openTestStore } from '../support/databases.ts'

const causes: readonly Cause[] = [
  'added',
  'removed',
  'estimated',
  'split',
  'started',
  'completed',
  'reopened',
  'dropped',
  'deleted',
  'moved',
  'worked',
]
const entries: readonly Entry[] = ['fact', 'corrected', 'remapped', 'revalued']

type Line = Omit<Posting, 'subject' | 'seq' | 'revision' | 'epoch'>

const amount = fc.bigInt({ min: -(2n ** 58n), max: 2n ** 58n })
const count = fc.integer({ min: -2, max: 2 })
const anyLine: fc.Arbitrary<Line> = fc.record({
  book: fc.constantFrom(0, 0, 1),
  phaseNo: fc.integer({ min: 1, max: 3 }),
  day: fc.constantFrom('2026-03-02', '2026-03-03', '2026-03-09'),
  occurredAt: fc.constant('2026-03-02T09:00:00.000Z'),
  cause: fc.constantFrom(...causes),
  entry: fc.constantFrom(...entries),
  factKey: fc.constant('key'),
  reverses: fc.constantFrom(null, null, 1),
  resourceNo: fc.constant(null),
  amounts: fc.record({
    items: count,
    doing: count,
    done: count,
    dropped: count,
    unestimated: count,
    size: amount,
    doneSize: amount,
    outside: amount,
    cost: amount,
    earned: amount,
    seconds: fc.integer({ min: -90_000, max: 90_000 }),
    unratedSeconds: count,
  }),
})

const points = (number: number) => BigInt(number) * 1_000_000n
const line = ({ size = points(5), ...change }: Partial<Line> & { size?: bigint }): Line => ({
  book: 0,
  phaseNo: 1,
  day: '2026-03-02',
  occurredAt: '2026-03-02T09:00:00.000Z',
  cause: 'added',
  entry: 'fact',
  factKey: 'created',
  reverses: null,
  resourceNo: null,
  amounts: { ...NO_AMOUNTS, items: 1, size },
  ...change,
})

eachDatabase((kind) => {
  let store: TestStore
  let planNo: number
  beforeAll(async () => {
    store = await openTestStore(kind)
  })
  afterEach(() => store.truncate())
  afterAll(() => store.close())

  const note = (change: Partial<RevisionNote> = {}): RevisionNote => ({
    kind: 'facts',
    actor: null,
    summary: null,
    lines: 0,
    unmappedItems: 0,
    now: '2026-03-10T08:00:00.000Z',
    ...change,
  })
  const newPlan = async () => {
    planNo = (await createPlan(store.db, 'checkout', '2026-03-01T00:00:00.000Z')).no
  }
  /** One revision with these lines, each of a subject of its own unless told. */
  let subjects = 0
  const post = (lines: readonly Line[], change: Partial<RevisionNote> = {}, subject?: number) =>
    transaction(store.db, async (tx) => {
      const head = await takeRevision(tx, await lockHead(tx, planNo), note({ lines: lines.length, ...change }))
      const first = subject ? (await netLinesOf(tx, planNo, [subject])).get(subject)!.nextSeq : 1
      const postings = lines.map((each, index) => ({
        ...each,
        subject: subject ?? ++subjects,
        seq: subject ? first + index : 1,
        revision: head.revision,
        epoch: head.epoch,
      }))
      await insertPostings(tx, planNo, postings)
      return { head, postings }
    })
  const current = async () => (await revisionAt(store.db, planNo, null))!

  describe('revisions', () => {
    test('are gapless and each is recorded after the one before, by a microsecond at least', async () => {
      await newPlan()
      const times = []
      for (const now of ['2026-03-10T08:00:00.000Z', '2026-03-10T08:00:00.000Z', '2026-03-10T07:00:00.000Z'])
        times.push((await post([], { now })).head)
      expect(times.map(({ revision, recordedAt }) => [revision, recordedAt])).toEqual([
        [1, '2026-03-10T08:00:00.000Z'],
        [2, '2026-03-10T08:00:00.000001Z'],
        [3, '2026-03-10T08:00:00.000002Z'],
      ])
    })

    test('are found by what was on the books at an instant', async () => {
      await newPlan()
      await post([], { now: '2026-03-10T08:00:00.000Z' })
      await post([], { now: '2026-03-10T08:00:00.000Z' })
      const at = async (instant: string | null) => {
        const found = await revisionAt(store.db, planNo, instant)
        return found && [found.no, found.current]
      }
      expect(await at('2026-03-10T07:59:59.999Z')).toBeNull()
      expect(await at('2026-03-10T08:00:00.000Z')).toEqual([1, false])
      expect(await at('2026-03-10T08:00:00.000001Z')).toEqual([2, true])
      expect(await at(null)).toEqual([2, true])
    })

    test('begin a new epoch at UTC midnight, after a baseline, and around a settle above 20,000 lines', async () => {
      await newPlan()
      const epochs = []
      for (const change of [
        { now: '2026-03-10T08:00:00.000Z' },
        { now: '2026-03-10T23:59:59.999Z' },
        { now: '2026-03-11T00:00:00.000Z' },
        { now: '2026-03-11T01:00:00.000Z', kind: 'baseline' as const },
        { now: '2026-03-11T02:00:00.000Z' },
        { now: '2026-03-11T03:00:00.000Z', lines: 20_001 },
        { now: '2026-03-11T04:00:00.000Z' },
        { now: '2026-03-11T05:00:00.000Z', lines: 20_000 },
      ])
        epochs.push((await post([], change)).head.epoch)
      expect(epochs).toEqual([1, 1, 2, 2, 3, 4, 5, 5])
    })

    test('writers of one plan follow each other', async () => {
      await newPlan()
      const other = await store.another()
      const write = (db: typeof store.db) =>
        transaction(db, async (tx) => (await takeRevision(tx, await lockHead(tx, planNo), note())).revision)
      const taken = await Promise.all(
        Array.from({ length: 10 }, (_, turn) => write(turn % 2 === 0 ? store.db : other.db)),
      )
      expect(taken.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    })

    test('a plan that does not exist is named', async () => {
      await expect(lockHead(store.db, 99)).rejects.toThrow('no plan has the number 99')
    })
  })

  describe('lines', () => {
    test('come back as they were written, amounts beyond 2^53 included', async () => {
      await newPlan()
      const whole = line({
        size: 9_007_199_254_740_993n,
        cause: 'moved',
        entry: 'corrected',
        reverses: 3,
        resourceNo: 7,
        factKey: null,
        occurredAt: '2026-03-02T09:00:00.000007Z',
      })
      const { postings } = await post([whole])
      const subject = postings[0]!.subject
      expect((await linesOf(store.db, planNo, [subject])).get(subject)).toEqual(postings)
    })

    test('a second line with the same subject and seq is refused, and its revision with it', async () => {
      await newPlan()
      const { postings } = await post([line({})])
      const again = transaction(store.db, async (tx) => {
        const head = await takeRevision(tx, await lockHead(tx, planNo), note({ lines: 1 }))
        await insertPostings(tx, planNo, [{ ...postings[0]!, revision: head.revision, epoch: head.epoch }])
      })
      await expect(again).rejects.toMatchObject({ code: '23505' })
      expect((await current()).no).toBe(1)
    })

    test('net lines leave out what was taken back and what took it back', async () => {
      await newPlan()
      const subject = 500
      await post([line({}), line({ cause: 'estimated', size: points(3) })], {}, subject)
      await post(
        [line({ cause: 'estimated', size: points(-3), reverses: 2 }), line({ cause: 'estimated', size: points(1) })],
        {},
        subject,
      )
      const net = await netLinesOf(store.db, planNo, [subject, 501])
      expect(net.get(subject)!.net.map(({ seq }) => seq)).toEqual([1, 4])
      expect(net.get(subject)!.nextSeq).toBe(5)
      expect(net.get(501)).toEqual({ net: [], nextSeq: 1 })
      expect(await subjectsWithLines(store.db, planNo)).toEqual([subject])
      const early = await linesOf(store.db, planNo, [subject], { revision: 1 })
      expect(early.get(subject)!.map(({ seq }) => seq)).toEqual([1, 2])
    })

    test('are paged by day, and summed by subject, for explanations', async () => {
      await newPlan()
      const days = ['2026-03-04', '2026-03-02', '2026-03-03', '2026-03-02', '2026-03-09']
      await post(days.map((day) => line({ day })))
      const filter = { books: [0], asOf: '2026-03-04', revision: 1 }
      const seen: string[] = []
      for (let after: string | null = null; ; ) {
        const page = await pagePostings(store.db, planNo, { ...filter, after, limit: 2 })
        seen.push(...page.postings.map(({ day }) => day))
        after = page.next
        if (after === null) break
      }
      expect(seen).toEqual(['2026-03-02', '2026-03-02', '2026-03-03', '2026-03-04'])
      const none = await pagePostings(store.db, planNo, { ...filter, nonZero: 'cost', limit: 9 })
      expect(none.postings).toEqual([])
      const sums = await sumBySubject(store.db, planNo, { ...filter, limit: 3 })
      expect(sums.map(({ amounts }) => amounts.size)).toEqual([points(5), points(5), points(5)])
      const rest = await sumBySubject(store.db, planNo, { ...filter, after: sums[2]!.subject, limit: 3 })
      expect(rest).toHaveLength(1)
    })
  })

  describe('balances', () => {
    test('are the sums of the lines, as the ledger room computes them', async () => {
      await newPlan()
      await fc.assert(
        fc.asyncProperty(fc.array(fc.array(anyLine, { maxLength: 12 }), { maxLength: 4 }), async (revisions) => {
          await store.truncate()
          await newPlan()
          const all: Posting[] = []
          for (const lines of revisions) all.push(...(await post(lines)).postings)
          if (revisions.length === 0) return
          const held = await readDailyBalances(store.db, planNo, {
            books: [0, 1],
            asOf: '2026-12-31',
            revision: await current(),
          })
          expect(held).toEqual(sumPostings(all))
          expect(await compareBalances(store.db, planNo)).toEqual([])
        }),
        { numRuns: 15 },
      )
    })

    test('as known at each revision equal a slow recomputation from the lines up to it', async () => {
      const whens = fc.constantFrom(0, 1, 30)
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(fc.array(anyLine, { maxLength: 6 }), whens, fc.constantFrom('facts', 'baseline')), {
            minLength: 2,
            maxLength: 7,
          }),
          async (revisions) => {
            await store.truncate()
            await newPlan()
            const all: Posting[] = []
            let hours = 0
            for (const [lines, later, kindOf] of revisions) {
              hours += later
              const now = new Date(Date.parse('2026-03-10T08:00:00Z') + hours * 3_600_000).toISOString()
              all.push(...(await post(lines, { now, kind: kindOf as 'facts' | 'baseline' })).postings)
            }
            for (let no = 1; no <= revisions.length; no += 1) {
              const [asked] = await rows<{ at: string }>(
                store.db,
                sql`select recorded_at as at from revisions where plan_no = ${planNo} and no = ${no}`,
              )
              const revision = (await revisionAt(store.db, planNo, asked!.at))!
              expect(revision.no).toBe(no)
              const asOf = '2026-03-03'
              const known = all.filter((each) => each.revision <= no && each.day <= asOf)
              const query = { books: [0, 1], asOf, revision }
              expect(await readDailyBalances(store.db, planNo, query)).toEqual(sumPostings(known))
              const before = sumPostings(known.filter(({ day }) => day < asOf).map((each) => ({ ...each, day: '' })))
              const total = sumPostings(known.map((each) => ({ ...each, day: '' })))
              const phases = await readBalances(store.db, planNo, { ...query, from: asOf })
              expect(phases.map(({ book, phaseNo, total: amounts }) => ({ book, phaseNo, day: '', amounts }))).toEqual(
                total,
              )
              for (const { book, phaseNo, amounts } of before)
                expect(phases.find((each) => each.book === book && each.phaseNo === phaseNo)!.before).toEqual(amounts)
            }
          },
        ),
        { numRuns: 8 },
      )
    })

    test('rebuilt from the lines they are what they had grown to', async () => {
      await newPlan()
      for (const lines of fc.sample(fc.array(anyLine, { minLength: 5, maxLength: 20 }), { numRuns: 4, seed: 7 }))
        await post(lines)
      const tables = async () => [
        await rows(store.db, sql`select * from balances order by book, phase_no, day`),
        await rows(store.db, sql`select * from balance_history order by book, phase_no, day, epoch, entry`),
      ]
      const grown = await tables()
      expect(grown[0]!.length).toBeGreaterThan(5)
      await transaction(store.db, (tx) => rebuildBalances(tx, planNo))
      expect(await tables()).toEqual(grown)
    })

    test('a wrong, a missing and a surplus row are found', async () => {
      await newPlan()
      await post([line({}), line({ day: '2026-03-03' })])
      await rows(store.db, sql`update balances set items = items + 1 where day = '2026-03-02'`)
      await rows(store.db, sql`delete from balance_history where day = '2026-03-03'`)
      await rows(
        store.db,
        sql`insert into balances (plan_no, book, phase_no, day) values (${planNo}, 0, 9, '2026-03-04')`,
      )
      expect(await compareBalances(store.db, planNo)).toEqual([
        { table: 'balance_history', book: 0, phaseNo: 1, day: '2026-03-03', epoch: 1, entry: 'fact' },
        { table: 'balances', book: 0, phaseNo: 1, day: '2026-03-02', epoch: null, entry: null },
        { table: 'balances', book: 0, phaseNo: 9, day: '2026-03-04', epoch: null, entry: null },
      ])
      await transaction(store.db, (tx) => rebuildBalances(tx, planNo))
      expect(await compareBalances(store.db, planNo)).toEqual([])
    })
  })

  describe('a large settle', () => {
    const later = '2026-03-10T09:00:00.000Z'
    const reserve = (by: string, now = '2026-03-10T08:30:00.000Z') =>
      transaction(store.db, async (tx) =>
        reserveRevision(tx, await lockHead(tx, planNo), { by, now, until: '2026-03-10T08:40:00.000Z' }),
      )
    const writeReserved = (subject: number, head: Awaited<ReturnType<typeof reserve>>) =>
      transaction(store.db, (tx) =>
        insertPostings(
          tx,
          planNo,
          [{ ...line({}), subject, seq: 1, revision: head.reserved!.revision, epoch: head.reserved!.epoch }],
          { reserved: true },
        ),
      )
    const shown = async (revision = current()) =>
      (await readBalances(store.db, planNo, { books: [0], asOf: '2026-12-31', revision: await revision })).map(
        ({ total }) => total.items,
      )

    test('shows nothing until it is published, then all of it', async () => {
      await newPlan()
      await post([line({})], { now: '2026-03-10T08:00:00.000Z' })
      const head = await reserve('one')
      await writeReserved(901, head)
      await writeReserved(902, head)
      expect(await shown()).toEqual([1])
      expect(await compareBalances(store.db, planNo)).toEqual([])
      const published = await transaction(store.db, async (tx) =>
        publishRevision(tx, await lockHead(tx, planNo), note({ lines: 2, now: later })),
      )
      expect(published).toMatchObject({ revision: 2, epoch: 2, reserved: null })
      expect(await shown()).toEqual([3])
      expect(await compareBalances(store.db, planNo)).toEqual([])
      await post([line({})], { now: '2026-03-10T10:00:00.000Z' })
      expect(await shown()).toEqual([4])
      expect(await shown(revisionAt(store.db, planNo, later).then((found) => found!))).toEqual([3])
      expect(await shown(revisionAt(store.db, planNo, '2026-03-10T08:00:00.000Z').then((found) => found!))).toEqual([1])
    })

    test('keeps others from taking a revision, and tells them until when', async () => {
      await newPlan()
      await reserve('one')
      const refused = { kind: 'conflict', retryAt: new Date('2026-03-10T08:40:00.000Z') }
      await expect(post([])).rejects.toMatchObject(refused)
      await expect(reserve('two')).rejects.toMatchObject(refused)
    })

    test('is taken over, lines and all, when its time has run out', async () => {
      await newPlan()
      await writeReserved(901, await reserve('one'))
      const taken = await reserve('two', '2026-03-10T08:40:00.000Z')
      expect(taken.reserved).toMatchObject({ revision: 1, by: 'two' })
      await transaction(store.db, async (tx) =>
        publishRevision(tx, await lockHead(tx, planNo), note({ lines: 1, now: later })),
      )
      expect(await shown()).toEqual([1])
    })
  })
})
