import { addDays, type IsoDate, type IsoInstant } from '../../src/model/time.ts'
import { startOfDay } from '../../src/model/zone.ts'
import { leavesOf, type PlanBlueprint } from './blueprint.ts'
import type { SampleEvent } from './events.ts'
import { actualsOf } from './invoices.ts'
import { firstAct, type Life, withAct } from './life.ts'
import { type Diary, withLoggedWork } from './log-work.ts'
import { compare, eventsOf, numberItems, trackerOf } from './number-items.ts'
import { PEOPLE, type Person } from './people.ts'
import { weekDayFrom } from './plans/calendar-of.ts'
import { checkout } from './plans/checkout.ts'
import { dataPlatform } from './plans/data-platform.ts'
import { mobile } from './plans/mobile.ts'
import { seededRandom } from './random.ts'
import { setupText } from './setup.ts'
import { untidied } from './untidiness.ts'
import { momentOf, shiftWorkdays, ZONE } from './working-days.ts'
import { type Story, writeItems } from './write-items.ts'
import { writeEpics, writeStrays } from './write-strays.ts'

/** Everything that the demo shows: a set-up file, baselines to freeze, and what happened in the trackers. */
export interface Sample {
  /** The set-up file, YAML. */
  readonly setup: string
  readonly baselines: readonly SampleBaseline[]
  /** By instant; all before the anchor day begins. */
  readonly events: readonly SampleEvent[]
  /** Events before this instant are history when the demo opens; the later ones are its live weeks. */
  readonly liveFrom: IsoInstant
  readonly anchor: IsoDate
  readonly people: readonly Person[]
  /** `acme/web`… */
  readonly repositories: readonly string[]
  readonly projects: readonly { readonly key: string; readonly name: string; readonly components: readonly string[] }[]
}

export interface SampleBaseline {
  readonly plan: string
  readonly asOf: IsoDate
  readonly name: string
  readonly reason: string
}

/** Days before the anchor on which the live weeks begin. */
export const LIVE_DAYS = 28

/**
 * The sample portfolio: three plans of different health over nine months, 28 weeks of them already past.
 *
 * @param seed   the same seed and anchor give the same sample, to the byte
 * @param anchor the day that counts as today
 * @example samplePortfolio({ seed: 1, anchor: '2026-11-22' }).events.length // some thousands
 */
export const samplePortfolio = ({ seed, anchor }: { readonly seed: number; readonly anchor: IsoDate }): Sample => {
  const random = seededRandom(seed)
  const liveFrom = addDays(anchor, -LIVE_DAYS)
  const story: Story = { random, anchor, liveFrom, horizon: startOfDay(anchor, ZONE), usedTitles: new Set() }
  const on = weekDayFrom(anchor)
  const plans = [checkout(on), dataPlatform(on), mobile(on)]
  const written = plans.flatMap((plan) => [
    ...writeEpics(plan),
    ...leavesOf(plan.phases).flatMap((phase) => writeItems(plan, phase, story)),
  ])
  const lives = withHelper(withHours(plans, untidied([...written, ...writeStrays(story)], story), story), story)
  const keys = numberItems(lives)
  const keyOf = (item: string): string => {
    const key = keys.moved.get(item) ?? keys.created.get(item)
    if (key === undefined) throw new RangeError(`the sample has no item ${item}`)
    return key
  }
  const happenings = [
    ...plans.flatMap((plan) => milestoneEvents(plan, story)),
    ...lives.flatMap((life) => eventsOf(life, keys)),
  ]
  return {
    setup: setupText(plans, keyOf, (plan, phase) => actualsOf(plan, phase, ofPhase(lives, plan.id, phase.id), anchor)),
    baselines: plans.map((plan) => ({ plan: plan.id, ...plan.baseline })),
    events: happenings
      .map((event, index) => ({ event, index }))
      .sort((a, b) => compare(a.event.at, b.event.at) || a.index - b.index)
      .map(({ event }) => event),
    liveFrom: startOfDay(liveFrom, ZONE),
    anchor,
    people: PEOPLE,
    repositories: ['acme/web', 'acme/mobile'],
    projects: [
      { key: 'CORE', name: 'Core services', components: ['Migration'] },
      { key: 'DATA', name: 'Data platform', components: ['Training'] },
      { key: 'APP', name: 'App services', components: ['Mobile API'] },
    ],
  }
}

const ofPhase = (lives: readonly Life[], plan: string, phase: string): readonly Life[] =>
  lives.filter((life) => life.plan === plan && life.phase === phase)

const withHours = (plans: readonly PlanBlueprint[], lives: readonly Life[], story: Story): readonly Life[] => {
  const diary: Diary = new Map()
  const worked = new Map<string, Life>()
  for (const plan of plans)
    for (const phase of leavesOf(plan.phases))
      for (const life of withLoggedWork(plan, phase, ofPhase(lives, plan.id, phase.id), diary, story))
        worked.set(life.ref, life)
  return lives.map((life) => worked.get(life.ref) ?? life)
}

/** Three short entries by somebody without a rate: their cost is not known, and Plumbline has to say so. */
const withHelper = (lives: readonly Life[], story: Story): readonly Life[] => {
  const helped = lives
    .filter(
      (life) => life.phase === 'backend' && (firstAct(life, 'start') ?? story.horizon) < momentOf(story.liveFrom, 0),
    )
    .slice(0, 3)
  return lives.map((life) => {
    if (!helped.includes(life)) return life
    const day = shiftWorkdays(firstAct(life, 'start')!.slice(0, 10), 1)
    const deed = {
      kind: 'logWork',
      person: 'emil',
      startedAt: momentOf(day, 600),
      seconds: 5400,
      comment: 'Test data prepared',
    } as const
    return withAct(life, { at: momentOf(day, 715), actor: 'emil', deed }, story.horizon)
  })
}

const milestoneEvents = (plan: PlanBlueprint, story: Story): readonly SampleEvent[] => {
  const first = shiftWorkdays(plan.start, 0)
  return plan.milestones.flatMap(
    ({ container, title, text, due, closed, rescheduled }, index): readonly SampleEvent[] => {
      const stamp = { tracker: trackerOf(container), container, actor: 'lena', milestone: title } as const
      const events: readonly SampleEvent[] = [
        { ...stamp, at: momentOf(first, 482 + index), kind: 'createMilestone', text, due },
        ...(rescheduled
          ? [
              {
                ...stamp,
                at: momentOf(shiftWorkdays(rescheduled.on, 0), 640),
                kind: 'rescheduleMilestone',
                due: rescheduled.due,
              } as const,
            ]
          : []),
        ...(closed ? [{ ...stamp, at: momentOf(shiftWorkdays(closed, 0), 985), kind: 'closeMilestone' } as const] : []),
      ]
      return events.filter((event) => event.at < story.horizon)
    },
  )
}
