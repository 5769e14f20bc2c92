import type { Phase, PlanDocument } from '../../model/plan.ts'
import type { Resource } from '../../model/resource.ts'
import type { IsoDate } from '../../model/time.ts'
import { resolveCalendar } from './resolve-calendar.ts'
import { type SetupActual, type SetupPhase, type SetupPlan, allPhases } from './setup.ts'

/** Numbers and resources that the store gives. */
export interface PlanNumbers {
  /** Everybody and everything that is known, with rates; see `resolveResource`. */
  readonly resources: readonly Resource[]
  /** Phase id → stable number; `phaseIds` names what is needed. */
  readonly phaseNumbers: ReadonlyMap<string, number>
  /** Key of an entered actual → ledger subject; `actualKeys` names what is needed. */
  readonly actualSubjects: ReadonlyMap<string, number>
}

/**
 * The document that the ledger, measures and reports work with: phases in pre-order with numbers, calendar with dated
 * holidays.
 *
 * @throws Error when a number is missing: that is a bug of the caller
 */
export const resolvePlan = (plan: SetupPlan, numbers: PlanNumbers): PlanDocument => ({
  id: plan.id,
  name: plan.name,
  zone: plan.zone,
  currency: plan.currency,
  unit: plan.unit,
  missingSize: plan.missingSize,
  calendar: resolveCalendar(plan.calendar, daysOf(plan)),
  calendarText: plan.calendar,
  phases: allPhases(plan.phases).map(({ phase, parent, level }) => resolvePhase(phase, parent, level, numbers)),
  resources: numbers.resources,
  objectives: plan.objectives,
  allocations: plan.allocations,
  risks: plan.risks,
  stakeholders: plan.stakeholders,
})

/** Ids of all phases of a plan, in plan order: what needs a number. */
export const phaseIds = (plan: SetupPlan): readonly string[] => allPhases(plan.phases).map(({ phase }) => phase.id)

/** Keys of all entered actuals of a plan, in plan order: what needs a ledger subject. */
export const actualKeys = (plan: SetupPlan): readonly string[] =>
  allPhases(plan.phases).flatMap(({ phase }) => keysOfActuals(phase))

/** Phase, day, note and occurrence: an entry keeps its subject when its amount is corrected. */
const keysOfActuals = (phase: SetupPhase): readonly string[] => {
  const seen = new Map<string, number>()
  return phase.actuals.map(({ date, note }: SetupActual) => {
    const key = JSON.stringify([phase.id, date, note])
    const occurrence = (seen.get(key) ?? 0) + 1
    seen.set(key, occurrence)
    return JSON.stringify([phase.id, date, note, occurrence])
  })
}

const resolvePhase = (phase: SetupPhase, parent: string | null, level: number, numbers: PlanNumbers): Phase => {
  const { phases: _, actuals, ...same } = phase
  const keys = keysOfActuals(phase)
  return {
    ...same,
    no: numberOf(numbers.phaseNumbers, phase.id),
    parent,
    level,
    actuals: actuals.map((actual, index) => ({ subject: numberOf(numbers.actualSubjects, keys[index]!), ...actual })),
  }
}

const numberOf = (numbers: ReadonlyMap<string, number>, key: string): number => {
  const number = numbers.get(key)
  if (number === undefined) throw new Error(`plan: no number was given for ${key}`)
  return number
}

const daysOf = (plan: SetupPlan): readonly IsoDate[] => [
  ...allPhases(plan.phases).flatMap(({ phase }) =>
    [
      phase.start,
      phase.finish,
      phase.actualStart,
      phase.actualFinish,
      ...phase.milestones.map(({ date }) => date),
      ...phase.actuals.map(({ date }) => date),
    ].filter((day) => day !== null),
  ),
  ...Object.keys(plan.calendar.exceptions),
]
