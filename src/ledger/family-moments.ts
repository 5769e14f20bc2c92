import type { Micro } from '../model/amounts.ts'
import { type IsoInstant, compareInstants } from '../model/time.ts'
import { type Moment, inScope, itemMoments } from './item-moments.ts'
import { type SizeMeasure, itemSize } from './item-size.ts'
import type { LedgerContext, LedgerSubject } from './ledger-context.ts'

/** Items without children in scope that stand below an item, summed. */
export interface Descendants {
  readonly items: number
  readonly done: number
  readonly size: Micro
  readonly doneSize: Micro
}

/** A moment of an item together with what its children carry from then on. */
export interface FamilyMoment extends Moment {
  readonly size: Micro
  readonly estimated: boolean
  readonly below: Descendants
}

export const NO_DESCENDANTS: Descendants = { items: 0, done: 0, size: 0n, doneSize: 0n }

/** An item is a container while at least one item below it is in the plan's scope: those count, it does not. */
export const isContainer = (moment: FamilyMoment): boolean => moment.below.items > 0

/**
 * The item's moments, and those at which what stands below it changed. Facts of a chain of parents that closes on
 * itself are cut where it closes.
 */
export const familyMoments = (
  subject: LedgerSubject,
  context: LedgerContext,
  measure: SizeMeasure,
): readonly FamilyMoment[] => walk(subject, context, measure, new Set())

const walk = (
  subject: LedgerSubject,
  context: LedgerContext,
  measure: SizeMeasure,
  above: ReadonlySet<number>,
): readonly FamilyMoment[] => {
  const own = itemMoments(subject, context)
  const children = context.childrenOf(subject).filter((child) => !above.has(child.subject) && child !== subject)
  if (children.length === 0) return own.map((moment) => sized(moment, measure, NO_DESCENDANTS))
  const path = new Set(above).add(subject.subject)
  const changes = children
    .flatMap((child) => contribution(walk(child, context, measure, path), subject.externalId))
    .sort((a, b) => compareInstants(a.at, b.at))
  return merge(own, changes, measure)
}

interface Change {
  readonly at: IsoInstant
  readonly by: Descendants
}

/** What a child adds to the items below `parentId`, change by change. */
const contribution = (child: readonly FamilyMoment[], parentId: string): readonly Change[] => {
  const changes: Change[] = []
  let before = NO_DESCENDANTS
  for (const moment of child) {
    const after = moment.fields.parent?.id === parentId ? carried(moment) : NO_DESCENDANTS
    if (!same(before, after)) changes.push({ at: moment.at, by: plus(after, before, -1) })
    before = after
  }
  return changes
}

const carried = (moment: FamilyMoment): Descendants => {
  if (isContainer(moment)) return moment.below
  if (!inScope(moment)) return NO_DESCENDANTS
  const isDone = moment.fields.status.state === 'done'
  return { items: 1, done: isDone ? 1 : 0, size: moment.size, doneSize: isDone ? moment.size : 0n }
}

const merge = (own: readonly Moment[], changes: readonly Change[], measure: SizeMeasure): readonly FamilyMoment[] => {
  const merged: FamilyMoment[] = []
  let below = NO_DESCENDANTS
  let next = 0
  const advance = (to: IsoInstant) => {
    for (; next < changes.length && compareInstants(changes[next]!.at, to) <= 0; next += 1)
      below = plus(below, changes[next]!.by, 1)
  }
  for (const [index, moment] of own.entries()) {
    advance(moment.at)
    merged.push(sized(moment, measure, below))
    const until = own[index + 1]?.at
    while (next < changes.length && (until === undefined || compareInstants(changes[next]!.at, until) < 0)) {
      const at = changes[next]!.at
      const before = below
      advance(at)
      if (!same(before, below)) merged.push(sized({ ...moment, at, facts: [] }, measure, below))
    }
  }
  return merged
}

const sized = (moment: Moment, measure: SizeMeasure, below: Descendants): FamilyMoment => ({
  at: moment.at,
  facts: moment.facts,
  fields: moment.fields,
  phase: moment.phase,
  ...itemSize(moment.fields, measure),
  below,
})

const plus = (a: Descendants, b: Descendants, sign: 1 | -1): Descendants => ({
  items: a.items + sign * b.items,
  done: a.done + sign * b.done,
  size: a.size + BigInt(sign) * b.size,
  doneSize: a.doneSize + BigInt(sign) * b.doneSize,
})

const same = (a: Descendants, b: Descendants): boolean =>
  a.items === b.items && a.done === b.done && a.size === b.size && a.doneSize === b.doneSize
