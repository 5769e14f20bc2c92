import { carryOver } from '../ledger/carry-over.ts'
import { ledgerContext } from '../ledger/ledger-context.ts'
import { type ScopeItem, listScope } from '../ledger/list-scope.ts'
import { type PricedBaseline, priceBaseline } from '../ledger/price-baseline.ts'
import { earnedByItems } from '../measures/earned-by-items.ts'
import { type PlannedCurve, continuedCurve, plannedCurve } from '../measures/planned-value.ts'
import type { Baseline, BaselinePhase } from '../model/baseline.ts'
import { Fault } from '../model/fault.ts'
import type { PlanDocument } from '../model/plan.ts'
import { type IsoDate, addDays, isoInstant } from '../model/time.ts'
import { dayInZone } from '../model/zone.ts'
import { everySubject } from '../settle/every-subject.ts'
import { ledgerBaseline } from '../settle/ledger-baselines.ts'
import { loadSubjects } from '../settle/load-subjects.ts'
import { settleRevision } from '../settle/settle-revision.ts'
import { appendAudit } from '../store/audit.ts'
import { readBalances } from '../store/balances.ts'
import { insertBaseline, listBaselines } from '../store/baselines.ts'
import type { Database, Store } from '../store/database.ts'
import { sumBySubject } from '../store/explain-postings.ts'
import type { Head } from '../store/heads.ts'
import { readPlanDocument } from '../store/plan-documents.ts'
import { findPlan } from '../store/plans.ts'
import { canonicalJson } from './same-json.ts'

export interface FreezeOrder {
  readonly plan: string
  readonly reason: string
  readonly name?: string | undefined
  readonly approver?: string | undefined
  /** The work is taken as it stood at the end of this day. Left out: today for the first, yesterday for later ones. */
  readonly asOf?: IsoDate | undefined
  readonly actor: string
  readonly now: Date
}

export interface FrozenBaseline {
  readonly number: number
  readonly revision: number
  readonly workDay: IsoDate
  readonly items: number
  readonly phasesWithoutScope: readonly string[]
}

/**
 * Freezes a baseline: the plan as it is, and the work as it stood on a day, numbered and never changed again. Number 1
 * reaches back to every earlier status date. A later one counts from the day after its work day; before that day its
 * predecessor counts, and what was earned until then stays earned (ledger F9).
 *
 * @throws Fault invalid (no reason, day in the future, nothing to freeze, budget below what was earned), notFound
 */
export const freezeBaseline = async (store: Store, order: FreezeOrder): Promise<FrozenBaseline> => {
  if (order.reason.trim() === '') throw new Fault('invalid', 'plan: a baseline needs a reason: say why it is frozen')
  const plan = await findPlan(store.db, order.plan)
  if (!plan || plan.removedAt !== null)
    throw new Fault('notFound', `plan: no plan is named ${order.plan}: see the list on the first page`)
  let frozen: Omit<FrozenBaseline, 'revision'> | null = null
  const outcome = await settleRevision(store, plan.no, {
    kind: 'baseline',
    actor: order.actor,
    summary: order.reason,
    now: isoInstant(order.now),
    subjects: 'all',
    prepare: async (tx, head) => {
      const stored = await readPlanDocument(tx, plan.no, head.revision)
      if (!stored) throw new Fault('invalid', `plan: ${order.plan} holds nothing to freeze yet: apply its set-up first`)
      const draft = await draftOf(tx, head, stored.document, order)
      frozen = {
        number: draft.baseline.number,
        workDay: draft.baseline.workDay,
        items: draft.items.length,
        phasesWithoutScope: withoutScope(draft.baseline),
      }
      return {
        document: stored.document,
        baseline: ledgerBaseline(draft.baseline, draft.items),
        store: async (inner, revision) => {
          const baseline = await finished(inner, plan.no, { ...draft.baseline, revision })
          await insertBaseline(inner, plan.no, baseline, draft.items)
          await appendAudit(inner, {
            at: isoInstant(order.now),
            actor: order.actor,
            action: 'frozen',
            subject: `baseline/${order.plan}/${baseline.number}`,
            before: null,
            after: { reason: baseline.reason, workDay: baseline.workDay, hash: baseline.hash },
          })
        },
      }
    },
  })
  if (outcome.result !== 'settled' || frozen === null) throw new Error('a freeze always takes a revision')
  return { ...(frozen as Omit<FrozenBaseline, 'revision'>), revision: outcome.revision }
}

/** Phases that would earn their budget by items, and have neither items nor a stated size. */
const withoutScope = ({ phases, plan }: Omit<Baseline, 'revision'>): readonly string[] => {
  const byItems = new Set(plan.phases.filter(({ progress }) => progress.kind === 'items').map(({ id }) => id))
  return phases.filter(({ id, scope, value }) => byItems.has(id) && scope === null && value > 0n).map(({ id }) => id)
}

const draftOf = async (tx: Database, { planNo, revision }: Head, document: PlanDocument, order: FreezeOrder) => {
  const former = await listBaselines(tx, planNo, {})
  const predecessor = former.at(-1) ?? null
  const today = dayInZone(isoInstant(order.now), document.zone)
  const workDay = order.asOf ?? (predecessor ? addDays(today, -1) : today)
  if (workDay > today)
    throw new Fault('invalid', `plan: the baseline cannot be taken as of ${workDay}: that day is still to come`)
  const firstDay = predecessor ? addDays(workDay, 1) : null
  if (predecessor && (predecessor.firstDay ?? predecessor.workDay) >= firstDay!)
    throw new Fault(
      'invalid',
      `plan: baseline ${predecessor.number} counts from ${predecessor.firstDay ?? predecessor.workDay} on: take the next one as of a later day`,
    )
  const { toSettle, family } = await loadSubjects(tx, await everySubject(tx, planNo, document))
  const scope = listScope(toSettle, ledgerContext(document, [], family), workDay)
  const carried = predecessor ? await carriedFrom(tx, { planNo, revision }, predecessor, scope, workDay) : null
  const priced = priceBaseline(document, scope, carried)
  const baseline: Omit<Baseline, 'revision'> = {
    number: former.length + 1,
    name: order.name ?? `Baseline ${former.length + 1}`,
    reason: order.reason.trim(),
    approver: order.approver ?? null,
    approvedAt: isoInstant(order.now),
    workDay,
    firstDay,
    valueUnit: priced.valueUnit,
    plan: document,
    phases: document.phases.map((phase) => phaseRecord(document, priced, phase.no, predecessor, firstDay)),
    hash: '',
  }
  return { baseline, items: priced.items }
}

const phaseRecord = (
  document: PlanDocument,
  priced: PricedBaseline,
  phaseNo: number,
  predecessor: Baseline | null,
  firstDay: IsoDate | null,
): BaselinePhase => {
  const phase = document.phases.find(({ no }) => no === phaseNo)!
  const shares = priced.phases.find((each) => each.phaseNo === phaseNo)!
  const curve = curveOf(
    document,
    phase,
    shares.value,
    predecessor?.phases.find((each) => each.phaseNo === phaseNo),
    firstDay,
  )
  return {
    ...shares,
    id: phase.id,
    parent: phase.parent,
    start: phase.start,
    finish: phase.finish,
    listedItems: priced.items.filter((item) => item.phaseNo === phaseNo).length,
    curveStart: curve?.curveStart ?? null,
    curve: curve?.curve ?? [],
    excepted: { added: 0n, removed: 0n, reestimated: 0n, movedIn: 0n, movedOut: 0n },
  }
}

const curveOf = (
  { calendar, phases }: PlanDocument,
  phase: PlanDocument['phases'][number],
  value: bigint,
  former: BaselinePhase | undefined,
  firstDay: IsoDate | null,
): PlannedCurve | null => {
  // What a parent keeps for itself runs as long as its children, unless it says otherwise.
  const below = phases.filter(({ parent }) => parent === phase.id)
  const start = phase.start ?? earliest(below.map((child) => child.start))
  const finish = phase.finish ?? latest(below.map((child) => child.finish))
  if (start === null || finish === null) return null
  const { budget } = phase
  const terms = { value, start, finish, spread: budget?.spread ?? { kind: 'linear' as const }, calendar }
  return firstDay !== null && former?.curveStart
    ? continuedCurve({ curveStart: former.curveStart, curve: former.curve }, firstDay, terms)
    : plannedCurve(terms)
}

/** What items and pools had earned under the predecessor by the end of the work day. */
const carriedFrom = async (
  tx: Database,
  { planNo, revision }: Pick<Head, 'planNo' | 'revision'>,
  predecessor: Baseline,
  scope: readonly ScopeItem[],
  workDay: IsoDate,
) => {
  const now = { no: predecessor.revision, epoch: 0, current: true }
  const book = { books: [predecessor.number], asOf: workDay }
  const sums = await sumBySubject(tx, planNo, { ...book, revision })
  const earned = sums.map(({ subject, phaseNo, amounts }) => ({ subject, phaseNo, value: amounts.earned }))
  const filled = sums.filter(({ amounts }) => amounts.outside > 0n)
  const filledBy = new Map(filled.map(({ subject, amounts }) => [subject, amounts.outside]))
  const pools = new Map<number, bigint>()
  for (const { phaseNo, total } of await readBalances(tx, planNo, { ...book, revision: now })) {
    const record = predecessor.phases.find((phase) => phase.phaseNo === phaseNo)
    if (!record) continue
    const all = earnedByItems({ ...record, listedEarned: 0n, outsideDone: total.outside })
    if (all.value) pools.set(phaseNo, all.value)
  }
  return carryOver(scope, earned, pools, filledBy)
}

/** The record with what the freeze had already counted, and its hash over everything else. */
const finished = async (tx: Database, planNo: number, baseline: Baseline): Promise<Baseline> => {
  const counted = await readBalances(tx, planNo, {
    books: [0],
    asOf: baseline.workDay,
    revision: { no: baseline.revision, epoch: 0, current: true },
  })
  const phases = baseline.phases.map((phase) => {
    const flows = counted.find(({ phaseNo }) => phaseNo === phase.phaseNo)?.total
    if (!flows) return phase
    const { added, removed, reestimated, movedIn, movedOut } = flows
    return { ...phase, excepted: { added, removed, reestimated, movedIn, movedOut } }
  })
  const record = { ...baseline, phases }
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(canonicalJson({ ...record, hash: '' })))
  return { ...record, hash: [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('') }
}

const earliest = (dates: readonly (IsoDate | null)[]): IsoDate | null =>
  dates.filter((date) => date !== null).sort()[0] ?? null

const latest = (dates: readonly (IsoDate | null)[]): IsoDate | null =>
  dates
    .filter((date) => date !== null)
    .sort()
    .at(-1) ?? null
