import { type Fact, type PulledItem, byOccurrence } from '../model/fact.ts'
import { type IsoInstant, compareInstants } from '../model/time.ts'
import { BLANK_FIELDS, type ItemField } from '../model/work-item.ts'
import { sortFacts } from './item-timeline.ts'
import { sameValue } from './same-value.ts'
import { isSeen, seenFact } from './seen-fact.ts'

export interface PullTimes {
  readonly startedAt: IsoInstant
  /** Begin of the newest pull of this item that is stored; `null` = never pulled. */
  readonly previousStartedAt: IsoInstant | null
}

/** Facts to take back and facts to add, in this order: one whose key stays and whose value changed is in both. */
export interface FactChange {
  readonly retract: readonly Fact[]
  readonly assert: readonly Fact[]
}

/**
 * What a pull changes in what is known of an item. A pull restates the whole history; where the history is silent,
 * what the pull saw counts: the first value since the item was created (marked assumed), a later one since the
 * tracker's `updated` when that is newer than the last pull, else since the pull.
 *
 * @param stored active facts of the item
 * @returns nothing when the same pull is reconciled again; a pull begun before the stored one only adds
 * @source ledger F13
 */
export const reconcileFacts = (stored: readonly Fact[], pulled: PulledItem, pull: PullTimes): FactChange => {
  const known = new Map(stored.map((fact) => [fact.key, fact]))
  const history = historyOf(pulled)
  if (pull.previousStartedAt !== null && compareInstants(pull.startedAt, pull.previousStartedAt) < 0)
    return { retract: [], assert: history.filter((fact) => !known.has(fact.key)) }

  const target = [
    ...history,
    ...(Object.keys(BLANK_FIELDS) as ItemField[]).flatMap((field) => seenFacts(field, stored, history, pulled, pull)),
  ]
  const wanted = new Map(target.map((fact) => [fact.key, fact]))
  const stays = (fact: Fact | undefined, other: Fact | undefined) =>
    fact !== undefined && other !== undefined && sameFact(fact, other)
  return {
    retract: stored.filter((fact) => !stays(fact, wanted.get(fact.key))),
    assert: [...wanted.values()].filter((fact) => !stays(fact, known.get(fact.key))).sort(byOccurrence),
  }
}

/** The history with exactly one birth, and worklogs keyed by their id. */
const historyOf = (pulled: PulledItem): readonly Fact[] => {
  const history = pulled.history.map((fact) =>
    fact.field === 'worklog' ? { ...fact, key: `worklog:${fact.value.id}` } : fact,
  )
  const hasBirth = history.some((fact) => fact.field === 'created')
  return sortFacts(hasBirth ? history : [birth(pulled.createdAt), ...history])
}

const birth = (createdAt: IsoInstant): Fact => ({
  key: 'created',
  field: 'created',
  value: null,
  occurredAt: createdAt,
  sequence: -1,
  actor: null,
  assumed: false,
})

/** Facts of one field that rest on what pulls saw: those seen before that still say something, and what is new. */
const seenFacts = (
  field: ItemField,
  stored: readonly Fact[],
  history: readonly Fact[],
  pulled: PulledItem,
  pull: PullTimes,
): readonly Fact[] => {
  const told = history.filter((fact) => fact.field === field)
  const isComplete = pulled.completeHistory.includes(field)
  if (isComplete && told.length > 0) return []

  const value = pulled.snapshot[field]
  const seenBefore = isComplete ? [] : stored.filter((fact) => fact.field === field && isSeen(fact))
  const all = [...told, ...seenBefore].sort(byOccurrence)
  const kept = seenBefore.filter((fact) => !isRetold(fact, all))
  const last = [...told, ...kept].sort(byOccurrence).at(-1)
  if (sameValue(last === undefined ? BLANK_FIELDS[field] : last.value, value)) return kept

  const isFirst = last === undefined && (isComplete || pull.previousStartedAt === null)
  if (isFirst) return [seenFact(field, value, pulled.createdAt, { assumed: !isComplete })]
  return [...kept, seenFact(field, value, ...datedAfter(last, pulled, pull))]
}

/** Whether history tells what a pull had seen: the value was there already, or came with the next fact. */
const isRetold = (fact: Fact, all: readonly Fact[]): boolean => {
  const at = all.indexOf(fact)
  const before = at === 0 ? undefined : all[at - 1]
  const after = all[at + 1]
  const saysNothing = before !== undefined && sameValue(before.value, fact.value)
  return saysNothing || (after !== undefined && !isSeen(after) && sameValue(after.value, fact.value))
}

const datedAfter = (
  last: Fact | undefined,
  { updatedAt, createdAt }: PulledItem,
  { startedAt, previousStartedAt }: PullTimes,
): [IsoInstant, { readonly sequence: number }] => {
  const isNews = previousStartedAt === null || compareInstants(updatedAt, previousStartedAt) > 0
  const at = later(isNews ? updatedAt : startedAt, createdAt)
  if (last === undefined || compareInstants(at, last.occurredAt) > 0) return [at, { sequence: 0 }]
  // The clock of the tracker and ours disagree: directly after what is known.
  return [last.occurredAt, { sequence: last.sequence + 1 }]
}

const later = (a: IsoInstant, b: IsoInstant): IsoInstant => (compareInstants(a, b) >= 0 ? a : b)

const sameFact = (a: Fact, b: Fact): boolean =>
  a.field === b.field &&
  a.occurredAt === b.occurredAt &&
  a.sequence === b.sequence &&
  a.actor === b.actor &&
  a.assumed === b.assumed &&
  sameValue(a.value, b.value)
