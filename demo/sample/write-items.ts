import { addDays, type IsoDate, type IsoInstant } from '../../src/model/time.ts'
import type { PhaseBlueprint, PlanBlueprint, WorkBlueprint } from './blueprint.ts'
import { timeFor } from './curve.ts'
import { type Draft, draw, drawUntil, weightOf } from './draw-items.ts'
import type { ItemType } from './events.ts'
import { type Act, type Life, workingMoment } from './life.ts'
import { personOf } from './people.ts'
import type { Random } from './random.ts'
import { type TitleMaker, titleMaker } from './titles.ts'
import { shiftWorkdays, workdaysBetween } from './working-days.ts'

/** What all items of the sample share. */
export interface Story {
  readonly random: Random
  /** Nothing happens from here on. */
  readonly horizon: IsoInstant
  readonly anchor: IsoDate
  /** First day of the weeks that are played while somebody watches: people click less then. */
  readonly liveFrom: IsoDate
  readonly usedTitles: Set<string>
}

/**
 * The items of one phase. Their sizes are laid end to end along the phase's real pace; where an item ends there, it is
 * done, so that what is earned follows the pace whatever the seed.
 */
export const writeItems = (plan: PlanBlueprint, phase: PhaseBlueprint, story: Story): readonly Life[] => {
  const { work } = phase
  if (!work) return []
  const random = story.random.fork(`${plan.id}/${phase.id}`)
  const titles = titleMaker(work.theme, random.fork('titles'), story.usedTitles)
  const days = realDays(phase, work)
  const listed = draw(work, work.listed, random)
  const needed =
    work.rollingWave && phase.size !== undefined ? drawUntil(work, phase.size - weightOf(listed, plan), random) : []
  const lives: Life[] = []
  const kept = listed.filter((draft) => !draft.needless)
  const total = Math.max(phase.size ?? 0, weightOf(kept, plan))
  let before = 0
  for (const draft of random.shuffled(listed.filter((each) => each.needless)))
    lives.push(writeNeedless(plan, phase, draft, lives.length, titles, story, random))
  for (const [index, draft] of [...kept, ...needed].entries()) {
    const weight = weightOf([draft], plan)
    const middle = (before + weight * 0.6) / total
    before += weight
    const at = Math.floor(timeFor(phase.spread, Math.min(1, middle)) * days.length)
    const doneDay = days[Math.min(days.length - 1, Math.max(0, at + random.integer(-1, 1)))]!
    const origin = index < kept.length ? 'listed' : 'wave'
    const life = writeLife({
      plan,
      phase,
      work,
      draft,
      doneDay,
      origin,
      number: lives.length + 1,
      titles,
      story,
      random,
    })
    if (life.createdAt < story.horizon) lives.push(life)
  }
  return [...lives, ...writeGrowth(plan, phase, work, lives.length, titles, story, random)]
}

/** Working days on which the phase is really worked on. */
const realDays = (phase: PhaseBlueprint, work: WorkBlueprint): readonly IsoDate[] => {
  const planned = workdaysBetween(phase.start, phase.finish).length
  const start = addDays(phase.start, Math.round(work.pace.delayWeeks * 7))
  const finish = shiftWorkdays(start, Math.max(1, Math.round(planned * work.pace.stretch)) - 1)
  return workdaysBetween(start, finish)
}

interface Draw {
  readonly plan: PlanBlueprint
  readonly phase: PhaseBlueprint
  readonly work: WorkBlueprint
  readonly draft: Draft
  readonly doneDay: IsoDate
  readonly createdDay?: IsoDate
  readonly origin: Life['origin']
  readonly number: number
  readonly titles: TitleMaker
  readonly story: Story
  readonly random: Random
}

const writeLife = (given: Draw): Life => {
  const { plan, phase, work, draft, doneDay, origin, story, random } = given
  const life = open(given, given.createdDay ?? createdDay(given))
  const acts: Act[] = []
  let last = life.createdAt
  const act = (day: IsoDate, deed: Act['deed'], actor: string): void => {
    const at = workingMoment(random, day > last.slice(0, 10) ? day : last.slice(0, 10), last)
    last = at
    if (at < story.horizon) acts.push({ at, actor, deed })
  }
  const leadDays = 1 + Math.ceil((draft.points ?? 2) * 0.8) + random.integer(0, 2)
  const startDay = shiftWorkdays(doneDay, -leadDays)
  const assignee = life.assignee ?? work.team[0]!
  if (life.points === null && random.chance(0.3))
    act(shiftWorkdays(startDay, -2), { kind: 'estimate', points: random.pick(work.sizes) }, assignee)
  const live = doneDay >= story.liveFrom
  if (!random.chance(live ? 0.7 : 0.25) || phase.progress === '50/50') act(startDay, { kind: 'start' }, assignee)
  if (life.points !== null && (origin === 'listed' || origin === 'wave') && random.chance(work.risingEstimates))
    act(startDay, { kind: 'estimate', points: larger(life.points) }, assignee)
  if (life.container.length < 6 && !live && random.chance(0.35))
    act(shiftWorkdays(doneDay, -1), { kind: 'review' }, assignee)
  act(doneDay, { kind: 'complete' }, assignee)
  // Later ones would only keep a finished phase open.
  const reopens = plan.id !== 'mobile' && shiftWorkdays(doneDay, 14) <= phase.finish
  if (reopens && random.chance(0.035)) {
    act(shiftWorkdays(doneDay, random.integer(2, 7)), { kind: 'reopen' }, 'lena')
    act(shiftWorkdays(doneDay, random.integer(9, 14)), { kind: 'complete' }, assignee)
  }
  return { ...life, acts }
}

/** A listed item that nobody needs after all. */
const writeNeedless = (
  plan: PlanBlueprint,
  phase: PhaseBlueprint,
  draft: Draft,
  index: number,
  titles: TitleMaker,
  story: Story,
  random: Random,
): Life => {
  const life = open(
    {
      plan,
      phase,
      work: phase.work!,
      draft,
      doneDay: phase.start,
      origin: 'listed',
      number: index + 1,
      titles,
      story,
      random,
    },
    listedDay(plan, random),
  )
  const day = shiftWorkdays(phase.start, random.integer(10, 60))
  const at = workingMoment(
    random,
    day > plan.baseline.asOf ? day : shiftWorkdays(plan.baseline.asOf, 3),
    life.createdAt,
  )
  return at < story.horizon
    ? { ...life, acts: [{ at, actor: 'lena', deed: { kind: 'drop', reason: 'not-planned', duplicateOf: null } }] }
    : life
}

const writeGrowth = (
  plan: PlanBlueprint,
  phase: PhaseBlueprint,
  work: WorkBlueprint,
  written: number,
  titles: TitleMaker,
  story: Story,
  random: Random,
): readonly Life[] => {
  const { growth } = work
  if (!growth) return []
  const days = workdaysBetween(growth.from, growth.to).filter((day) => day > plan.baseline.asOf)
  return Array.from({ length: growth.items }, (_, index) => {
    const createdDay =
      days[Math.min(days.length - 1, Math.floor(((index + random.next()) / growth.items) * days.length))]!
    const soon = random.chance(growth.doneShare)
    // What is not done soon waits until the phase is nearly over, beyond the end of this story.
    const from = laterOf(createdDay, phase.start)
    const doneDay = soon
      ? shiftWorkdays(from, random.integer(8, 30))
      : shiftWorkdays(story.anchor, random.integer(15, 50))
    const draft = draw({ ...work, dropShare: 0 }, 1, random)[0]!
    const number = written + index + 1
    const life = writeLife({
      plan,
      phase,
      work,
      draft,
      doneDay,
      createdDay,
      origin: 'added',
      number,
      titles,
      story,
      random,
    })
    return life
  }).filter((life) => life.createdAt < story.horizon)
}

const open = ({ plan, phase, work, draft, origin, number, titles, random }: Draw, day: IsoDate): Life => {
  const { place } = draft
  const type: ItemType = place.type ?? (random.chance(work.bugShare) ? 'Bug' : random.chance(0.6) ? 'Story' : 'Task')
  const title = type === 'Bug' ? titles.bug() : titles.work()
  const onGitHub = place.container.includes('/')
  const able = work.team.filter((id) => (onGitHub ? personOf(id).github : personOf(id).jira) !== null)
  const reporters = ['lena', ...able]
  return {
    ref: `${plan.id}/${phase.id}/${number}`,
    plan: plan.id,
    phase: phase.id,
    origin,
    container: place.container,
    title,
    text: TEXTS[type](title),
    type,
    points: draft.points,
    labels: place.labels ?? [],
    components: place.components ?? [],
    milestone: place.milestone ?? null,
    parent: place.parent ?? null,
    assignee: able.length > 0 ? random.pick(able) : null,
    reporter: random.pick(reporters),
    due: null,
    createdAt: workingMoment(random, day, null),
    acts: [],
  }
}

/** Listed items are written between the plan's first day and its freeze; the others some weeks before they are done. */
const createdDay = ({ plan, doneDay, origin, random }: Draw): IsoDate => {
  if (origin === 'listed') {
    const day = listedDay(plan, random)
    return day < doneDay ? day : shiftWorkdays(plan.start, 0)
  }
  const day = shiftWorkdays(doneDay, -random.integer(8, 25))
  return day > plan.baseline.asOf ? day : shiftWorkdays(plan.baseline.asOf, 1)
}

const listedDay = (plan: PlanBlueprint, random: Random): IsoDate =>
  random.pick(workdaysBetween(plan.start, plan.baseline.asOf))

const laterOf = (a: IsoDate, b: IsoDate): IsoDate => [a, b].sort()[1]!

const larger = (points: number): number => ({ 1: 2, 2: 3, 3: 5, 5: 8, 8: 13 })[points] ?? points + 3

const TEXTS: Record<ItemType, (title: string) => string> = {
  Epic: (title) => title,
  Story: (title) => `${title}.\n\nDone when it works in all languages of the release and is covered by a test.`,
  Task: (title) => `${title}.\n\nWrite down what was decided.`,
  Bug: (title) => `${title}.\n\nSeen in the test environment; steps to reproduce are in the first comment.`,
}
