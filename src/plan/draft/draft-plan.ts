import type { SizeUnit } from '../../model/plan.ts'
import { type IsoDate, addDays } from '../../model/time.ts'
import { type Zone, dayInZone } from '../../model/zone.ts'
import type { SetupPhase, SetupPlan } from '../setup/setup.ts'
import { blankPhase, blankPlan, idFrom } from './blank-plan.ts'
import { type Candidate, findCandidates } from './find-candidates.ts'
import type { TrackedItem, TrackedSource } from './tracked-work.ts'

export interface DraftRequest {
  readonly id: string
  readonly name: string
  readonly zone: Zone
  readonly today: IsoDate
}

/** What stands behind a drafted phase, to show beside it. */
export interface PhaseEvidence {
  readonly phase: string
  readonly items: number
  readonly done: number
  /** In the plan's unit, unestimated items at the plan's missing size; dropped items do not count. */
  readonly size: number
  readonly unestimated: number
}

export interface PlanDraft {
  readonly plan: SetupPlan
  /** What was guessed and why, in sentences; the plan's own first. */
  readonly remarks: readonly string[]
  readonly evidence: readonly PhaseEvidence[]
}

/** More phases than this do not make a page that anybody reads. */
const MOST_PHASES = 24

/**
 * Proposes a plan from what trackers know: a phase per milestone, then per epic whose items have no milestone, with
 * mapping rules and dates. It is a proposal to edit: every guess is a remark, and what nobody said stays empty.
 */
export const draftPlan = (sources: readonly TrackedSource[], request: DraftRequest): PlanDraft => {
  const remarks: string[] = []
  const items = sources.flatMap((source) => source.items.filter(({ state }) => state !== 'dropped'))
  const { unit, missingSize } = chooseUnit(items, remarks)
  const found = findCandidates(sources, request.zone)
  const chosen = choosePhases(found, request.today, remarks)
  const ids = new Set<string>()
  const mapped = new Set<TrackedItem>()
  const phases: SetupPhase[] = []
  const evidence: PhaseEvidence[] = []
  for (const [index, candidate] of chosen.entries()) {
    const id = idFrom(candidate.title, ids)
    const dates = datesOf(candidate, chosen[index - 1], request, remarks)
    phases.push({ ...blankPhase(id, candidate.title), ...dates, map: candidate.rules })
    // As in the ledger, the first rule that matches wins.
    const own = candidate.items.filter((item) => !mapped.has(item))
    for (const item of own) mapped.add(item)
    evidence.push(evidenceOf(id, own, unit, missingSize))
  }
  const parents = new Set(items.map(({ parent }) => parent))
  const left = items.filter((item) => !mapped.has(item) && !parents.has(item.key)).length
  if (left > 0)
    remarks.push(
      `${countOf(left, 'item')} of ${items.length} belong to none of these phases; they stay listed as unmapped until a rule takes them.`,
    )
  return { plan: { ...blankPlan(request), unit, missingSize, phases }, remarks, evidence }
}

const chooseUnit = (
  items: readonly TrackedItem[],
  remarks: string[],
): { readonly unit: SizeUnit; readonly missingSize: number } => {
  const leaves = leavesOf(items)
  const measures = [
    { unit: 'points' as const, sizes: leaves.flatMap(({ points }) => (points === null ? [] : [points])) },
    {
      unit: 'hours' as const,
      sizes: leaves.flatMap(({ estimateSeconds }) => (estimateSeconds === null ? [] : [estimateSeconds / 3600])),
    },
  ]
  for (const { unit, sizes } of measures) {
    if (leaves.length === 0 || sizes.length * 2 <= leaves.length) continue
    const missingSize = median(sizes.filter((size) => size > 0)) ?? 1
    remarks.push(
      `Unit ${unit}: ${sizes.length} of ${leaves.length} items are estimated in ${unit}. The others weigh ${missingSize}, the median, and stay flagged.`,
    )
    return { unit, missingSize }
  }
  const points = measures[0]?.sizes.length ?? 0
  remarks.push(
    `Unit items: every item counts as one, because ${points === 0 ? 'none has' : `only ${points} of ${leaves.length} have`} an estimate in points.`,
  )
  return { unit: 'items', missingSize: 1 }
}

/** Open phases first in importance; old closed ones go when there are too many. In order of their dates. */
const choosePhases = (found: readonly Candidate[], today: IsoDate, remarks: string[]): readonly Candidate[] => {
  const lastDay = (candidate: Candidate): IsoDate => candidate.closed ?? candidate.finish ?? '9999-12-31'
  const recent = found.filter((candidate) => candidate.closed === null || candidate.closed >= addDays(today, -365))
  const old = found.length - recent.length
  if (old > 0)
    remarks.push(`${countOf(old, 'phase')} closed more than a year ago ${old === 1 ? 'is' : 'are'} left out.`)
  const ranked = [...recent].sort(
    (a, b) => Number(a.closed !== null) - Number(b.closed !== null) || b.items.length - a.items.length,
  )
  const kept = new Set(ranked.slice(0, MOST_PHASES))
  if (ranked.length > MOST_PHASES)
    remarks.push(
      `Only the ${MOST_PHASES} open and largest of ${ranked.length} possible phases are drafted; add rules for the others if they belong to the plan.`,
    )
  return recent
    .filter((candidate) => kept.has(candidate))
    .sort((a, b) => compare(lastDay(a), lastDay(b)) || compare(a.title, b.title))
}

const datesOf = (
  candidate: Candidate,
  before: Candidate | undefined,
  { zone }: DraftRequest,
  remarks: string[],
): { readonly start: IsoDate | null; readonly finish: IsoDate | null } => {
  const name = `"${candidate.title}"`
  const finish = candidate.finish ?? candidate.closed
  if (candidate.finish === null)
    remarks.push(
      candidate.closed === null
        ? `${name} has no due date: write its finish, or it has no planned value.`
        : `${name} has no due date; its finish is the day on which it was closed.`,
    )
  if (candidate.items.length === 0)
    remarks.push(`${name} has no items yet: write its size, or nothing can be earned until they exist.`)
  if (candidate.start !== null && (finish === null || candidate.start <= finish))
    return { start: candidate.start, finish }
  const follows = before?.finish == null ? null : addDays(before.finish, 1)
  const [first] = candidate.items.map(({ createdAt }) => dayInZone(createdAt, zone)).sort()
  const guess = [follows, first].find((day) => day != null && (finish === null || day <= finish)) ?? null
  if (guess === null) {
    remarks.push(`${name} has no start date: write its start, or it has no planned value.`)
    return { start: null, finish }
  }
  remarks.push(
    guess !== follows
      ? `${name} has no start date; taken is ${guess}, the day on which its first item was created.`
      : `${name} has no start date; taken is ${guess}, the day after "${before?.title}" is due.`,
  )
  return { start: guess, finish }
}

const evidenceOf = (phase: string, all: readonly TrackedItem[], unit: SizeUnit, missingSize: number): PhaseEvidence => {
  const items = leavesOf(all.filter(({ state }) => state !== 'dropped'))
  const sizes = items.map((item) => sizeOf(item, unit))
  return {
    phase,
    items: items.length,
    done: items.filter(({ state }) => state === 'done').length,
    size: sizes.reduce<number>((sum, size) => sum + (size ?? missingSize), 0),
    unestimated: sizes.filter((size) => size === null).length,
  }
}

const sizeOf = (item: TrackedItem, unit: SizeUnit): number | null =>
  unit === 'items'
    ? 1
    : unit === 'points'
      ? item.points
      : item.estimateSeconds === null
        ? null
        : item.estimateSeconds / 3600

/** A parent whose children are there carries no size of its own. */
const leavesOf = (items: readonly TrackedItem[]): readonly TrackedItem[] => {
  const parents = new Set(items.map(({ parent }) => parent))
  return items.filter(({ key }) => !parents.has(key))
}

const median = (values: readonly number[]): number | null => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null
}

const countOf = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
