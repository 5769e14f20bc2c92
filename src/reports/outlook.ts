import { type ExpectedFinish, type PhaseOutlook, expectedFinish } from '../measures/expected-finish.ts'
import { leafLinks } from '../measures/leaf-links.ts'
import { pace, paceWindow, plannedDaysLeft } from '../measures/pace.ts'
import { sizeOf } from '../model/amounts.ts'
import { type WorkingCalendar, workingDays } from '../model/calendar.ts'
import { type PlanDocument, leafPhases } from '../model/plan.ts'
import { known, unknown } from '../model/reason.ts'
import { type IsoDate, addDays } from '../model/time.ts'
import { enteredDates } from './entered-dates.ts'
import type { PhasePart } from './phase-part.ts'

/**
 * When the phases, and the plan, are expected to finish: leaf phases, and work that is mapped to a parent itself, through
 * the network of planned dependencies on the plan's own calendar.
 */
export const planOutlook = (plan: PlanDocument, parts: readonly PhasePart[], asOf: IsoDate): ExpectedFinish => {
  const links = leafLinks(plan.phases)
  const leaves = new Set(leafPhases(plan).map((phase) => phase.id))
  const active = parts.filter((part) => leaves.has(part.phase.id) || part.work.items > 0)
  return expectedFinish(
    active.map((part) => outlookOf(part, plan.calendar, asOf, links.get(part.phase.id) ?? [])),
    { calendar: plan.calendar, asOf },
  )
}

/** The day on which the last of a phase was done; `null` = not finished on the status date. */
export const finishedOn = (part: PhasePart, asOf: IsoDate): IsoDate | null => {
  const { phase, scope, work, activity } = part
  if (phase.actualFinish !== null && phase.actualFinish <= asOf) return phase.actualFinish
  const left = scope.current.because === null ? scope.current.value - work.doneSize : 0n
  if (work.items > 0 && work.done === work.items && left <= 0n) return activity.lastDone
  if (work.items > 0 || !part.frozen || part.earnedValue.because !== null) return null
  if (part.value === 0n || part.earnedValue.value < part.value) return null
  const finish = part.frozen.record.finish
  if (part.levelOfEffort) return finish !== null && finish <= asOf ? finish : null
  if (part.base.length === 0) return enteredDates(part.frozen.phase.progress, phase, asOf).finished ?? activity.lastDone
  const followed = part.base.map((each) => finishedOn(each, asOf))
  return followed.every((date) => date !== null) ? (followed.sort().at(-1) ?? null) : null
}

const outlookOf = (
  part: PhasePart,
  calendar: WorkingCalendar,
  asOf: IsoDate,
  after: PhaseOutlook['after'],
): PhaseOutlook => {
  const { phase, frozen, startedOn } = part
  const start = phase.start ?? frozen?.record.start ?? null
  const finish = phase.finish ?? frozen?.record.finish ?? null
  const plannedDays = start !== null && finish !== null ? workingDays(calendar, start, finish) : null
  const window = paceWindow(calendar, asOf, startedOn)
  const base = {
    id: phase.id,
    after,
    plannedStart: start,
    actualStart: startedOn,
    finishedOn: finishedOn(part, asOf),
    plannedDaysLeft: plannedDaysLeft(calendar, { start, finish, asOf, started: startedOn !== null }),
  }
  const hasSize = !part.levelOfEffort && part.scope.current.because === null && part.scope.current.value > 0n
  if (hasSize) {
    const current = part.scope.current.value!
    const scope = frozen?.record.scope ?? null
    const measured = pace({
      doneSize: sizeOf(part.activity.windowDone),
      completions: part.activity.windowCompletions,
      workingDays: window.workingDays,
      plannedPerDay: scope !== null && plannedDays !== null && plannedDays > 0 ? sizeOf(scope) / plannedDays : null,
    })
    return { ...base, remaining: known(sizeOf(current - part.work.doneSize)), pacePerDay: measured?.perDay ?? null }
  }
  if (holdsNothing(part)) {
    const days = daysToCome(calendar, { start, finish, asOf })
    return { ...base, plannedDaysLeft: days, remaining: unknown('noSize'), pacePerDay: null }
  }
  // Without items, what is left is the part of the value that has not been earned, at the planned pace.
  const earned = part.earnedValue.because === null && part.value > 0n ? part.earnedValue.value : null
  if (earned === null || plannedDays === null || plannedDays === 0)
    return { ...base, remaining: unknown('noSize'), pacePerDay: null }
  return { ...base, remaining: known(1 - Number(earned) / Number(part.value)), pacePerDay: 1 / plannedDays }
}

/** No work is in it, and none of its value is left to be earned. */
export const holdsNothing = ({ work, value, earnedValue, phase }: PhasePart): boolean =>
  work.items === 0 &&
  (value === 0n ? phase.actuals.length === 0 : earnedValue.because === null && earnedValue.value >= value)

/** Nothing speaks against the plan while its days are to come; once they are over, nobody can tell. */
const daysToCome = (
  calendar: WorkingCalendar,
  { start, finish, asOf }: { readonly start: IsoDate | null; readonly finish: IsoDate | null; readonly asOf: IsoDate },
): number | null => {
  const tomorrow = addDays(asOf, 1)
  const days =
    finish === null ? 0 : workingDays(calendar, start !== null && start > tomorrow ? start : tomorrow, finish)
  return days > 0 ? days : null
}
