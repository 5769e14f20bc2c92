import type { Sample } from '../../../demo/sample/portfolio.ts'
import { type Replay, type ReplayedItem, replay } from './replay.ts'
import {
  amountOf,
  leafPhases,
  readSetup,
  type WrittenPhase,
  type WrittenPlan,
  type WrittenRule,
  type WrittenSetup,
} from './setup-as-written.ts'

/** What a plan looks like on a day, by sums that fit on a sheet of paper. */
export interface Health {
  readonly plannedValue: number
  readonly earnedValue: number
  readonly actualCost: number
  readonly budget: number
  /** Sizes, in the plan's unit. */
  readonly scope: {
    readonly baseline: number
    readonly current: number
    readonly done: number
    readonly planned: number
  }
  readonly perPhase: Readonly<
    Record<
      string,
      { readonly planned: number; readonly earned: number; readonly cost: number; readonly budget: number }
    >
  >
}

const DAY = 86_400_000
const nextDay = (date: string): string => new Date(Date.parse(date) + DAY).toISOString()

export const healthOf = (sample: Sample, planId: string, asOf: string): Health => {
  const setup = readSetup(sample.setup)
  const plan = setup.plans[planId]!
  const frozen = replay(sample.events, nextDay(sample.baselines.find((each) => each.plan === planId)!.asOf))
  const now = replay(sample.events, nextDay(asOf))
  const perPhase: Record<string, { planned: number; earned: number; cost: number; budget: number }> = {}
  const scope = { baseline: 0, current: 0, done: 0, planned: 0 }
  const listedAnywhere = new Set(
    [...frozen.items.values()].filter((item) => phaseOf(setup, plan, item, frozen)).map((item) => item.ref),
  )
  for (const phase of leafPhases(plan)) {
    const inPhase = (world: Replay): ReplayedItem[] =>
      [...world.items.values()].filter(
        (item) =>
          !item.gone &&
          item.state !== 'dropped' &&
          item.type !== 'Epic' &&
          phaseOf(setup, plan, item, world) === phase.id,
      )
    const size = (item: ReplayedItem): number => (plan.unit === 'items' ? 1 : (item.points ?? plan.missingSize))
    const listed = inPhase(frozen)
    const present = inPhase(now)
    const sum = (items: readonly ReplayedItem[]): number => items.reduce((total, item) => total + size(item), 0)
    const baseline = Math.max(phase.size ?? 0, sum(listed))
    const pool = baseline - sum(listed)
    const outside = present.filter((item) => !listedAnywhere.has(item.ref))
    const listedDone = listed.filter((item) => now.items.get(item.ref)!.state === 'done')
    const budget = amountOf(phase)
    const planned = plannedShare(phase, asOf)
    const byItems =
      baseline === 0
        ? 0
        : (sum(listedDone) + Math.min(pool, sum(outside.filter((item) => item.state === 'done')))) / baseline
    const earned = earnedShare(phase, asOf, now, listed, byItems, setup)
    perPhase[phase.id] = {
      planned: planned * budget,
      earned: earned * budget,
      cost: costOf(setup, plan, phase, asOf, now),
      budget,
    }
    scope.baseline += baseline
    scope.current += sum(present) + Math.max(0, pool - sum(outside))
    scope.done += sum(present.filter((item) => item.state === 'done'))
    scope.planned += planned * baseline
  }
  const total = (key: 'planned' | 'earned' | 'cost' | 'budget'): number =>
    Object.values(perPhase).reduce((all, phase) => all + phase[key], 0)
  return {
    plannedValue: total('planned'),
    earnedValue: total('earned'),
    actualCost: total('cost'),
    budget: total('budget'),
    scope,
    perPhase,
  }
}

/** First rule that matches, in plan order. */
export const phaseOf = (setup: WrittenSetup, plan: WrittenPlan, item: ReplayedItem, world: Replay): string | null => {
  for (const phase of leafPhases(plan))
    if ((phase.map ?? []).some((rule) => matches(setup, rule, item, world))) return phase.id
  return null
}

const matches = (setup: WrittenSetup, rule: WrittenRule, item: ReplayedItem, world: Replay): boolean =>
  Object.entries(rule).every(([key, wanted]) => {
    const any = (values: readonly (string | null)[]): boolean => [wanted].flat().some((value) => values.includes(value))
    const source = key === 'source' ? setup.sources[String(wanted)] : undefined
    if (key === 'source') return source !== undefined && (source.repository ?? source.project) === item.container
    if (key === 'milestone') return any([item.milestone])
    if (key === 'epic') return any([item.parent === null ? null : world.items.get(item.parent)!.key])
    if (key === 'label') return any(item.labels)
    if (key === 'component') return any(item.components)
    if (key === 'type') return any([item.type])
    if (key === 'key') return any([item.key])
    if (key === 'title')
      return [wanted].flat().some((words) =>
        words
          .toLowerCase()
          .split(' ')
          .every((word) => item.title.toLowerCase().includes(word)),
      )
    throw new Error(`a rule of the sample uses ${key}, which this test does not know`)
  })

const weekdays = (from: string, to: string): number => {
  let count = 0
  for (let day = Date.parse(from); day <= Date.parse(to); day += DAY)
    if (new Date(day).getUTCDay() % 6 !== 0) count += 1
  return count
}

const plannedShare = (phase: WrittenPhase, asOf: string): number => {
  const all = weekdays(phase.start, phase.finish)
  const t = Math.min(1, (asOf < phase.start ? 0 : weekdays(phase.start, asOf)) / all)
  const spread = typeof phase.budget === 'object' ? phase.budget.spread : 'linear'
  return { linear: t, front: 2 * t - t * t, back: t * t, bell: 3 * t * t - 2 * t * t * t }[spread] ?? Number.NaN
}

const earnedShare = (
  phase: WrittenPhase,
  asOf: string,
  now: Replay,
  listed: readonly ReplayedItem[],
  byItems: number,
  setup: WrittenSetup,
): number => {
  const entered = (phase.actuals ?? []).filter((actual) => actual.date <= asOf)
  const last = (key: 'percent' | 'units'): number => entered.reduce((found, actual) => actual[key] ?? found, 0)
  if (phase.progress === undefined) return byItems
  if (phase.progress === 'level-of-effort') return plannedShare(phase, asOf)
  if (phase.progress === 'units') return last('units') / phase.units!.total
  if (phase.progress === 'manual') return last('percent') / 100
  if (phase.progress === '50/50') {
    const states = listed.map((item) => now.items.get(item.ref)!.state)
    return states.every((state) => state === 'done') ? 1 : states.some((state) => state !== 'todo') ? 0.5 : 0
  }
  if (phase.progress !== 'milestones')
    throw new Error(`the sample uses ${phase.progress}, which this test does not know`)
  const weight = (all: typeof phase.milestones): number =>
    (all ?? []).reduce((sum, milestone) => sum + (milestone.weight ?? 1), 0)
  const reached = (phase.milestones ?? []).filter(({ tracker }) => {
    if (!tracker) return false
    const source = setup.sources[tracker.source]!
    return typeof now.milestones.get(`${source.repository ?? source.project}/${tracker.milestone}`) === 'string'
  })
  return weight(reached) / weight(phase.milestones)
}

const costOf = (setup: WrittenSetup, plan: WrittenPlan, phase: WrittenPhase, asOf: string, now: Replay): number => {
  const entered = (phase.actuals ?? [])
    .filter((actual) => actual.date <= asOf)
    .reduce((sum, actual) => sum + (actual.cost ?? 0), 0)
  const logged = now.logged
    .filter((entry) => phaseOf(setup, plan, now.items.get(entry.item)!, now) === phase.id)
    .reduce(
      (sum, entry) => sum + (entry.seconds / 3600) * Number.parseFloat(setup.resources[entry.person]?.rate ?? '0'),
      0,
    )
  return entered + logged
}
