import type { Micro } from '../model/amounts.ts'
import { type Cause, type DesiredLine, NO_AMOUNTS } from '../model/posting.ts'
import { type IsoInstant, compareInstants } from '../model/time.ts'
import { dayInZone } from '../model/zone.ts'
import { ancestryInstants, hasListedAncestor } from './ancestry.ts'
import { type Descendants, type FamilyMoment, NO_DESCENDANTS, familyMoments, isContainer } from './family-moments.ts'
import type { LedgerBaseline, LedgerContext, LedgerSubject, ListedItem } from './ledger-context.ts'
import { isNothing } from './standing.ts'
import { factBehind, standingOf } from './state-lines.ts'

/**
 * Book N: what the item earns from baseline N if its list holds it, else what it brings from outside the list.
 * Children of listed items do neither: the listed item earns by them.
 */
export const baselineLines = (
  subject: LedgerSubject,
  baseline: LedgerBaseline,
  context: LedgerContext,
): DesiredLine[] => {
  const family = familyMoments(subject, context, baseline.plan)
  const listed = baseline.items.get(subject.subject)
  return listed ? earnedLines(family, listed, baseline) : outsideLines(subject, family, baseline, context)
}

/**
 * Its value on the day it was done, in the phase where it was budgeted, wherever the item is now (ledger F11). Beside
 * the value it counts as started and done there: techniques that ask for either look at listed items only (ledger F16).
 */
const earnedLines = (family: readonly FamilyMoment[], listed: ListedItem, baseline: LedgerBaseline): DesiredLine[] => {
  const lines: DesiredLine[] = []
  let before: Earning = { earned: 0n, done: 0, doing: 0 }
  let isEarning = false
  let below = NO_DESCENDANTS
  for (const moment of family) {
    isEarning = staysEarned(moment, isEarning)
    const after = earningAt(moment, listed, isEarning)
    const line = lineOf(baseline, listed.phaseNo, moment, earningCause(moment, below, before, after), {
      earned: after.earned - before.earned,
      done: after.done - before.done,
      doing: after.doing - before.doing,
    })
    if (line) lines.push(line)
    before = after
    below = moment.below
  }
  return lines
}

interface Earning {
  readonly earned: Micro
  /** 1 = done; a container when all below it is. */
  readonly done: number
  /** 1 = started and not done. */
  readonly doing: number
}

const earningAt = (moment: FamilyMoment, { value }: ListedItem, isEarning: boolean): Earning => {
  if (!isContainer(moment))
    return {
      earned: isEarning ? value : 0n,
      done: isEarning ? 1 : 0,
      doing: !isEarning && moment.phase !== null && moment.fields.status.state === 'doing' ? 1 : 0,
    }
  const done = moment.below.done === moment.below.items ? 1 : 0
  return { earned: shareOf(value, moment), done, doing: done === 0 && moment.below.done > 0 ? 1 : 0 }
}

/** Done in the plan earns; done work that a later clean-up takes out of the plan keeps what it earned. */
const staysEarned = (moment: FamilyMoment, before: boolean): boolean =>
  moment.fields.status.state === 'done' && (moment.phase !== null || before)

/** value × size done ÷ size of the items below; by count where they weigh nothing. */
const shareOf = (value: Micro, { below }: FamilyMoment): Micro =>
  below.size > 0n ? (value * below.doneSize) / below.size : (value * BigInt(below.done)) / BigInt(below.items)

/** What changed: the item's own state, work done below it, or detail that came or went below it. */
const earningCause = (moment: FamilyMoment, below: Descendants, before: Earning, after: Earning): Cause => {
  const wasContainer = below.items > 0
  if (isContainer(moment) !== wasContainer) return 'split'
  if (wasContainer && moment.below.doneSize === below.doneSize && moment.below.done === below.done) return 'split'
  if (after.earned > before.earned || after.done > before.done) return 'completed'
  if (after.earned === before.earned && after.done === before.done && after.doing > before.doing) return 'started'
  return moment.fields.status.state === 'dropped' ? 'dropped' : 'reopened'
}

interface Outside {
  readonly phaseNo: number
  readonly size: Micro
  /** Size when completed; later estimates do not change it. */
  readonly outside: Micro
}

const outsideLines = (
  subject: LedgerSubject,
  family: readonly FamilyMoment[],
  baseline: LedgerBaseline,
  context: LedgerContext,
): DesiredLine[] => {
  const lines: DesiredLine[] = []
  let before: Outside | null = null
  for (const moment of withInstants(family, ancestryInstants(subject, context))) {
    const after = outsideAt(subject, moment, before, baseline, context)
    const add = (phaseNo: number, cause: Cause, size: Micro, outside: Micro) => {
      const line = lineOf(baseline, phaseNo, moment, cause, { size, outside })
      if (line) lines.push(line)
    }
    if (before !== null && after !== null && before.phaseNo === after.phaseNo) {
      const outside = after.outside - before.outside
      add(
        after.phaseNo,
        outside > 0n ? 'completed' : outside < 0n ? 'reopened' : 'estimated',
        after.size - before.size,
        outside,
      )
    } else {
      if (before !== null)
        add(before.phaseNo, after === null ? leavingCause(moment) : 'moved', -before.size, -before.outside)
      if (after !== null) add(after.phaseNo, before === null ? 'added' : 'moved', after.size, after.outside)
    }
    before = after
  }
  return lines
}

const outsideAt = (
  subject: LedgerSubject,
  moment: FamilyMoment,
  before: Outside | null,
  baseline: LedgerBaseline,
  context: LedgerContext,
): Outside | null => {
  const standing = standingOf(moment)
  if (standing.absent !== null || standing.state === 'dropped') return null
  if (hasListedAncestor(subject, moment, baseline, context)) return null
  const { phaseNo, size, state } = standing
  const outside = state !== 'done' ? 0n : before !== null && before.outside !== 0n ? before.outside : size
  return { phaseNo, size, outside }
}

const leavingCause = (moment: FamilyMoment): Cause => {
  const standing = standingOf(moment)
  if (standing.absent === null) return standing.state === 'dropped' ? 'dropped' : 'split'
  return standing.absent === 'gone' ? 'deleted' : standing.absent === 'container' ? 'split' : 'removed'
}

const withInstants = (family: readonly FamilyMoment[], instants: readonly IsoInstant[]): readonly FamilyMoment[] => {
  if (instants.length === 0) return family
  const all: FamilyMoment[] = []
  let next = 0
  for (const [index, moment] of family.entries()) {
    all.push(moment)
    while (next < instants.length && compareInstants(instants[next]!, moment.at) <= 0) next += 1
    const until = family[index + 1]?.at
    for (; next < instants.length && (until === undefined || compareInstants(instants[next]!, until) < 0); next += 1)
      all.push({ ...moment, at: instants[next]!, facts: [] })
  }
  return all
}

const lineOf = (
  baseline: LedgerBaseline,
  phaseNo: number,
  moment: FamilyMoment,
  cause: Cause,
  part: Earning | { readonly size: Micro; readonly outside: Micro },
): DesiredLine | null => {
  const amounts = { ...NO_AMOUNTS, ...part }
  if (isNothing(amounts)) return null
  return {
    book: baseline.number,
    phaseNo,
    day: dayInZone(moment.at, baseline.zone),
    occurredAt: moment.at,
    cause,
    factKey: factBehind(moment.facts, cause, baseline.plan.unit),
    resourceNo: null,
    amounts,
  }
}
