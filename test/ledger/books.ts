import { desiredLines } from '../../src/ledger/desired-lines.ts'
import { type LedgerBaseline, type LedgerSubject, ledgerContext } from '../../src/ledger/ledger-context.ts'
import { type NewLine, type SettleKind, netLines, settleLines } from '../../src/ledger/settle-lines.ts'
import { type SummableLine, sumPostings } from '../../src/ledger/sum-postings.ts'
import type { DesiredLine } from '../../src/model/posting.ts'
import type { PlanDocument } from '../../src/model/plan.ts'
import { familyOf } from './family.ts'

/** Ledger lines by subject. */
export type Books = ReadonlyMap<number, readonly NewLine[]>

export const EMPTY: Books = new Map()

/** The books after settling the given subjects, all of them unless said otherwise. */
export const settled = (
  books: Books,
  subjects: readonly LedgerSubject[],
  of: PlanDocument,
  baselines: readonly LedgerBaseline[],
  kind: SettleKind = 'facts',
  only: (subject: number) => boolean = () => true,
): Books => {
  const context = ledgerContext(of, baselines, familyOf(subjects))
  const after = new Map(books)
  for (const subject of subjects) {
    if (!only(subject.subject)) continue
    const lines = books.get(subject.subject) ?? []
    after.set(subject.subject, [...lines, ...settleLines(lines, desiredLines(subject, context), kind)])
  }
  return after
}

export const linesOf = (books: Books): readonly NewLine[] => [...books.values()].flat()

/** What the books say, whatever way they came to say it: net lines per subject, and sums that are not zero. */
export const meaning = (books: Books) => ({
  net: [...books].sort(([a], [b]) => a - b).map(([subject, lines]) => [subject, netLines(lines).map(text).sort()]),
  sums: nonZeroSums(linesOf(books)),
})

export const nonZeroSums = (lines: Iterable<SummableLine>) =>
  sumPostings(lines)
    .map(({ book, phaseNo, day, amounts }) => ({
      at: `${book} ${phaseNo} ${day}`,
      amounts: Object.entries(amounts)
        .filter(([, amount]) => amount !== 0 && amount !== 0n)
        .map(([name, amount]) => `${name} ${amount}`),
    }))
    .filter(({ amounts }) => amounts.length > 0)

const text = ({ book, phaseNo, day, occurredAt, cause, factKey, resourceNo, amounts }: DesiredLine): string =>
  [book, phaseNo, day, occurredAt, cause, factKey, resourceNo, ...Object.values(amounts)].join(' ')
