import { desiredActualLines, desiredLines } from '../ledger/desired-lines.ts'
import type { LedgerContext } from '../ledger/ledger-context.ts'
import { presentPhase } from '../ledger/present-phase.ts'
import { type SettleKind, settleLines } from '../ledger/settle-lines.ts'
import type { Posting } from '../model/posting.ts'
import type { Database } from '../store/database.ts'
import { savePlanItems } from '../store/plan-items.ts'
import { linesOf } from '../store/postings.ts'
import { loadSubjects } from './load-subjects.ts'

export type UnnumberedPosting = Omit<Posting, 'revision' | 'epoch'>

/**
 * What must be appended for these subjects (items, with all that stand above them, and entered actuals), and, on the
 * way, which phase takes each item now.
 */
export const linesFor = async (
  tx: Database,
  planNo: number,
  context: LedgerContext,
  subjects: readonly number[],
  kind: SettleKind,
): Promise<readonly UnnumberedPosting[]> => {
  if (subjects.length === 0) return []
  const { toSettle, family } = await loadSubjects(tx, subjects, { settleDescendants: context.baselines.length > 0 })
  const scope: LedgerContext = { ...context, ...family }
  const items = new Map(toSettle.map((item) => [item.subject, item]))
  const all = [...new Set([...subjects, ...items.keys()])]
  const existing = await linesOf(tx, planNo, all, {})
  const actuals = actualLines(context)
  const lines: UnnumberedPosting[] = []
  for (const subject of all) {
    const item = items.get(subject)
    const desired = item ? desiredLines(item, scope) : (actuals.get(subject) ?? [])
    for (const line of settleLines(existing.get(subject) ?? [], desired, kind)) lines.push({ ...line, subject })
  }
  await savePlanItems(
    tx,
    planNo,
    toSettle.map((item) => ({ subject: item.subject, ...presentPhase(item, scope) })),
  )
  return lines
}

const actualLines = ({ plan }: LedgerContext) =>
  new Map(
    plan.phases.flatMap((phase) =>
      phase.actuals.map((actual) => [actual.subject, desiredActualLines(phase, actual, plan)] as const),
    ),
  )
