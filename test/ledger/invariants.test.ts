import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ledgerContext } from '../../src/ledger/ledger-context.ts'
import { listScope } from '../../src/ledger/list-scope.ts'
import { matchPhase } from '../../src/ledger/match-rules.ts'
import { priceBaseline } from '../../src/ledger/price-baseline.ts'
import type { NewLine } from '../../src/ledger/settle-lines.ts'
import { netFlow, sumPostings } from '../../src/ledger/sum-postings.ts'
import type { LedgerSubject } from '../../src/ledger/ledger-context.ts'
import { type Micro, microSize } from '../../src/model/amounts.ts'
import { byOccurrence } from '../../src/model/fact.ts'
import type { PlanDocument } from '../../src/model/plan.ts'
import type { DesiredLine } from '../../src/model/posting.ts'
import { BLANK_FIELDS, type ItemFields } from '../../src/model/work-item.ts'
import { addDays } from '../../src/model/time.ts'
import { EMPTY, linesOf, meaning, nonZeroSums, settled } from './books.ts'
import { familyOf } from './family.ts'
import { baselineSets, histories, plans } from './histories.ts'

const RUNS = { numRuns: 300 }

/** Facts in any order, each possibly several times, in steps after which some of the items are settled. */
const arrival = (subjects: readonly LedgerSubject[]) => {
  const facts = subjects.flatMap(({ subject, facts: all }) => all.map((fact) => ({ subject, fact })))
  return fc.tuple(
    fc.shuffledSubarray([...facts, ...facts], { minLength: facts.length, maxLength: 2 * facts.length }),
    fc.array(fc.record({ take: fc.integer({ min: 1, max: 6 }), settles: fc.array(fc.integer({ min: 1, max: 5 })) }), {
      maxLength: 8,
    }),
  )
}

describe('I1: the books are a function of what is known, not of how it became known', () => {
  test('any order, any doubles, any interruption end in the same net lines and the same sums', () => {
    const scene = histories.chain((subjects) =>
      fc.record({ subjects: fc.constant(subjects), arrives: arrival(subjects), of: plans, baselines: baselineSets }),
    )
    fc.assert(
      fc.property(scene, ({ subjects, arrives: [facts, steps], of, baselines }) => {
        const known = new Map(
          subjects.map((subject) => [subject.subject, { ...subject, facts: [] as (typeof subject.facts)[number][] }]),
        )
        let books = EMPTY
        let next = 0
        for (const { take, settles } of steps) {
          for (const { subject, fact } of facts.slice(next, next + take)) known.get(subject)!.facts.push(fact)
          next += take
          const now = [...known.values()].map((subject) => ({ ...subject, facts: [...subject.facts] }))
          books = settled(books, now, of, baselines, 'facts', (subject) => settles.includes(subject))
        }
        const doubled = subjects.map((subject) => ({
          ...subject,
          facts: [...known.get(subject.subject)!.facts, ...subject.facts],
        }))
        books = settled(books, doubled, of, baselines)
        expect(meaning(books)).toEqual(meaning(settled(EMPTY, subjects, of, baselines)))
      }),
      RUNS,
    )
  })

  test('settling twice writes nothing', () => {
    fc.assert(
      fc.property(histories, plans, baselineSets, (subjects, of, baselines) => {
        const once = settled(EMPTY, subjects, of, baselines)
        expect(settled(once, subjects, of, baselines)).toEqual(once)
      }),
      RUNS,
    )
  })

  test('a change of rules and back leaves the books as they were', () => {
    fc.assert(
      fc.property(histories, plans, plans, baselineSets, (subjects, of, other, baselines) => {
        const before = settled(EMPTY, subjects, of, baselines)
        const there = settled(before, subjects, other, baselines, 'plan')
        const back = settled(there, subjects, of, baselines, 'plan')
        expect(meaning(back)).toEqual(meaning(before))
        expect(
          linesOf(back)
            .slice(linesOf(before).length)
            .every(({ entry }) => entry === 'remapped' || entry === 'fact'),
        ).toBe(true)
      }),
      RUNS,
    )
  })
})

describe('I2: the net of the ledger is the present state in the present phase, and nothing elsewhere', () => {
  test('a slow and obvious count of the raw facts says the same', () => {
    fc.assert(
      fc.property(histories, plans, (subjects, of) => {
        const sums = sumPostings(linesOf(settled(EMPTY, subjects, of, [])).map((line) => ({ ...line, day: 'ever' })))
        const counted = sums.map(
          ({ phaseNo, amounts: { items, doing, done, dropped, unestimated, size, doneSize } }) => [
            phaseNo,
            { items, doing, done, dropped, unestimated, size, doneSize },
          ],
        )
        const nothing = { items: 0, doing: 0, done: 0, dropped: 0, unestimated: 0, size: 0n, doneSize: 0n }
        const present = presentTotals(subjects, of)
        for (const { no } of of.phases)
          expect(Object.fromEntries(counted)[no] ?? nothing, `phase ${no}`).toEqual(present.get(no) ?? nothing)
      }),
      RUNS,
    )
  })

  test('all time logged on items that were ever mapped is there, once', () => {
    fc.assert(
      fc.property(histories, plans, (subjects, of) => {
        for (const subject of subjects) {
          const lines = linesOf(settled(EMPTY, subjects, of, [], 'facts', (no) => no === subject.subject))
          const posted = lines.reduce((total, { amounts }) => total + amounts.seconds, 0)
          expect(posted).toBe(everMapped(subject, of) ? loggedSeconds(subject) : 0)
        }
      }),
      RUNS,
    )
  })
})

describe('I3: nothing that stands is ever touched', () => {
  test('settling only appends; a reversal names one standing line and is its exact negative', () => {
    fc.assert(
      fc.property(histories, histories, plans, plans, baselineSets, (before, after, of, other, baselines) => {
        const first = settled(EMPTY, before, of, [])
        const second = settled(first, after, other, baselines, 'plan')
        for (const [subject, lines] of second) {
          const old = first.get(subject) ?? []
          expect(lines.slice(0, old.length)).toEqual(old)
          expect(lines.map(({ seq }) => seq)).toEqual(lines.map((_, index) => index + 1))
          const taken = lines.flatMap(({ reverses }) => (reverses === null ? [] : [reverses]))
          expect(new Set(taken).size).toBe(taken.length)
          for (const line of lines) {
            if (line.reverses === null) continue
            const { seq, entry: _, reverses, ...original } = lines[line.reverses - 1]!
            expect(seq).toBeLessThan(line.seq)
            expect(reverses).toBeNull()
            expect({ ...original, amounts: line.amounts }).toEqual({ ...original, ...pick(line) })
            expect(nonZeroSums([{ ...line, reverses: line.reverses }, original])).toEqual([])
          }
        }
      }),
      RUNS,
    )
  })
})

describe('Scope adds up, whatever happens after a freeze and whatever becomes known late', () => {
  test('current = baseline + added - removed + re-estimated + moved in - moved out - filled', () => {
    fc.assert(
      fc.property(
        histories,
        plans,
        fc.nat(45),
        fc.func(fc.boolean()),
        fc.constantFrom(null, 5, 40),
        (subjects, of, day, isKnown, size) => {
          const workDay = addDays('2026-03-01', day)
          const sized = {
            ...of,
            phases: of.phases.map((phase) => ({
              ...phase,
              size: phase.parent === null && of.phases.length < 3 ? size : null,
            })),
          }
          const early = subjects.map((subject) => ({
            ...subject,
            facts: subject.facts.filter((fact) => isKnown(fact.key)),
          }))
          const frozen = settled(EMPTY, early, of, [])
          const excepted = linesOf(frozen).filter((line) => line.day <= workDay)
          const scope = listScope(early, ledgerContext(of, [], familyOf(early)), workDay)
          const { phases, items } = priceBaseline(sized, scope, null)
          const baseline = {
            number: 1,
            zone: of.zone,
            firstDay: null,
            plan: of,
            items: new Map(items.map((one) => [one.subject, one])),
          }
          const books = settled(frozen, subjects, of, [baseline])

          for (const { phaseNo, scope: own, poolSize } of phases) {
            const flows = (lines: readonly (typeof excepted)[number][]): Micro =>
              sumPostings(lines.filter((line) => line.book === 0 && line.phaseNo === phaseNo)).reduce(
                (sum, { amounts }) => sum + netFlow(amounts),
                0n,
              )
            const sizeIn = (book: number): Micro =>
              linesOf(books)
                .filter((line) => line.book === book && line.phaseNo === phaseNo)
                .reduce((sum, { amounts }) => sum + amounts.size, 0n)
            const arrived = sizeIn(1) > 0n ? sizeIn(1) : 0n
            const filled = arrived < poolSize ? arrived : poolSize
            const current = sizeIn(0) + poolSize - filled
            expect(current).toBe((own ?? 0n) + flows(linesOf(books)) - flows(excepted) - filled)
          }
        },
      ),
      RUNS,
    )
  })
})

describe('The books of baselines stay within what was budgeted', () => {
  test('at every moment an item has earned between nothing and its value, and only in its listed phase', () => {
    fc.assert(
      fc.property(histories, plans, baselineSets, (subjects, of, baselines) => {
        for (const [subject, lines] of settled(EMPTY, subjects, of, baselines))
          for (const { number, items } of baselines) {
            const listed = items.get(subject)
            let earned = 0n
            for (const { phaseNo, amounts } of lines.filter(({ book }) => book === number)) {
              earned += amounts.earned
              expect(earned >= 0n && earned <= (listed?.value ?? 0n)).toBe(true)
              expect(amounts.cost === 0n && amounts.seconds === 0 && amounts.items === 0).toBe(true)
              if (listed) expect([phaseNo, amounts.size, amounts.outside]).toEqual([listed.phaseNo, 0n, 0n])
            }
          }
      }),
      RUNS,
    )
  })

  test('an item that stands alone, is done and mapped has earned all of its value', () => {
    fc.assert(
      fc.property(histories, plans, baselineSets, (subjects, of, baselines) => {
        for (const subject of subjects) {
          const alone = [subject]
          const fields = fieldsOf(subject)
          const isDone = fields.status.state === 'done' && matchPhase(of, fields, subject, FAR).phase !== null
          const isOpen = fields.status.state !== 'done'
          for (const { number, items } of baselines) {
            const earned = linesOf(settled(EMPTY, alone, of, baselines))
              .filter(({ book }) => book === number)
              .reduce((sum, { amounts }) => sum + amounts.earned, 0n)
            if (isDone) expect(earned).toBe(items.get(subject.subject)?.value ?? 0n)
            if (isOpen) expect(earned).toBe(0n)
          }
        }
      }),
      RUNS,
    )
  })
})

// The obvious way: the last value of every field, and then count.

const fieldsOf = (subject: LedgerSubject): ItemFields => {
  let fields = BLANK_FIELDS
  for (const fact of [...subject.facts].sort(byOccurrence))
    if (fact.field !== 'created' && fact.field !== 'worklog') fields = { ...fields, [fact.field]: fact.value }
  return fields
}

const FAR = '2099-01-01'
const FAR_AFTER = '2026-06-01'

const presentTotals = (subjects: readonly LedgerSubject[], of: PlanDocument) => {
  const now = subjects.map((subject) => ({
    subject,
    fields: fieldsOf(subject),
    phase: matchPhase(of, fieldsOf(subject), subject, FAR).phase,
  }))
  const isGone = ({ presence, status }: ItemFields) =>
    presence !== 'present' && !['done', 'dropped'].includes(status.state)
  const carries = (one: (typeof now)[number], above: readonly number[]): boolean =>
    holds(one, above) || (one.phase !== null && one.fields.status.state !== 'dropped' && !isGone(one.fields))
  const holds = ({ subject }: (typeof now)[number], above: readonly number[]): boolean =>
    now.some(
      (child) =>
        child.fields.parent?.id === subject.externalId &&
        !above.includes(child.subject.subject) &&
        child.subject !== subject &&
        carries(child, [...above, subject.subject]),
    )
  const totals = new Map<
    number,
    { items: number; doing: number; done: number; dropped: number; unestimated: number; size: Micro; doneSize: Micro }
  >()
  for (const one of now) {
    if (one.phase === null || isGone(one.fields) || holds(one, [])) continue
    const total = totals.get(one.phase.no) ?? {
      items: 0,
      doing: 0,
      done: 0,
      dropped: 0,
      unestimated: 0,
      size: 0n,
      doneSize: 0n,
    }
    totals.set(one.phase.no, total)
    const { state } = one.fields.status
    if (state === 'dropped') {
      total.dropped += 1
      continue
    }
    const estimate =
      of.unit === 'points'
        ? one.fields.points
        : one.fields.estimateSeconds === null
          ? null
          : one.fields.estimateSeconds / 3600
    const size = microSize(estimate ?? of.missingSize)
    total.items += 1
    total.doing += state === 'doing' ? 1 : 0
    total.done += state === 'done' ? 1 : 0
    total.unestimated += estimate === null ? 1 : 0
    total.size += size
    total.doneSize += state === 'done' ? size : 0n
  }
  return totals
}

/** Whether on any day of its life, after all facts of an instant, a rule took it. */
const everMapped = (subject: LedgerSubject, of: PlanDocument): boolean => {
  const facts = [...subject.facts].sort(byOccurrence).filter(({ field }) => field !== 'worklog')
  return facts.some(({ occurredAt }, index) => {
    const next = facts[index + 1]
    if (next?.occurredAt === occurredAt) return false
    const fields = fieldsOf({ ...subject, facts: facts.slice(0, index + 1) })
    for (let day = occurredAt.slice(0, 10); day <= (next?.occurredAt ?? FAR_AFTER); day = addDays(day, 1))
      if (matchPhase(of, fields, subject, day).phase !== null) return true
    return false
  })
}

const loggedSeconds = (subject: LedgerSubject): number =>
  subject.facts.reduce((total, fact) => total + (fact.field === 'worklog' ? (fact.value.seconds ?? 0) : 0), 0)

const pick = ({ book, phaseNo, day, occurredAt, cause, factKey, resourceNo, amounts }: NewLine): DesiredLine => ({
  book,
  phaseNo,
  day,
  occurredAt,
  cause,
  factKey,
  resourceNo,
  amounts,
})
