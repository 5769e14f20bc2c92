import type { LedgerBaseline, ListedItem } from '../ledger/ledger-context.ts'
import type { Baseline, BaselineItem } from '../model/baseline.ts'
import { listBaselineItems } from '../store/baseline-items.ts'
import { listBaselines } from '../store/baselines.ts'
import type { Database } from '../store/database.ts'

/** The frozen baselines of a plan, as the ledger needs them. */
export const ledgerBaselines = async (db: Database, planNo: number): Promise<readonly LedgerBaseline[]> => {
  const found: LedgerBaseline[] = []
  for (const baseline of await listBaselines(db, planNo, {}))
    found.push(ledgerBaseline(baseline, await listBaselineItems(db, planNo, baseline.number, {})))
  return found
}

export const ledgerBaseline = (
  baseline: Pick<Baseline, 'number' | 'plan' | 'firstDay'>,
  items: readonly BaselineItem[],
): LedgerBaseline => ({
  number: baseline.number,
  zone: baseline.plan.zone,
  firstDay: baseline.firstDay,
  items: new Map<number, ListedItem>(items.map((item) => [item.subject, item])),
  plan: baseline.plan,
})
