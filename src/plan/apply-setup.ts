import { Fault } from '../model/fault.ts'
import type { PlanDocument } from '../model/plan.ts'
import type { Resource } from '../model/resource.ts'
import { type IsoDate, isoInstant } from '../model/time.ts'
import { withReachedMilestones } from '../settle/reached-milestones.ts'
import { settleRevision } from '../settle/settle-revision.ts'
import { appendAudit } from '../store/audit.ts'
import { removeConnection, saveConnection } from '../store/connections.ts'
import { type Database, type Store, transaction } from '../store/database.ts'
import { numberActuals } from '../store/plan-actuals.ts'
import { headDocuments, readPlanDocument, savePlanDocument } from '../store/plan-documents.ts'
import { createPlan, numberPhases, removePlan } from '../store/plans.ts'
import { removePortfolio, savePortfolio } from '../store/portfolios.ts'
import { listResources, removeResources, saveResources } from '../store/resources.ts'
import { removeSource, saveSource } from '../store/sources.ts'
import { type SealedSecrets, currentSetup } from './current-setup.ts'
import { sameJson } from './same-json.ts'
import { rateDefaults } from './setup/check-rates.ts'
import { describeChange } from './setup/describe-change.ts'
import { type Change, diffSetup, removals } from './setup/diff-setup.ts'
import { actualKeys, phaseIds, resolvePlan } from './setup/resolve-plan.ts'
import { resolveResource } from './setup/resolve-resource.ts'
import { setupOfPlan } from './setup/setup-of.ts'
import type { Setup, SetupPlan } from './setup/setup.ts'

export interface ApplyTools {
  readonly store: Store
  readonly seal: (secrets: SealedSecrets) => Promise<string>
  readonly openSecrets: (sealed: string | null) => Promise<SealedSecrets>
  readonly actor: string
  readonly now: Date
}

export interface ApplyOptions {
  /** Only tell what would change. */
  readonly dryRun?: boolean
  /** What the files do not name is removed. */
  readonly prune?: boolean
  /** Asked before anything is removed; `false` stops, and nothing is changed. */
  readonly confirmRemovals?: (removed: readonly Change[]) => Promise<boolean>
}

/**
 * Brings what is set up in step with a set-up. Applying it twice changes nothing the second time; what disappears is
 * asked about first; every change is in the audit trail.
 *
 * @returns the changes, in order; empty = it was so already
 * @throws Fault conflict when something would be removed and nobody agrees
 */
export const applySetup = async (
  tools: ApplyTools,
  next: Setup,
  { dryRun = false, prune = false, confirmRemovals }: ApplyOptions = {},
): Promise<readonly Change[]> => {
  const { store, now } = tools
  const today = now.toISOString().slice(0, 10)
  const current = await currentSetup(store.db, tools.openSecrets)
  const changes = diffSetup(current, next, { today, whole: prune })
  if (dryRun || changes.length === 0) return changes
  const gone = removals(changes)
  if (gone.length > 0 && !(await confirmRemovals?.(gone)))
    throw new Fault(
      'conflict',
      `plan: nothing was changed, because this would remove: ${gone.map(describeChange).join('; ')}. Say yes to that, or put it back`,
    )
  const resources = await saveBasics(tools, next, changes, today)
  for (const plan of next.plans) await savePlan(tools, plan, resources)
  for (const { plan, document } of await headDocuments(store.db))
    if (
      !next.plans.some(({ id }) => id === plan.id) &&
      !gone.some(({ thing, id }) => thing === 'plan' && id === plan.id)
    )
      await savePlan(tools, setupOfPlan(document), resources)
  await transaction(store.db, async (tx) => {
    for (const change of gone) if (change.thing === 'plan') await removePlan(tx, change.id, isoInstant(now))
    for (const portfolio of next.portfolios) await savePortfolio(tx, portfolio)
    for (const change of gone) if (change.thing === 'portfolio') await removePortfolio(tx, change.id)
  })
  return changes
}

/** Connections, sources and resources, with the audit trail: all of it or nothing. */
const saveBasics = (
  tools: ApplyTools,
  next: Setup,
  changes: readonly Change[],
  today: IsoDate,
): Promise<readonly Resource[]> =>
  transaction(tools.store.db, async (tx) => {
    const at = isoInstant(tools.now)
    for (const { secrets, variables, ...connection } of next.connections)
      await saveConnection(tx, { ...connection, sealedSecrets: await tools.seal({ ...secrets, variables }) }, at)
    for (const source of next.sources) await saveSource(tx, source)
    const gone = removals(changes)
    for (const change of gone) if (change.thing === 'source') await removeSource(tx, change.id, at)
    for (const change of gone) if (change.thing === 'connection') await removeConnection(tx, change.id, at)
    const before = await listResources(tx)
    const defaults = rateDefaults([
      ...next.plans,
      ...(await headDocuments(tx))
        .filter(({ plan }) => !next.plans.some(({ id }) => id === plan.id))
        .map(({ document }) => setupOfPlan(document)),
    ])
    await saveResources(
      tx,
      next.resources.map((written) => {
        const previous = before.find(({ id }) => id === written.id)?.rates ?? []
        return resolveResource(written, { no: 0, previous, today, defaults })
      }),
    )
    await removeResources(
      tx,
      gone.filter(({ thing }) => thing === 'resource').map(({ id }) => id),
      at,
    )
    for (const change of changes)
      await appendAudit(tx, {
        at,
        actor: tools.actor,
        action: change.kind,
        subject: [change.thing, change.plan, change.id, change.field].filter((part) => part !== null).join('/'),
        before: change.before,
        after: change.after,
      })
    return listResources(tx)
  })

/** The plan as its next revision, if it says anything new. */
const savePlan = async (tools: ApplyTools, plan: SetupPlan, resources: readonly Resource[]): Promise<void> => {
  const { store, now, actor } = tools
  const at = isoInstant(now)
  const { no } = await transaction(store.db, (tx) => createPlan(tx, plan.id, at))
  const before = (await readPlanDocument(store.db, no, null))?.document ?? null
  const kind = before !== null && sameJson(setupOfPlan(before), plan) ? 'rates' : 'plan'
  await settleRevision(store, no, {
    kind,
    actor,
    summary: before === null ? 'plan created' : kind === 'rates' ? 'rates or people changed' : 'plan changed',
    now: at,
    subjects: 'all',
    prepare: async (tx, head) => {
      const stored = head.revision === 0 ? null : await readPlanDocument(tx, no, head.revision)
      const document = await resolved(tx, no, plan, resources)
      if (stored && sameJson(stored.document, document)) return null
      refuseUnitChange(stored?.document ?? null, document)
      return { document, store: (inner, revision) => savePlanDocument(inner, no, revision, document) }
    },
  })
}

const resolved = async (
  tx: Database,
  planNo: number,
  plan: SetupPlan,
  resources: readonly Resource[],
): Promise<PlanDocument> =>
  withReachedMilestones(
    tx,
    resolvePlan(plan, {
      resources,
      phaseNumbers: await numberPhases(tx, planNo, phaseIds(plan)),
      actualSubjects: await numberActuals(tx, planNo, actualKeys(plan)),
    }),
  )

/** Sizes in points and in hours cannot be compared (ledger F6). */
const refuseUnitChange = (before: PlanDocument | null, after: PlanDocument): void => {
  if (before !== null && before.unit !== after.unit)
    throw new Fault(
      'conflict',
      `plan: the unit of plan ${after.id} cannot change from ${before.unit} to ${after.unit}: sizes frozen so far could not be compared. Set up a new plan with the new unit`,
    )
}
