import { projectItem } from '../../src/ledger/project-item.ts'
import { netLines } from '../../src/ledger/settle-lines.ts'
import type { Fact, PulledItem } from '../../src/model/fact.ts'
import type { PlanDocument } from '../../src/model/plan.ts'
import type { Posting } from '../../src/model/posting.ts'
import type { IsoInstant } from '../../src/model/time.ts'
import { BLANK_FIELDS, type ItemField } from '../../src/model/work-item.ts'
import { type PullFinding, recordPull } from '../../src/settle/record-pull.ts'
import { type SettleLimits, type SettleOutcome, settleRevision } from '../../src/settle/settle-revision.ts'
import { settleWaitingPlans } from '../../src/settle/settle-waiting-plans.ts'
import { saveConnection } from '../../src/store/connections.ts'
import type { Store } from '../../src/store/database.ts'
import { savePlanDocument } from '../../src/store/plan-documents.ts'
import { createPlan } from '../../src/store/plans.ts'
import { linesOf, subjectsWithLines } from '../../src/store/postings.ts'
import { saveSource } from '../../src/store/sources.ts'

export const START = '2026-03-01T00:00:00.000Z'

/** A source named `web` of a tracker that is never asked. @returns its number */
export const newSource = async (store: Store, id = 'web'): Promise<number> => {
  await saveConnection(store.db, { id: 'acme', tracker: 'github', url: 'http://localhost', settings: {} }, START)
  return (await saveSource(store.db, { id, connection: 'acme', settings: { repository: `acme/${id}` } })).no
}

/** A plan of this document. @returns its number */
export const newPlan = async (store: Store, document: PlanDocument, now: IsoInstant = START): Promise<number> => {
  const { no } = await createPlan(store.db, document.id, now)
  await writePlan(store, no, document, now)
  return no
}

/** The plan becomes this document, as its next revision. */
export const writePlan = (
  store: Store,
  planNo: number,
  document: PlanDocument,
  now: IsoInstant = START,
  { kind = 'plan', limits }: { readonly kind?: 'plan' | 'rates'; readonly limits?: SettleLimits } = {},
): Promise<SettleOutcome> =>
  settleRevision(
    store,
    planNo,
    {
      kind,
      actor: 'test',
      summary: null,
      now,
      subjects: 'all',
      prepare: async () => ({
        document,
        store: (tx, revision) => savePlanDocument(tx, planNo, revision, document),
      }),
    },
    limits,
  )

/** What a pull finds of an item that has this history: everything is told, so the snapshot adds nothing. */
export const pulledItem = (id: number, facts: readonly Fact[], change: Partial<PulledItem> = {}): PulledItem => {
  const { createdAt, changedAt, closedAt: _closed, loggedSeconds: _seconds, ...snapshot } = projectItem(facts)
  return {
    externalId: `id-${id}`,
    key: `acme/web#${id}`,
    url: `http://localhost/acme/web/issues/${id}`,
    createdAt: createdAt ?? START,
    updatedAt: changedAt ?? START,
    snapshot,
    history: facts,
    completeHistory: Object.keys(BLANK_FIELDS) as ItemField[],
    ...change,
  }
}

/** Records what a pull found and settles it: what the sync does with a batch. @returns subjects with news */
export const learn = async (
  store: Store,
  sourceNo: number,
  items: readonly PulledItem[],
  at: IsoInstant,
  missing: PullFinding['missing'] = [],
): Promise<readonly number[]> => {
  const changed = await recordPull(store, sourceNo, { items, missing, startedAt: at }, at)
  await settleWaitingPlans(store, at)
  return changed
}

/** What the ledger says of a plan, whatever way it came to say it: the lines that stand, by item. */
export const standing = async (store: Store, planNo: number): Promise<Record<string, readonly string[]>> => {
  const all = await linesOf(store.db, planNo, await subjectsWithLines(store.db, planNo))
  return Object.fromEntries(
    [...all]
      .map(([subject, lines]) => [String(subject), netLines(lines).map(lineText).sort()] as const)
      .filter(([, lines]) => lines.length > 0),
  )
}

const lineText = (line: Posting): string => {
  const { seq: _seq, revision: _revision, epoch: _epoch, entry: _entry, reverses: _reverses, ...said } = line
  return JSON.stringify(said, (_, part: unknown) => (typeof part === 'bigint' ? part.toString() : part))
}
