import { type Amounts, type DesiredLine, type Entry, NO_AMOUNTS, type Posting } from '../model/posting.ts'
import { minus } from './standing.ts'

/** What made a settle necessary: news, the plan or its rules, rates or identities, a frozen baseline. */
export type SettleKind = 'facts' | 'plan' | 'rates' | 'baseline'

/** A line to append to a subject's ledger. */
export interface NewLine extends DesiredLine {
  readonly seq: number
  readonly entry: Entry
  readonly reverses: number | null
}

/** A line of the ledger as far as settling reads it; a `Posting` is one. */
export type StoredLine = Pick<Posting, keyof NewLine>

/**
 * What must be appended so that a subject's net lines become the desired ones: first the reversals of lines that no
 * longer hold, with their own phase, day and cause; then the new lines. Nothing that stands is ever touched.
 *
 * @param existing all lines of the subject, reversals included, in any order
 * @returns empty when the ledger already says so: settling twice writes nothing
 * @source ledger F2, F3
 */
export const settleLines = (
  existing: readonly StoredLine[],
  desired: readonly DesiredLine[],
  kind: SettleKind,
): readonly NewLine[] => {
  const { outdated, missing } = difference(netLines(existing), desired)
  let seq = existing.reduce((highest, line) => Math.max(highest, line.seq), 0)
  const replaced = new Set(outdated.map(originOf))
  const reversals = outdated.map((line) => ({
    ...lineOnly(line),
    amounts: minus(NO_AMOUNTS, line.amounts),
    seq: ++seq,
    entry: entryOf(kind, true),
    reverses: line.seq,
  }))
  const news = missing.map((line) => ({
    ...line,
    seq: ++seq,
    entry: entryOf(kind, replaced.has(originOf(line))),
    reverses: null,
  }))
  return [...reversals, ...news]
}

/** Lines that stand and are not desired, and desired lines that do not stand; of equal lines the newest go. */
const difference = (net: readonly StoredLine[], desired: readonly DesiredLine[]) => {
  if (net.length === 0) return { outdated: [], missing: desired }
  const counts = new Map<string, number>()
  const bump = (key: string, by: number) => counts.set(key, (counts.get(key) ?? 0) + by)
  const keys = net.map(lineKey)
  for (const key of keys) bump(key, 1)
  const missing = desired.filter((line) => {
    const key = lineKey(line)
    const isMissing = (counts.get(key) ?? 0) === 0
    if (!isMissing) bump(key, -1)
    return isMissing
  })
  const outdated: StoredLine[] = []
  for (let index = net.length - 1; index >= 0; index -= 1)
    if (counts.get(keys[index]!)! > 0) {
      bump(keys[index]!, -1)
      outdated.unshift(net[index]!)
    }
  return { outdated, missing }
}

/** The lines that stand: neither reversals nor reversed, in the order in which they were written. */
export const netLines = <L extends Pick<Posting, 'seq' | 'reverses'>>(existing: readonly L[]): L[] => {
  const reversed = new Set(existing.map((line) => line.reverses))
  return existing.filter((line) => line.reverses === null && !reversed.has(line.seq)).sort((a, b) => a.seq - b.seq)
}

const entryOf = (kind: SettleKind, isCorrection: boolean): Entry => {
  if (kind === 'plan') return 'remapped'
  if (kind === 'rates') return 'revalued'
  return isCorrection ? 'corrected' : 'fact'
}

/** Lines of one origin are versions of each other: the same event told by the same fact in the same book. */
const originOf = (line: DesiredLine): string => `${line.book} ${line.cause} ${line.factKey ?? line.occurredAt}`

const lineKey = (line: DesiredLine): string =>
  `${line.book} ${line.phaseNo} ${line.day} ${line.occurredAt} ${line.cause} ${line.resourceNo} ${amountsKey(line.amounts)} ${line.factKey}`

const amountsKey = (a: Amounts): string =>
  `${a.items} ${a.doing} ${a.done} ${a.dropped} ${a.unestimated} ${a.size} ${a.doneSize} ${a.outside} ${a.cost} ${a.earned} ${a.seconds} ${a.unratedSeconds}`

const lineOnly = ({
  book,
  phaseNo,
  day,
  occurredAt,
  cause,
  factKey,
  resourceNo,
  amounts,
}: DesiredLine): DesiredLine => ({
  book,
  phaseNo,
  day,
  occurredAt,
  cause,
  factKey,
  resourceNo,
  amounts,
})
