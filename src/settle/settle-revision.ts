import { type LedgerBaseline, type LedgerContext, ledgerContext } from '../ledger/ledger-context.ts'
import type { SettleKind } from '../ledger/settle-lines.ts'
import { Fault } from '../model/fault.ts'
import type { PlanDocument } from '../model/plan.ts'
import { plannedSources } from '../model/plan.ts'
import type { IsoInstant } from '../model/time.ts'
import { type Database, type Store, transaction } from '../store/database.ts'
import {
  type Head,
  lockHead,
  publishRevision,
  reserveRevision,
  extendReservation,
  takeRevision,
} from '../store/heads.ts'
import { countItems } from '../store/list-items.ts'
import { isWaiting, markDirty, takeDirty, takeDirtySubjects } from '../store/plan-dirty.ts'
import { countUnmapped } from '../store/plan-items.ts'
import { readPlanDocument } from '../store/plan-documents.ts'
import { insertPostings } from '../store/postings.ts'
import { uniqueName } from '../store/unique-name.ts'
import { everySubject } from './every-subject.ts'
import { ledgerBaselines } from './ledger-baselines.ts'
import { linesFor } from './lines-for.ts'

/** What is to become the plan's next revision. */
export interface NextRevision {
  readonly kind: 'facts' | 'plan' | 'rates' | 'baseline'
  readonly actor: string | null
  readonly summary: string | null
  readonly now: IsoInstant
  /** Items whose lines may change; `all` = every item and actual of the plan. */
  readonly subjects: readonly number[] | 'all'
  /**
   * Runs under the plan's lock. Gives the document to settle by and what else to store with the revision; `null` = there
   * is nothing to do. Left out: the document stays.
   */
  readonly prepare?: (tx: Database, head: Head) => Promise<Prepared | null>
}

export interface Prepared {
  readonly document: PlanDocument
  /** A baseline that is frozen with this revision. */
  readonly baseline?: LedgerBaseline
  readonly store: (tx: Database, revision: number) => Promise<void>
}

export type SettleOutcome =
  | { readonly result: 'settled'; readonly revision: number; readonly lines: number }
  /** The ledger said so already: no revision was taken. */
  | { readonly result: 'unchanged'; readonly revision: number }
  /** A large settle is under way; these subjects are settled right after it. */
  | { readonly result: 'queued' }

export interface SettleLimits {
  /** Above this many subjects a settle publishes in chunks, so that readers and other plans need not wait for it. */
  readonly atOnce: number
  readonly chunk: number
}

export const SETTLE_LIMITS: SettleLimits = { atOnce: 2_000, chunk: 1_000 }
const RESERVATION_MS = 600_000

/**
 * The one writer of the ledger: brings a plan's lines in step with facts, plan and baselines, as the plan's next
 * revision. Only the difference is appended; an empty difference takes no revision, so settling twice writes nothing.
 */
export const settleRevision = async (
  store: Store,
  planNo: number,
  next: NextRevision,
  limits: SettleLimits = SETTLE_LIMITS,
): Promise<SettleOutcome> => {
  const outcome = (await isLarge(store.db, next, limits))
    ? await settleInChunks(store, planNo, next, limits)
    : await transaction(store.db, (tx) => settleAtOnce(tx, planNo, next, limits))
  if (outcome === 'abandoned') return settleInChunks(store, planNo, { ...next, subjects: 'all' }, limits)
  if (outcome.result === 'settled') await store.notify('plumbline_revision', `${planNo} ${outcome.revision}`)
  return outcome
}

const settleAtOnce = async (
  tx: Database,
  planNo: number,
  next: NextRevision,
  { atOnce }: SettleLimits,
): Promise<SettleOutcome | 'abandoned'> => {
  const head = await lockHead(tx, planNo)
  if (head.reserved) {
    if (head.reserved.until <= next.now) return 'abandoned'
    if (!next.prepare) {
      await markDirty(tx, planNo, await subjectsOf(tx, planNo, next, null))
      return { result: 'queued' }
    }
  }
  const prepared = await prepare(tx, planNo, head, next)
  if (!prepared) return { result: 'unchanged', revision: head.revision }
  const subjects = await subjectsOf(tx, planNo, next, prepared.document)
  const dirty = await takeDirty(tx, planNo, atOnce)
  const context = await contextOf(tx, planNo, prepared)
  const wanted = [...new Set([...subjects, ...dirty])]
  const lines = await linesFor(tx, planNo, context, wanted, entryKind(next, head))
  if (lines.length === 0 && !next.prepare) return { result: 'unchanged', revision: head.revision }
  const taken = await takeRevision(tx, head, await noteOf(tx, planNo, next, prepared, lines.length))
  await insertPostings(
    tx,
    planNo,
    lines.map((line) => ({ ...line, revision: taken.revision, epoch: taken.epoch })),
    {},
  )
  await prepared.store(tx, taken.revision)
  return { result: 'settled', revision: taken.revision, lines: lines.length }
}

/**
 * A large settle: reserves the next revision and an epoch of its own, writes lines in chunks that no reader sees, and
 * publishes them in one transaction. A crash leaves the reservation to run out; whoever settles next takes it over.
 */
const settleInChunks = async (
  store: Store,
  planNo: number,
  next: NextRevision,
  limits: SettleLimits,
): Promise<SettleOutcome> => {
  const by = await uniqueName(store.db)
  const reserved = await transaction(store.db, async (tx) => {
    const head = await lockHead(tx, planNo)
    if (head.reserved && head.reserved.until > next.now && !next.prepare) {
      if (next.subjects !== 'all') await markDirty(tx, planNo, next.subjects)
      return null
    }
    const tookOver = head.reserved !== null
    const prepared = await prepare(tx, planNo, head, next)
    if (!prepared) return { head, prepared: null, tookOver }
    return {
      head: await reserveRevision(tx, head, { by, now: next.now, until: after(next.now, 0) }),
      prepared,
      tookOver,
    }
  })
  if (!reserved) return { result: 'queued' }
  const { prepared } = reserved
  if (!prepared) return { result: 'unchanged', revision: reserved.head.revision }
  const { revision, epoch } = reserved.head.reserved!
  const context = await contextOf(store.db, planNo, prepared)
  const kind = entryKind(next, reserved.head)
  const asked = reserved.tookOver ? { ...next, subjects: 'all' as const } : next
  const subjects = await subjectsOf(store.db, planNo, asked, prepared.document)
  let written = 0
  for (let from = 0; from < subjects.length; from += limits.chunk) {
    const chunk = subjects.slice(from, from + limits.chunk)
    written += await transaction(store.db, async (tx) => {
      await takeDirtySubjects(tx, planNo, chunk)
      const lines = await linesFor(tx, planNo, context, chunk, kind)
      await insertPostings(
        tx,
        planNo,
        lines.map((line) => ({ ...line, revision, epoch })),
        { reserved: true },
      )
      const until = after(next.now, from + limits.chunk)
      if (!(await extendReservation(tx, planNo, { by, until }))) throw takenOver(planNo)
      return lines.length
    })
  }
  const published = await transaction(store.db, async (tx) => {
    const head = await lockHead(tx, planNo)
    const note = await noteOf(tx, planNo, next, prepared, written)
    const done = await publishRevision(tx, head, note)
    await prepared.store(tx, done.revision)
    return done.revision
  })
  await store.notify('plumbline_revision', `${planNo} ${published}`)
  await settleWaiting(store, planNo, next.now, limits)
  return { result: 'settled', revision: published, lines: written }
}

/** Settles what is noted of a plan, in revisions of a size that nobody has to wait for. */
export const settleWaiting = async (
  store: Store,
  planNo: number,
  now: IsoInstant,
  limits: SettleLimits = SETTLE_LIMITS,
): Promise<void> => {
  const next = { kind: 'facts' as const, actor: null, summary: null, now, subjects: [] }
  while (await isWaiting(store.db, planNo)) {
    const outcome = await settleRevision(store, planNo, next, limits)
    if (outcome.result === 'queued') return
  }
}

const isLarge = async (db: Database, next: NextRevision, { atOnce }: SettleLimits): Promise<boolean> => {
  if (next.subjects !== 'all') return next.subjects.length > atOnce
  let items = 0
  for (const counted of (await countItems(db)).values()) items += counted.total
  return items > atOnce
}

const subjectsOf = async (
  db: Database,
  planNo: number,
  next: NextRevision,
  document: PlanDocument | null,
): Promise<readonly number[]> => (next.subjects === 'all' ? everySubject(db, planNo, document) : next.subjects)

const prepare = async (tx: Database, planNo: number, head: Head, next: NextRevision): Promise<Prepared | null> => {
  if (next.prepare) return next.prepare(tx, head)
  const stored = await readPlanDocument(tx, planNo, head.revision)
  return stored ? { document: stored.document, store: async () => {} } : null
}

const contextOf = async (db: Database, planNo: number, { document, baseline }: Prepared): Promise<LedgerContext> =>
  ledgerContext(document, [...(await ledgerBaselines(db, planNo)), ...(baseline ? [baseline] : [])])

/** The first lines of a plan are news, whatever made them necessary: there is nothing that they re-file. */
const entryKind = (next: NextRevision, head: Head): SettleKind => (head.revision === 0 ? 'facts' : next.kind)

const noteOf = async (tx: Database, planNo: number, next: NextRevision, { document }: Prepared, lines: number) => {
  const sources = plannedSources(document)
  return {
    kind: next.kind,
    actor: next.actor,
    summary: next.summary,
    lines,
    unmappedItems: await countUnmapped(tx, planNo, sources === null ? null : [...sources]),
    now: next.now,
  }
}

/** Ten minutes without a sign of life, at no less than a hundred subjects a second. */
const after = (now: IsoInstant, subjectsDone: number): IsoInstant =>
  new Date(Date.parse(now) + RESERVATION_MS + subjectsDone * 10).toISOString()

const takenOver = (planNo: number): Fault =>
  new Fault(
    'conflict',
    `settle: another worker has taken over the large change of plan ${planNo}; it goes on from there`,
  )
