import { microMoney } from '../model/amounts.ts'
import type { DatedActual, Phase, PlanDocument } from '../model/plan.ts'
import { type DesiredLine, NO_AMOUNTS } from '../model/posting.ts'
import { startOfDay } from '../model/zone.ts'
import { baselineLines } from './baseline-lines.ts'
import { familyMoments } from './family-moments.ts'
import type { LedgerContext, LedgerSubject } from './ledger-context.ts'
import { stateLines } from './state-lines.ts'
import { workLines } from './work-lines.ts'

/**
 * The lines that an item's facts, the plan and its baselines want in the ledger: a function of the set of facts and
 * settings, whatever order they became known in.
 *
 * @returns in fixed order: state, work, then each baseline's book; no line of zero; none for an item that no rule takes
 * @source ledger F2, F3, F4, F11, F12
 */
export const desiredLines = (subject: LedgerSubject, context: LedgerContext): DesiredLine[] => [
  ...stateLines(subject, familyMoments(subject, context, context.plan), context),
  ...workLines(subject, context),
  ...context.baselines.flatMap((baseline) => baselineLines(subject, baseline, context)),
]

/**
 * The lines of an entered actual: its cost, on its day. Percents and units are read from the plan and post nothing;
 * a phase whose cost is only logged takes no entered cost.
 */
export const desiredActualLines = (phase: Phase, actual: DatedActual, plan: PlanDocument): DesiredLine[] => {
  if (actual.cost === null || plan.currency === null || phase.actualCost === 'logged') return []
  const cost = microMoney(actual.cost, plan.currency)
  if (cost === 0n) return []
  return [
    {
      book: 0,
      phaseNo: phase.no,
      day: actual.date,
      occurredAt: startOfDay(actual.date, plan.zone),
      cause: 'worked',
      factKey: null,
      resourceNo: null,
      amounts: { ...NO_AMOUNTS, cost },
    },
  ]
}
