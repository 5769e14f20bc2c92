import { type PlanDocument, plannedSources } from '../model/plan.ts'
import type { Database } from '../store/database.ts'
import { listSubjects } from '../store/list-items.ts'
import { readPlanDocument } from '../store/plan-documents.ts'
import { subjectsWithLines } from '../store/postings.ts'
import { listSources } from '../store/sources.ts'

/** Items of the sources that the plan names, and whatever has lines in it. */
export const everySubject = async (
  db: Database,
  planNo: number,
  document: PlanDocument | null,
): Promise<readonly number[]> => {
  const plan = document ?? (await readPlanDocument(db, planNo, null))?.document
  const subjects = new Set(await subjectsWithLines(db, planNo))
  for (const phase of plan?.phases ?? []) for (const actual of phase.actuals) subjects.add(actual.subject)
  const named = plan ? plannedSources(plan) : null
  const sources = (await listSources(db, {})).filter((source) => named === null || named.has(source.id))
  for (let after = 0; ; ) {
    const page = await listSubjects(db, { sourceNos: sources.map((source) => source.no), after, limit: 20_000 })
    for (const subject of page) subjects.add(subject)
    if (page.length < 20_000) break
    after = page.at(-1)!
  }
  return [...subjects]
}
