import { mondayOf } from '../../src/model/time.ts'
import type { PhaseBlueprint, PlanBlueprint } from './blueprint.ts'
import { doneAt, firstAct, type Life, withAct } from './life.ts'
import { personOf } from './people.ts'
import type { Random } from './random.ts'
import { momentOf, shiftWorkdays, workdaysBetween } from './working-days.ts'
import type { Story } from './write-items.ts'

/** Hours that each person has logged in each week: nobody logs more than a week holds. */
export type Diary = Map<string, number>

const WEEK_HOURS = 36
const LONGEST_ENTRY_HOURS = 14

/** The phase's lives with the hours that its people logged, in Jira alone: GitHub knows no hours. */
export const withLoggedWork = (
  plan: PlanBlueprint,
  phase: PhaseBlueprint,
  lives: readonly Life[],
  diary: Diary,
  story: Story,
): readonly Life[] => {
  if (!phase.work || phase.money.loggedShare === 0) return lives
  const random = story.random.fork(`hours/${plan.id}/${phase.id}`)
  const money = (phase.budget * phase.money.loggedShare) / phase.money.costIndex
  if (phase.progress === 'level-of-effort') return steadily(phase, lives, money, diary, story, random)
  const listed = lives.filter((life) => life.origin === 'listed')
  const scope = Math.max(
    phase.size ?? 0,
    listed.reduce((sum, life) => sum + sizeOf(plan, life), 0),
  )
  const inJira = lives.filter((life) => !life.container.includes('/')).length / Math.max(1, lives.length)
  return lives.map((life) => {
    const rate = life.assignee === null ? null : personOf(life.assignee).rate
    if (life.container.includes('/') || life.assignee === null || rate === null) return life
    const hours = ((money / inJira / scope) * sizeOf(plan, life) * (0.75 + random.next() / 2)) / rate
    return logged(life, hours, life.assignee, diary, story, random)
  })
}

/** Log entries for one item between its start and its end; an unfinished item has part of its hours. */
const logged = (life: Life, hours: number, person: string, diary: Diary, story: Story, random: Random): Life => {
  const done = doneAt(life)
  const start = firstAct(life, 'start') ?? (done === null ? null : momentOf(shiftWorkdays(done.slice(0, 10), -2), 540))
  if (start === null) return life
  const total = done === null ? hours * 0.4 : hours
  const days = workdaysBetween(start.slice(0, 10), (done ?? story.horizon).slice(0, 10)).filter(
    (day) => momentOf(day, 1060) < story.horizon,
  )
  const entries = Math.max(1, Math.ceil(total / LONGEST_ENTRY_HOURS))
  let worked = life
  for (let entry = 1; entry <= entries; entry += 1) {
    const day = days[Math.min(days.length - 1, Math.ceil((entry / entries) * days.length) - 1)]
    if (day === undefined) return worked
    if (day >= story.liveFrom && (entry < entries || done === null)) continue
    worked = book(worked, day, total / entries, person, diary, story, random)
  }
  return worked
}

/** Management is logged every Friday on one of its items. */
const steadily = (
  phase: PhaseBlueprint,
  lives: readonly Life[],
  money: number,
  diary: Diary,
  story: Story,
  random: Random,
): readonly Life[] => {
  const fridays = [...new Set(workdaysBetween(phase.start, phase.finish).map(mondayOf))].map(
    (monday) => workdaysBetween(monday, shiftWorkdays(monday, 3)).at(-1)!,
  )
  const person = phase.work!.team[0]!
  const hours = money / fridays.length / personOf(person).rate!
  const worked = [...lives]
  for (const day of fridays) {
    if (momentOf(day, 1060) >= story.horizon) break
    const index = random.integer(0, worked.length - 1)
    if (worked[index]!.createdAt < momentOf(day, 540))
      worked[index] = book(worked[index]!, day, hours * (0.9 + random.next() / 5), person, diary, story, random)
  }
  return worked
}

const book = (
  life: Life,
  day: string,
  hours: number,
  person: string,
  diary: Diary,
  story: Story,
  random: Random,
): Life => {
  // More than a day's work was begun the day before.
  const from = hours > 8 ? shiftWorkdays(day, -1) : day
  const week = `${person} ${mondayOf(from)}`
  const free = WEEK_HOURS - (diary.get(week) ?? 0)
  const booked = Math.min(free, Math.min(LONGEST_ENTRY_HOURS, Math.round(hours * 4) / 4))
  if (booked < 0.25) return life
  diary.set(week, WEEK_HOURS - free + booked)
  const deed = {
    kind: 'logWork',
    person,
    startedAt: momentOf(from, 540 + random.integer(0, 60)),
    seconds: booked * 3600,
    comment: random.pick(COMMENTS),
  } as const
  const at = momentOf(day, random.integer(1020, 1059))
  return withAct(
    life,
    {
      at: at > life.createdAt ? at : new Date(Date.parse(life.createdAt) + 600_000).toISOString(),
      actor: person,
      deed,
    },
    story.horizon,
  )
}

/** What an item weighs in the plan's unit. */
export const sizeOf = (plan: PlanBlueprint, life: Life): number => (plan.unit === 'items' ? 1 : (life.points ?? 1))

const COMMENTS = [
  'Implementation and tests',
  'Pairing and review',
  'Analysis',
  'Implementation',
  'Fixes after review',
  'Tests and release notes',
  'Clarified with the department, implemented',
]
