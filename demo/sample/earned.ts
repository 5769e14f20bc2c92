import { endOfDay } from '../../src/model/zone.ts'
import type { IsoDate } from '../../src/model/time.ts'
import type { PhaseBlueprint, PlanBlueprint } from './blueprint.ts'
import { doneAt, firstAct, type Life } from './life.ts'
import { sizeOf } from './log-work.ts'
import { workdaysBetween, ZONE } from './working-days.ts'

/** What a phase has earned by the end of a day, 0..1 of its budget: what its suppliers will invoice follows it. */
export const earnedShare = (
  plan: PlanBlueprint,
  phase: PhaseBlueprint,
  lives: readonly Life[],
  date: IsoDate,
): number => {
  const end = endOfDay(date, ZONE)
  const latest = (phase.entered ?? []).filter((entry) => entry.date <= date)
  switch (phase.progress) {
    case 'level-of-effort':
      return (
        workdaysBetween(phase.start, date < phase.finish ? date : phase.finish).length /
        workdaysBetween(phase.start, phase.finish).length
      )
    case 'units':
      return Math.max(0, ...latest.map((entry) => entry.units ?? 0)) / phase.unitsTotal!
    case 'manual':
      return Math.max(0, ...latest.map((entry) => entry.percent ?? 0)) / 100
    case 'milestones':
      return achieved(plan, phase, date)
    case '50/50':
      return lives.some((life) => (firstAct(life, 'start') ?? end) < end) ? 0.5 : 0
    default: {
      const listed = lives.filter((life) => life.origin === 'listed')
      const scope = Math.max(
        phase.size ?? 0,
        listed.reduce((sum, life) => sum + sizeOf(plan, life), 0),
      )
      const counting = phase.size === undefined ? listed : lives
      const done = counting
        .filter((life) => (doneAt(life) ?? end) < end)
        .reduce((sum, life) => sum + sizeOf(plan, life), 0)
      return scope === 0 ? 0 : Math.min(1, done / scope)
    }
  }
}

const achieved = (plan: PlanBlueprint, phase: PhaseBlueprint, date: IsoDate): number => {
  const milestones = phase.milestones ?? []
  const weight = (all: typeof milestones): number => all.reduce((sum, milestone) => sum + (milestone.weight ?? 1), 0)
  const reached = milestones.filter(({ tracker }) => {
    const closed = plan.milestones.find((milestone) => milestone.title === tracker?.milestone)?.closed ?? null
    return closed !== null && closed <= date
  })
  return weight(reached) / weight(milestones)
}
