import type { Micro } from '../model/amounts.ts'
import { compareInstants, type IsoDate } from '../model/time.ts'
import { endOfDay } from '../model/zone.ts'
import { type FamilyMoment, familyMoments } from './family-moments.ts'
import type { LedgerContext, LedgerSubject } from './ledger-context.ts'
import { standingOf } from './state-lines.ts'

/** An item in scope, as a baseline lists it. */
export interface ScopeItem {
  readonly subject: number
  readonly phaseNo: number
  readonly size: Micro
  readonly estimated: boolean
  readonly done: boolean
}

/**
 * The items in scope at the end of a work day, in the order of the subjects given: mapped, without children in
 * scope, neither dropped nor gone. What was done before it went counts as done.
 */
export const listScope = (
  subjects: readonly LedgerSubject[],
  context: LedgerContext,
  workDay: IsoDate,
): readonly ScopeItem[] => {
  const end = endOfDay(workDay, context.plan.zone)
  return subjects.flatMap((subject) => {
    let last: FamilyMoment | null = null
    for (const moment of familyMoments(subject, context, context.plan)) {
      if (compareInstants(moment.at, end) >= 0) break
      last = moment
    }
    const standing = last === null ? null : standingOf(last)
    if (standing === null || standing.absent !== null || standing.state === 'dropped') return []
    const { phaseNo, size, estimated, state } = standing
    return [{ subject: subject.subject, phaseNo, size, estimated, done: state === 'done' }]
  })
}
