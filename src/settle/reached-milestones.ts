import { Fault } from '../model/fault.ts'
import type { PlanDocument, PlanMilestone } from '../model/plan.ts'
import type { IsoDate, IsoInstant } from '../model/time.ts'
import { dayInZone } from '../model/zone.ts'
import type { Database, Store } from '../store/database.ts'
import { headDocuments, readPlanDocument, savePlanDocument } from '../store/plan-documents.ts'
import { listSources } from '../store/sources.ts'
import { type StoredMilestone, listMilestones } from '../store/tracker-milestones.ts'
import { settleRevision } from './settle-revision.ts'

/** The plan with the days on which its milestones were closed or released in their trackers, as far as is known. */
export const withReachedMilestones = async (tx: Database, plan: PlanDocument): Promise<PlanDocument> => {
  if (!plan.phases.some((phase) => phase.milestones.some(({ tracker }) => tracker !== null))) return plan
  const known = await listMilestones(tx)
  const numbers = new Map((await listSources(tx, { withRemoved: true })).map((source) => [source.id, source.no]))
  const reached = ({ tracker }: PlanMilestone): IsoDate | null => {
    const found = tracker && known.find((each) => isIt(each, numbers.get(tracker.source), tracker.milestone))
    return found?.closedAt ? dayInZone(found.closedAt, plan.zone) : null
  }
  return {
    ...plan,
    phases: plan.phases.map((phase) => ({
      ...phase,
      milestones: phase.milestones.map((milestone) =>
        milestone.tracker === null ? milestone : { ...milestone, reachedOn: reached(milestone) },
      ),
    })),
  }
}

/**
 * Brings plans in step with the milestones of trackers: one that was closed or opened again is news, and makes the
 * plan's next revision. A plan under a large change is left for the next time.
 */
export const settleMilestones = async (store: Store, now: IsoInstant): Promise<void> => {
  for (const { plan, document } of await headDocuments(store.db)) {
    if (isSame(document, await withReachedMilestones(store.db, document))) continue
    await settleRevision(store, plan.no, {
      kind: 'facts',
      actor: null,
      summary: 'a milestone was reached or opened again',
      now,
      subjects: [],
      prepare: async (tx, head) => {
        const stored = await readPlanDocument(tx, plan.no, head.revision)
        const next = stored && (await withReachedMilestones(tx, stored.document))
        if (!stored || !next || isSame(stored.document, next)) return null
        return { document: next, store: (inner, revision) => savePlanDocument(inner, plan.no, revision, next) }
      },
    }).catch(unlessUnderWay)
  }
}

const isIt = (milestone: StoredMilestone, sourceNo: number | undefined, name: string): boolean =>
  milestone.sourceNo === sourceNo && (milestone.title === name || milestone.id === name)

const isSame = (a: PlanDocument, b: PlanDocument): boolean => reachedIn(a) === reachedIn(b)

const reachedIn = (plan: PlanDocument): string =>
  JSON.stringify(plan.phases.map((phase) => phase.milestones.map((milestone) => milestone.reachedOn ?? null)))

const unlessUnderWay = (error: unknown): void => {
  if (!(error instanceof Fault && error.kind === 'conflict')) throw error
}
