import type { Fact } from '../model/fact.ts'
import type { Phase } from '../model/plan.ts'
import { type IsoInstant, compareInstants } from '../model/time.ts'
import type { ItemFields } from '../model/work-item.ts'
import { dayInZone, startOfDay } from '../model/zone.ts'
import { type TimelineStep, itemTimeline } from './item-timeline.ts'
import type { LedgerContext, LedgerSubject } from './ledger-context.ts'
import { phaseOf } from './match-rules.ts'

/** An instant at which something changed for an item, and where the plan's rules put it from then on. */
export interface Moment {
  readonly at: IsoInstant
  /** The item's own facts of this instant; none where a dated rule or a relative made the change. */
  readonly facts: readonly Fact[]
  readonly fields: ItemFields
  readonly phase: Phase | null
}

/** The item's moments in order: its own steps and the days on which dated rules begin. */
export const itemMoments = (subject: LedgerSubject, context: LedgerContext): readonly Moment[] => {
  let known = moments.get(context)
  if (!known) {
    known = new WeakMap()
    moments.set(context, known)
  }
  let found = known.get(subject)
  if (!found) {
    found = placed(subject, withRuleStarts(itemTimeline(subject.facts), context), context)
    known.set(subject, found)
  }
  return found
}

/** The last moment at or before an instant. */
export const momentAt = <M extends { readonly at: IsoInstant }>(list: readonly M[], at: IsoInstant): M | null => {
  let found: M | null = null
  for (const moment of list) {
    if (compareInstants(moment.at, at) > 0) break
    found = moment
  }
  return found
}

/** Whether the item is in the plan's scope at a moment: mapped, not dropped, not gone before it was done. */
export const inScope = ({ fields, phase }: Moment): boolean =>
  phase !== null && fields.status.state !== 'dropped' && !isGone(fields)

/** Whether the tracker lost the item before it was closed. What was closed before stays as it was: a tombstone. */
export const isGone = ({ presence, status }: ItemFields): boolean =>
  presence !== 'present' && status.state !== 'done' && status.state !== 'dropped'

const moments = new WeakMap<LedgerContext, WeakMap<LedgerSubject, readonly Moment[]>>()

/** Asks the rules again only when something changed that they can ask for. */
const placed = (subject: LedgerSubject, steps: readonly TimelineStep[], context: LedgerContext): readonly Moment[] => {
  let phase: Phase | null = null
  return steps.map((step, index) => {
    if (index === 0 || step.facts.length === 0 || step.facts.some(({ field }) => !IRRELEVANT_TO_RULES.has(field)))
      phase = phaseOf(context.rules, step.fields, subject, dayInZone(step.at, context.plan.zone))
    return { at: step.at, facts: step.facts, fields: step.fields, phase }
  })
}

const IRRELEVANT_TO_RULES: ReadonlySet<Fact['field']> = new Set([
  'status',
  'points',
  'estimateSeconds',
  'assignees',
  'due',
  'presence',
])

const withRuleStarts = (steps: readonly TimelineStep[], context: LedgerContext): readonly TimelineStep[] => {
  const first = steps[0]
  if (!first || context.rules.starts.length === 0) return steps
  const all = [...steps]
  for (const date of context.rules.starts) {
    const at = startOfDay(date, context.plan.zone)
    if (compareInstants(at, first.at) <= 0 || steps.some((step) => step.at === at)) continue
    const before = momentAt(steps, at)
    if (before) all.push({ at, facts: [], fields: before.fields })
  }
  return all.sort((a, b) => compareInstants(a.at, b.at))
}
