import { type IsoInstant, compareInstants } from '../model/time.ts'
import type { ItemFields } from '../model/work-item.ts'
import { itemMoments, momentAt } from './item-moments.ts'
import type { LedgerBaseline, LedgerContext, LedgerSubject } from './ledger-context.ts'

/** Whether, at a moment of the item, one of the items above it is on a baseline's list. */
export const hasListedAncestor = (
  subject: LedgerSubject,
  moment: { readonly at: IsoInstant; readonly fields: ItemFields },
  baseline: LedgerBaseline,
  context: LedgerContext,
): boolean => {
  const seen = new Set([subject.subject])
  let child = subject
  let reference = moment.fields.parent
  while (reference !== null) {
    const parent = context.parentOf(child, reference)
    if (parent === null || seen.has(parent.subject)) return false
    if (baseline.items.has(parent.subject)) return true
    seen.add(parent.subject)
    reference = momentAt(itemMoments(parent, context), moment.at)?.fields.parent ?? null
    child = parent
  }
  return false
}

/** Instants at which the chain above the item changed, without its own change of parent. */
export const ancestryInstants = (subject: LedgerSubject, context: LedgerContext): readonly IsoInstant[] => {
  const instants = new Set<IsoInstant>()
  const seen = new Set([subject.subject])
  const queue = [subject]
  for (const item of queue)
    for (const fact of item.facts) {
      if (fact.field !== 'parent') continue
      if (item !== subject) instants.add(fact.occurredAt)
      const parent = fact.value === null ? null : context.parentOf(item, fact.value)
      if (parent === null || seen.has(parent.subject)) continue
      seen.add(parent.subject)
      queue.push(parent)
    }
  return [...instants].sort(compareInstants)
}
