import type { WorkingCalendar } from '../model/calendar.ts'
import type { PhaseLink } from '../model/plan.ts'
import type { IsoDate } from '../model/time.ts'
import { type ScheduleNetwork, scheduleNetwork } from './schedule-network.ts'
import type { NetworkTask } from './network-task.ts'
import { type WorkingRuler, workingRuler } from './working-ruler.ts'

/** A phase (or task) to be scheduled on a working calendar. */
export interface CalendarTask {
  readonly id: string
  /** Working minutes of the whole; of work in progress `remainingMinutes` counts instead. */
  readonly durationMinutes: number
  readonly remainingMinutes?: number | null
  readonly after: readonly PhaseLink[]
  /** Start no earlier than this day. */
  readonly earliestStart?: IsoDate | null
  /** Finish by the end of this day; lowers float only. */
  readonly deadline?: IsoDate | null
  readonly actualStart?: IsoDate | null
  readonly actualFinish?: IsoDate | null
}

/** Dates are whole days; floats are working days of the calendar. */
export interface CalendarDates {
  readonly earlyStart: IsoDate
  readonly earlyFinish: IsoDate
  readonly lateStart: IsoDate
  readonly lateFinish: IsoDate
  readonly totalFloatDays: number | null
  readonly freeFloatDays: number | null
  readonly critical: boolean
}

export interface CalendarSchedule {
  readonly finish: IsoDate
  readonly tasks: ReadonlyMap<string, CalendarDates>
  readonly critical: readonly string[]
  /** The same in working minutes since the start of `projectStart`. */
  readonly minutes: ScheduleNetwork
}

/**
 * The critical path method on a working calendar, in integer working minutes: lags are working days, days off take no
 * time, and work that is not finished goes on from the first working minute after the status date.
 *
 * @param asOf status date, the end of that day; `null` = nothing has happened yet
 * @throws Fault `invalid` for cycles and unknown predecessors
 * @source conventions checked against files that Microsoft Project wrote (MPXJ test data)
 */
export const scheduleOnCalendar = (
  tasks: readonly CalendarTask[],
  {
    calendar,
    projectStart,
    asOf = null,
    outOfSequence = 'retained',
  }: {
    readonly calendar: WorkingCalendar
    readonly projectStart: IsoDate
    readonly asOf?: IsoDate | null
    readonly outOfSequence?: 'retained' | 'override'
  },
): CalendarSchedule => {
  const ruler = workingRuler(calendar, projectStart)
  const dataDate = asOf === null ? 0 : Math.max(0, ruler.atEnd(asOf))
  const minutes = scheduleNetwork(
    tasks.map((task) => networkTask(task, ruler)),
    { start: 0, dataDate, outOfSequence },
  )
  const dates = new Map<string, CalendarDates>()
  for (const task of tasks) dates.set(task.id, readDates(task, minutes, ruler))
  return { finish: ruler.finishDate(minutes.finish), tasks: dates, critical: minutes.critical, minutes }
}

const networkTask = (task: CalendarTask, ruler: WorkingRuler): NetworkTask => ({
  id: task.id,
  duration: Math.ceil(task.durationMinutes - 1e-6),
  remaining: task.remainingMinutes == null ? null : Math.ceil(task.remainingMinutes - 1e-6),
  predecessors: task.after.map(({ phase, type, lagDays }) => ({
    id: phase,
    type,
    lag: Math.round(lagDays * ruler.minutesPerDay),
  })),
  earliestStart: task.earliestStart == null ? null : ruler.atStart(task.earliestStart),
  deadline: task.deadline == null ? null : ruler.atEnd(task.deadline),
  actualStart: task.actualStart == null ? null : ruler.atStart(task.actualStart),
  actualFinish: task.actualFinish == null ? null : ruler.atEnd(task.actualFinish),
})

const readDates = (task: CalendarTask, { tasks }: ScheduleNetwork, ruler: WorkingRuler): CalendarDates => {
  const found = tasks.get(task.id)!
  const days = (minutes: number | null): number | null => (minutes === null ? null : minutes / ruler.minutesPerDay)
  const milestone = found.earlyStart === found.earlyFinish
  const finish = (minute: number): IsoDate => ruler.finishDate(minute)
  // A milestone without duration stands at the end of the day before it, unless nothing comes before it.
  const start = (minute: number): IsoDate => (milestone && minute > 0 ? finish(minute) : ruler.startDate(minute))
  return {
    earlyStart: task.actualStart ?? start(found.earlyStart),
    earlyFinish: task.actualFinish ?? finish(found.earlyFinish),
    lateStart: task.actualStart ?? start(found.lateStart),
    lateFinish: task.actualFinish ?? finish(found.lateFinish),
    totalFloatDays: days(found.totalFloat),
    freeFloatDays: days(found.freeFloat),
    critical: found.critical,
  }
}
