import { Fault } from '../model/fault.ts'
import type { Baseline } from '../model/baseline.ts'
import { type PlanDocument, reachedOn } from '../model/plan.ts'
import { type BalanceAmounts, NO_BALANCE } from '../model/posting.ts'
import { type IsoDate, type IsoInstant, addDays } from '../model/time.ts'
import { dayInZone } from '../model/zone.ts'
import { paceWindow } from '../measures/pace.ts'
import { readBalances } from '../store/balances.ts'
import { baselineInForce, findBaseline } from '../store/baselines.ts'
import type { Database } from '../store/database.ts'
import { readLastCompletions } from '../store/last-completions.ts'
import { NO_ACTIVITY, type PhaseActivity, readPhaseActivity } from '../store/phase-activity.ts'
import { readPlanDocument } from '../store/plan-documents.ts'
import { type StoredPlan, findPlan } from '../store/plans.ts'
import { type Revision, revisionAt } from '../store/revisions.ts'
import type { PhaseBooks } from './phase-part.ts'
import { planRows } from './plan-rows.ts'

/** What is asked: of which plan, on which status date, known when, against which baseline. */
export interface PlanQuestion {
  readonly plan: string
  /** Left out: today in the plan's zone. */
  readonly asOf?: IsoDate | undefined
  /** Left out: now. */
  readonly knownAt?: IsoInstant | undefined
  /** Left out: the one in force on the status date. */
  readonly baseline?: number | undefined
  /** The machine's time, from the entrance. */
  readonly now: Date
  /** Overrides what counts as today when no status date is asked for. */
  readonly today?: IsoDate | undefined
}

/** A plan's books, opened at a status date and a revision: one state, read in one snapshot. */
export interface OpenedPlan {
  readonly plan: StoredPlan
  readonly document: PlanDocument
  readonly revision: Revision
  readonly asOf: IsoDate
  readonly baseline: Baseline | null
}

/**
 * @throws Fault notFound (no such plan or baseline), invalid (status date in the future, `knownAt` before the plan was
 *         known)
 */
export const openPlan = async (tx: Database, question: PlanQuestion): Promise<OpenedPlan> => {
  const plan = await findPlan(tx, question.plan)
  if (!plan || plan.removedAt !== null)
    throw new Fault('notFound', `reports: no plan is named ${question.plan}: see the list on the first page`)
  const revision = await revisionAt(tx, plan.no, question.knownAt ?? null)
  const stored = revision && (await readPlanDocument(tx, plan.no, revision.no))
  if (!revision || !stored)
    throw new Fault(
      'invalid',
      `reports: plan ${question.plan} was not known yet at ${question.knownAt ?? 'this time'} (notKnownYet): ask for a later knownAt`,
    )
  const { document } = stored
  const today = latestOf(question.today, dayInZone(question.now.toISOString(), document.zone))
  const asOf = question.asOf ?? question.today ?? today
  if (asOf > today) throw new Fault('invalid', `reports: asOf ${asOf} lies in the future: today is ${today} there`)
  const baseline = await baselineOf(tx, plan, question.baseline, asOf, revision.no)
  return { plan, document, revision, asOf, baseline }
}

export const booksOf = async (
  tx: Database,
  opened: OpenedPlan,
  from: IsoDate,
): Promise<{ readonly now: readonly PhaseBooks[]; readonly before: readonly PhaseBooks[] }> => {
  const { plan, document, revision, asOf, baseline } = opened
  const books = baseline ? [0, baseline.number] : [0]
  const sums = new Map<string, { total: BalanceAmounts; before: BalanceAmounts }>()
  for (const sum of await readBalances(tx, plan.no, { books, asOf, from, revision }))
    sums.set(`${sum.book} ${sum.phaseNo}`, sum)
  const windowFrom = paceWindow(document.calendar, asOf, null).from
  const activity = await readPhaseActivity(tx, plan.no, { asOf, revision, windowFrom })
  const finished = document.phases
    .map(({ no }) => ({ no, work: sums.get(`0 ${no}`)?.total ?? NO_BALANCE }))
    .filter(({ work }) => work.items > 0 && work.done === work.items)
  const lastDone = await readLastCompletions(tx, plan.no, {
    phaseNos: finished.map(({ no }) => no),
    asOf,
    revision: revision.no,
    zone: document.zone,
  })
  const build = (side: 'total' | 'before', until: IsoDate): readonly PhaseBooks[] =>
    planRows(document, baseline).map(({ phase, frozen }) => ({
      phase,
      frozen,
      work: sums.get(`0 ${phase.no}`)?.[side] ?? NO_BALANCE,
      earnings: (baseline && sums.get(`${baseline.number} ${phase.no}`)?.[side]) ?? NO_BALANCE,
      activity: activityUntil(activityOf(activity.get(phase.no), lastDone.get(phase.no)), until),
      milestones: phase.milestones.map((milestone) => ({
        weight: milestone.weight,
        reachedOn: reachedOn(milestone),
      })),
    }))
  return { now: build('total', asOf), before: build('before', addDays(from, -1)) }
}

const baselineOf = async (
  tx: Database,
  plan: StoredPlan,
  number: number | undefined,
  asOf: IsoDate,
  revision: number,
): Promise<Baseline | null> => {
  if (number === undefined) return baselineInForce(tx, plan.no, { asOf, revision })
  const found = await findBaseline(tx, plan.no, number)
  if (!found || found.revision > revision)
    throw new Fault(
      'notFound',
      `reports: plan ${plan.id} has no baseline ${number} at that time: leave it out to use the one in force`,
    )
  return found
}

const activityOf = (activity = NO_ACTIVITY, lastDone = activity.lastDone): PhaseActivity => ({ ...activity, lastDone })

const activityUntil = (activity: PhaseActivity, until: IsoDate): PhaseActivity => {
  const upTo = (date: IsoDate | null): IsoDate | null => (date !== null && date <= until ? date : null)
  return { ...activity, firstStart: upTo(activity.firstStart), lastDone: upTo(activity.lastDone) }
}

const latestOf = (a: IsoDate | undefined, b: IsoDate): IsoDate => (a !== undefined && a > b ? a : b)
