import { plannedSources } from '../model/plan.ts'
import type { IsoInstant } from '../model/time.ts'
import type { Store } from '../store/database.ts'
import { headDocuments } from '../store/plan-documents.ts'
import { settleRevision } from './settle-revision.ts'

/** Settles items of a source in every plan whose rules may take them: one transaction a plan. */
export const settleSource = async (
  store: Store,
  source: string,
  subjects: readonly number[],
  now: IsoInstant,
): Promise<void> => {
  if (subjects.length === 0) return
  for (const { plan, document } of await headDocuments(store.db)) {
    const sources = plannedSources(document)
    if (sources !== null && !sources.has(source)) continue
    await settleRevision(store, plan.no, { kind: 'facts', actor: null, summary: null, now, subjects })
  }
}
