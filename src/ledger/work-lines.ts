import type { WorklogFact } from '../model/fact.ts'
import type { Phase } from '../model/plan.ts'
import { type DesiredLine, NO_AMOUNTS } from '../model/posting.ts'
import { rateOn } from '../model/resource.ts'
import { type IsoInstant, compareInstants } from '../model/time.ts'
import { dayInZone } from '../model/zone.ts'
import { type Moment, itemMoments } from './item-moments.ts'
import { sortFacts } from './item-timeline.ts'
import type { LedgerContext, LedgerSubject } from './ledger-context.ts'

/**
 * Book 0: time logged and what it cost, on the day of the work, in the phase that the item was in then (ledger F11).
 * Work done while no phase held the item goes to the next one it enters, else to the last it was in.
 */
export const workLines = (subject: LedgerSubject, context: LedgerContext): DesiredLine[] => {
  const lines: DesiredLine[] = []
  if (!subject.facts.some((fact) => fact.field === 'worklog')) return lines
  const moments = itemMoments(subject, context)
  for (const fact of sortFacts(subject.facts)) {
    if (fact.field !== 'worklog' || fact.value.seconds === null || fact.value.seconds === 0) continue
    const phase = phaseWhenWorked(moments, fact.value.startedAt)
    if (phase !== null) lines.push(workLine(fact, fact.value.seconds, phase, context))
  }
  return lines
}

const workLine = (fact: WorklogFact, seconds: number, phase: Phase, context: LedgerContext): DesiredLine => {
  const { account, startedAt } = fact.value
  const day = dayInZone(startedAt, context.plan.zone)
  const resource = account === null ? null : context.resourceOf(account)
  const isCosted = phase.actualCost !== 'entered' && context.plan.currency !== null
  const rate = resource === null || context.plan.currency === null ? null : rateOn(resource, day, context.plan.currency)
  return {
    book: 0,
    phaseNo: phase.no,
    day,
    occurredAt: startedAt,
    cause: 'worked',
    factKey: fact.key,
    resourceNo: resource?.no ?? null,
    amounts: {
      ...NO_AMOUNTS,
      seconds,
      cost: isCosted && rate !== null ? costOf(rate, seconds) : 0n,
      unratedSeconds: isCosted && rate === null ? seconds : 0,
    },
  }
}

/** Rate per hour × seconds, rounded to the nearest micro unit. */
const costOf = (rate: bigint, seconds: number): bigint => {
  const product = 2n * rate * BigInt(seconds)
  return (product >= 0n ? product + 3600n : product - 3600n) / 7200n
}

const phaseWhenWorked = (moments: readonly Moment[], at: IsoInstant): Phase | null => {
  let last: Phase | null = null
  let then: Phase | null = null
  for (const { at: from, phase } of moments) {
    if (compareInstants(from, at) <= 0) then = phase
    else {
      if (then !== null) return then
      if (phase !== null) return phase
    }
    last = phase ?? last
  }
  return then ?? last
}
