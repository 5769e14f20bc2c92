import type { WorkingCalendar } from '../model/calendar.ts'
import type { PhaseLink } from '../model/plan.ts'
import { type Known, known, unknown } from '../model/reason.ts'
import type { IsoDate } from '../model/time.ts'
import { type CalendarSchedule, type CalendarTask, scheduleOnCalendar } from './schedule-on-calendar.ts'

/** What the expected finish of a leaf phase follows from. */
export interface PhaseOutlook {
  readonly id: string
  /** Between leaf phases: see `leafLinks`. */
  readonly after: readonly PhaseLink[]
  /** Size not done, with the part of a stated size that no item fills yet. Any unit, the same as `pacePerDay`. */
  readonly remaining: Known
  /** Size a working day; `null` = none can be told. */
  readonly pacePerDay: number | null
  /** What the plan still gives it: used when there is no size or no pace. */
  readonly plannedDaysLeft: number | null
  /** Not before this day, unless it has started. */
  readonly plannedStart: IsoDate | null
  readonly actualStart: IsoDate | null
  /** The day on which the last of it was done; `null` = not finished. */
  readonly finishedOn: IsoDate | null
}

export interface ExpectedDates {
  readonly start: Known<IsoDate>
  readonly finish: Known<IsoDate>
  /** Working days that it may slip without moving the plan's finish. */
  readonly totalFloatDays: Known
  readonly critical: Known<boolean>
}

export interface ExpectedFinish {
  /** The latest of all phases whose finish is known; unknown (`noPace`) when none is. */
  readonly finish: Known<IsoDate>
  readonly phases: ReadonlyMap<string, ExpectedDates>
  /** Phases whose finish cannot be told: the plan's finish leaves them out. */
  readonly unknown: readonly string[]
}

/**
 * When each phase, and the plan, will be finished if everything goes on as it does: remaining size ÷ pace, begun at the
 * latest of status date, actual start (else links and planned start), through the network of dependencies.
 * Work that has started goes on whatever its links say: it has shown that it does. Finished phases keep their day. A phase without a known finish makes those that wait for it unknown too.
 *
 * @param asOf status date, the end of that day
 * @throws Fault `invalid` for cycles and links to unknown phases
 * @example 30 points left at 2 a day from Friday 2026-03-06 on: finished on Friday 2026-03-27
 */
export const expectedFinish = (
  phases: readonly PhaseOutlook[],
  { calendar, asOf }: { readonly calendar: WorkingCalendar; readonly asOf: IsoDate },
): ExpectedFinish => {
  const minutesPerDay = calendar.hoursPerDay * 60
  const left = new Map(phases.map((phase) => [phase.id, daysLeft(phase)]))
  const tasks: CalendarTask[] = phases.map((phase) => ({
    id: phase.id,
    durationMinutes: (left.get(phase.id)!.value ?? 0) * minutesPerDay,
    after: phase.after,
    earliestStart: phase.plannedStart,
    actualStart: phase.actualStart,
    actualFinish: phase.finishedOn,
  }))
  const known_dates = phases.flatMap((phase) => [phase.plannedStart, phase.actualStart, phase.finishedOn])
  const projectStart = known_dates.reduce<IsoDate>(
    (first, date) => (date !== null && date < first ? date : first),
    asOf,
  )
  const schedule = scheduleOnCalendar(tasks, { calendar, projectStart, asOf, outOfSequence: 'override' })
  const blocked = withSuccessors(
    phases,
    phases.filter((phase) => left.get(phase.id)!.because !== null).map((phase) => phase.id),
  )
  const linked = phases.some((phase) => phase.after.length > 0)
  const result = new Map<string, ExpectedDates>()
  let latest: IsoDate | null = null
  for (const phase of phases) {
    const dates = datesOf(phase, schedule, { blocked, linked, because: left.get(phase.id)! })
    result.set(phase.id, dates)
    if (dates.finish.because === null && (latest === null || dates.finish.value > latest)) latest = dates.finish.value
  }
  return {
    finish: latest === null ? unknown('noPace') : known(latest),
    phases: result,
    unknown: phases.filter((phase) => blocked.has(phase.id)).map((phase) => phase.id),
  }
}

/** Working days that a phase still needs; 0 when finished or nothing is left; unknown (`noPace`, `noSize`). */
export const daysLeft = ({
  finishedOn,
  remaining,
  pacePerDay,
  plannedDaysLeft,
}: Pick<PhaseOutlook, 'finishedOn' | 'remaining' | 'pacePerDay' | 'plannedDaysLeft'>): Known => {
  if (finishedOn !== null) return known(0)
  if (remaining.because === null && remaining.value <= 0) return known(0)
  if (remaining.because === null && pacePerDay !== null && pacePerDay > 0) return known(remaining.value / pacePerDay)
  if (plannedDaysLeft !== null && plannedDaysLeft > 0) return known(plannedDaysLeft)
  return remaining.because === 'noSize' ? remaining : unknown('noPace')
}

const datesOf = (
  phase: PhaseOutlook,
  schedule: CalendarSchedule,
  { blocked, linked, because }: { blocked: ReadonlySet<string>; linked: boolean; because: Known },
): ExpectedDates => {
  const dates = schedule.tasks.get(phase.id)!
  if (blocked.has(phase.id)) {
    const reason = unknown(because.because ?? 'partsUnknown')
    const start = phase.actualStart === null ? reason : known(phase.actualStart)
    return { start, finish: reason, totalFloatDays: reason, critical: reason }
  }
  const finished = phase.finishedOn !== null
  const noFloat = finished ? 'alreadyFinished' : !linked ? 'noLinks' : blocked.size > 0 ? 'partsUnknown' : null
  return {
    start: known(dates.earlyStart),
    finish: known(dates.earlyFinish),
    totalFloatDays: noFloat === null ? known(dates.totalFloatDays!) : unknown(noFloat),
    critical: finished ? known(false) : noFloat === null ? known(dates.critical) : unknown(noFloat),
  }
}

/** The given phases and all that wait for them: what has started waits for nothing. */
const withSuccessors = (phases: readonly PhaseOutlook[], from: readonly string[]): ReadonlySet<string> => {
  const reached = new Set(from)
  for (const id of reached)
    for (const phase of phases)
      if (phase.finishedOn === null && phase.actualStart === null && phase.after.some((link) => link.phase === id))
        reached.add(phase.id)
  return reached
}
