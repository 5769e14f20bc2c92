import type { Fact } from '../model/fact.ts'
import type { SizeUnit } from '../model/plan.ts'
import type { Cause, DesiredLine } from '../model/posting.ts'
import type { IsoDate } from '../model/time.ts'
import { dayInZone } from '../model/zone.ts'
import { hasListedAncestor } from './ancestry.ts'
import { type FamilyMoment, isContainer } from './family-moments.ts'
import { isGone } from './item-moments.ts'
import type { LedgerBaseline, LedgerContext, LedgerSubject } from './ledger-context.ts'
import { type Standing, changesBetween } from './standing.ts'

/** Book 0: where the item stands in the plan, event by event. */
export const stateLines = (
  subject: LedgerSubject,
  family: readonly FamilyMoment[],
  context: LedgerContext,
): DesiredLine[] => {
  const lines: DesiredLine[] = []
  let before: Standing = { absent: 'unborn' }
  let doneSince: FamilyMoment | null = null
  for (const moment of family) {
    const after = standingOf(moment)
    doneSince = moment.fields.status.state === 'done' ? (doneSince ?? moment) : null
    const day = dayInZone(moment.at, context.plan.zone)
    const isEntering = before.absent !== null && after.absent === null
    const entering = isEntering ? enteringCause(subject, moment, day, context) : 'added'
    for (const { phaseNo, cause, amounts } of changesBetween(before, after, entering)) {
      // Work that was done before it came into the plan counts from the day it came; the line still tells when it was done.
      const event = isEntering && cause === 'completed' ? (doneSince ?? moment) : moment
      lines.push({
        book: 0,
        phaseNo,
        day,
        occurredAt: event.at,
        cause,
        factKey: factBehind(event.facts, cause, context.plan.unit),
        resourceNo: null,
        amounts,
      })
    }
    before = after
  }
  return lines
}

export const standingOf = (moment: FamilyMoment): Standing => {
  if (isGone(moment.fields)) return { absent: 'gone' }
  if (moment.phase === null) return { absent: 'unmapped' }
  if (isContainer(moment)) return { absent: 'container' }
  return {
    absent: null,
    phaseNo: moment.phase.no,
    state: moment.fields.status.state,
    size: moment.size,
    estimated: moment.estimated,
  }
}

/** The fact that made an event, among the item's facts of that instant; `null` when a rule or a relative made it. */
export const factBehind = (facts: readonly Fact[], cause: Cause, unit: SizeUnit): string | null => {
  if (facts.length === 0) return null
  const wanted = FIELDS_BEHIND[cause] ?? (unit === 'points' ? ['points'] : ['estimateSeconds'])
  for (const field of wanted) {
    const fact = facts.findLast((one) => one.field === field)
    if (fact) return fact.key
  }
  return null
}

const MAPPING = [
  'created',
  'presence',
  'milestones',
  'parent',
  'labels',
  'components',
  'sprints',
  'type',
  'title',
] as const

const FIELDS_BEHIND: Partial<Record<Cause, readonly Fact['field'][]>> = {
  added: MAPPING,
  removed: MAPPING,
  moved: MAPPING,
  split: MAPPING,
  deleted: ['presence'],
  started: ['status'],
  completed: ['status'],
  reopened: ['status'],
  dropped: ['status', ...MAPPING],
}

/** Detail of a listed item is no addition: its budget is already there (ledger F12). */
const enteringCause = (
  subject: LedgerSubject,
  moment: FamilyMoment,
  day: IsoDate,
  context: LedgerContext,
): 'added' | 'split' => {
  if (moment.fields.parent === null) return 'added'
  const baseline = baselineInForce(context, day)
  return baseline !== null && hasListedAncestor(subject, moment, baseline, context) ? 'split' : 'added'
}

const baselineInForce = (context: LedgerContext, day: IsoDate): LedgerBaseline | null =>
  context.baselines.findLast(({ firstDay }) => firstDay === null || firstDay <= day) ?? null
