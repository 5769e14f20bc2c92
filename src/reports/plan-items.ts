import { moneyOf, sizeOf } from '../model/amounts.ts'
import type { BaselineItem } from '../model/baseline.ts'
import { Fault } from '../model/fault.ts'
import { type PlanDocument, plannedSources } from '../model/plan.ts'
import { dayInZone } from '../model/zone.ts'
import { listBaselineItems } from '../store/baseline-items.ts'
import { type Database, type Store, snapshot } from '../store/database.ts'
import { sumBySubject } from '../store/explain-postings.ts'
import { type BookedItem, type BookedState, itemsInPlan, itemsOutsidePlan } from '../store/items-in-plan.ts'
import type { StoredItem } from '../store/items.ts'
import { type OpenedPlan, type PlanQuestion, openPlan } from './load-books.ts'
import { phasesWithin } from './phases-within.ts'
import type { PlanItems } from './shapes/plan-items.ts'
import { type ValueUnit, valueUnitOf } from './value-unit.ts'

export interface ItemsQuestion extends PlanQuestion {
  /** With all below it. */
  readonly phase?: string | undefined
  readonly state?: BookedState | undefined
  /** Only items of the plan's sources that no rule takes. */
  readonly unmapped?: boolean | undefined
  readonly unestimated?: boolean | undefined
  readonly search?: string | undefined
  /** `next` of the page before. */
  readonly after?: string | undefined
  readonly limit?: number | undefined
}

const PAGE = 100
const LARGEST_PAGE = 1_000

/** Which items a plan or a phase counts, exactly, and what each weighs, earned and cost. */
export const planItems = (store: Store, question: ItemsQuestion): Promise<PlanItems> =>
  snapshot(store.db, async (tx) => {
    const opened = await openPlan(tx, question)
    const { plan, document, revision, asOf, baseline } = opened
    const head = {
      plan: plan.id,
      phase: question.phase ?? null,
      asOf,
      revision: revision.no,
      unit: document.unit,
      currency: document.currency,
    }
    const page = {
      search: question.search,
      after: question.after,
      limit: Math.min(LARGEST_PAGE, question.limit ?? PAGE),
    }
    if (question.unmapped) {
      const named = plannedSources(document)
      const found = await itemsOutsidePlan(tx, plan.no, { ...page, sources: named === null ? null : [...named] })
      return { ...head, items: found.items.map(unmappedItem), next: found.next }
    }
    const found = await itemsInPlan(tx, plan.no, {
      ...page,
      asOf,
      revision: revision.no,
      phaseNos: question.phase === undefined ? undefined : phaseNumbers(opened, question.phase),
      states: question.state === undefined ? undefined : [question.state],
      unestimated: question.unestimated,
    })
    const frozen = await frozenShares(tx, opened, found.items)
    const names = new Map([...document.phases, ...(baseline?.plan.phases ?? [])].map((phase) => [phase.no, phase.id]))
    const unit = valueUnitOf(document, baseline)
    return {
      ...head,
      items: found.items.map((booked) => reported(booked, names.get(booked.phaseNo) ?? null, frozen, document, unit)),
      next: found.next,
    }
  })

const phaseNumbers = ({ document, baseline }: OpenedPlan, phase: string): readonly number[] => {
  const all = [...document.phases, ...(baseline?.plan.phases ?? [])]
  if (!all.some(({ id }) => id === phase))
    throw new Fault('notFound', `reports: plan ${document.id} has no phase ${phase}: see its phases on the plan's page`)
  return [...new Set(phasesWithin(all, phase).map(({ no }) => no))]
}

interface FrozenShares {
  readonly listed: ReadonlyMap<number, BaselineItem>
  readonly earned: ReadonlyMap<number, bigint>
}

const frozenShares = async (
  tx: Database,
  { plan, baseline, asOf, revision }: OpenedPlan,
  items: readonly BookedItem[],
): Promise<FrozenShares> => {
  if (!baseline || items.length === 0) return { listed: new Map(), earned: new Map() }
  const subjects = items.map(({ item }) => item.subject)
  const listed = await listBaselineItems(tx, plan.no, baseline.number, { subjects })
  const sums = await sumBySubject(tx, plan.no, { books: [baseline.number], asOf, revision: revision.no, subjects })
  const earned = new Map<number, bigint>()
  for (const { subject, amounts } of sums) earned.set(subject, (earned.get(subject) ?? 0n) + amounts.earned)
  return { listed: new Map(listed.map((item) => [item.subject, item])), earned }
}

const reported = (
  booked: BookedItem,
  phase: string | null,
  { listed, earned }: FrozenShares,
  { currency, zone }: PlanDocument,
  unit: ValueUnit,
): PlanItems['items'][number] => {
  const { item } = booked
  const frozen = listed.get(item.subject)
  return {
    ...described(item),
    phase,
    state: booked.state === 'gone' ? (GONE[booked.lastCause] ?? 'removed') : booked.state,
    size: sizeOf(booked.size),
    estimated: booked.estimated,
    baselineSize: frozen ? sizeOf(frozen.size) : null,
    baselineValue: frozen ? unit.number(frozen.value) : null,
    earnedValue: frozen ? unit.number(earned.get(item.subject) ?? 0n) : null,
    hours: booked.seconds / 3600,
    cost: currency === null || booked.unratedSeconds > 0 ? null : moneyOf(booked.cost, currency),
    addedOn: booked.addedOn,
    startedOn: booked.startedOn,
    doneOn: booked.state === 'done' && booked.doneAt !== null ? dayInZone(booked.doneAt, zone) : null,
  }
}

const GONE: Partial<Record<BookedItem['lastCause'], 'deleted' | 'container' | 'removed'>> = {
  deleted: 'deleted',
  split: 'container',
  removed: 'removed',
}

const unmappedItem = (item: StoredItem): PlanItems['items'][number] => ({
  ...described(item),
  phase: null,
  state: 'unmapped',
  size: item.points ?? 0,
  estimated: item.points !== null || item.estimateSeconds !== null,
  baselineSize: null,
  baselineValue: null,
  earnedValue: null,
  hours: item.loggedSeconds / 3600,
  cost: null,
  addedOn: null,
  startedOn: null,
  doneOn: null,
})

const described = (item: StoredItem) => ({
  subject: item.subject,
  key: item.key,
  url: item.url,
  title: item.title,
  source: item.source,
  type: item.type,
  status: item.status,
  assignees: [...item.assignees],
  due: item.due,
})
