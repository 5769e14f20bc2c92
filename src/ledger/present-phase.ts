import { familyMoments, isContainer } from './family-moments.ts'
import { isGone } from './item-moments.ts'
import type { LedgerContext, LedgerSubject } from './ledger-context.ts'

/** Which phase takes an item now, and whether its children carry its size; `phaseNo: null` = none, or it is gone. */
export const presentPhase = (
  subject: LedgerSubject,
  context: LedgerContext,
): { readonly phaseNo: number | null; readonly container: boolean } => {
  const last = familyMoments(subject, context, context.plan).at(-1)
  if (!last || last.phase === null || isGone(last.fields)) return { phaseNo: null, container: false }
  return { phaseNo: last.phase.no, container: isContainer(last) }
}
