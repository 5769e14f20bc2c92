import type { CalendarText } from '../../model/calendar.ts'
import type { Budget, Objective, PhaseLink, PlanMilestone, ProgressTechnique, Risk } from '../../model/plan.ts'
import { DAYS, RULE_KEYS } from './words.ts'
import type { Rate, SetupConnection, SetupPhase, SetupPlan, SetupResource } from './setup.ts'

/** A value that is read from the environment. */
export class Reference {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

type Written = Readonly<Record<string, unknown>>

export const writtenConnection = ({ id, tracker, url, settings, secrets, variables }: SetupConnection): Written => {
  const prefix = id.toUpperCase().replace(/[^A-Z0-9]/g, '_')
  const name = (key: string): string =>
    variables[key] ?? `${/^\d/.test(prefix) ? '_' : ''}${prefix}_${key.replace(/([A-Z])/g, '_$1').toUpperCase()}`
  return stated({
    tracker,
    url: url === '' ? null : url,
    ...settings,
    ...Object.fromEntries(
      Object.entries(secrets).map(([key, value]: [string, unknown]) => [
        key,
        Array.isArray(value)
          ? value.map((_, index) => new Reference(`${name(key)}_${index + 1}`))
          : new Reference(name(key)),
      ]),
    ),
  })
}

export const writtenResource = (resource: SetupResource): Written =>
  stated({
    name: resource.name === resource.id ? null : resource.name,
    kind: resource.kind === 'person' ? null : resource.kind,
    rate: resource.rate === null ? null : rateText(resource.rate),
    rates: resource.rates.map(({ from, rate }) => stated({ from, rate: rateText(rate) })),
    capacity: capacityText(resource.capacityHoursPerDay),
    accounts: resource.accounts,
  })

export const writtenPlan = (plan: SetupPlan): Written =>
  stated({
    name: plan.name === plan.id ? null : plan.name,
    timezone: plan.zone === 'UTC' ? null : plan.zone,
    currency: plan.currency,
    unit: plan.unit === 'items' ? null : plan.unit,
    missingSize: plan.missingSize === 1 ? null : plan.missingSize,
    calendar: writtenCalendar(plan.calendar),
    objectives: plan.objectives.map(writtenObjective),
    phases: plan.phases.map(writtenPhase),
    allocations: plan.allocations.map(({ share, ...same }) => ({ ...same, share: shareText(share) })),
    risks: plan.risks.map(writtenRisk),
    stakeholders: plan.stakeholders.map(stated),
  })

const writtenPhase = (phase: SetupPhase): Written =>
  stated({
    id: phase.id,
    name: phase.name === phase.id ? null : phase.name,
    owner: phase.owner,
    start: phase.start,
    finish: phase.finish,
    size: phase.size,
    budget: phase.budget === null ? null : writtenBudget(phase.budget),
    after: phase.after.map(writtenLink),
    progress: writtenProgress(phase.progress),
    units: phase.unitsTotal === null ? null : { total: phase.unitsTotal },
    map: phase.map.map((rule) => ({
      ...stated(Object.fromEntries(RULE_KEYS.map((key) => [key, single(rule[key])]))),
      ...stated({ from: rule.from }),
    })),
    objectives: phase.objectives,
    milestones: phase.milestones.map(writtenMilestone),
    actuals: phase.actuals.map(stated),
    actualStart: phase.actualStart,
    actualFinish: phase.actualFinish,
    actualCost: phase.actualCost === 'both' ? null : phase.actualCost,
    declared: phase.declared.map(stated),
    phases: phase.phases.map(writtenPhase),
  })

const writtenBudget = ({ amount, spread }: Budget): unknown =>
  spread.kind === 'linear'
    ? amount
    : spread.kind === 'periods'
      ? { amount, periods: spread.periods }
      : { amount, spread: spread.kind }

const writtenLink = ({ phase, type, lagDays }: PhaseLink): Written =>
  stated({ phase, type: type === 'FS' ? null : type, lag: lagDays === 0 ? null : `${lagDays}d` })

const writtenProgress = (progress: ProgressTechnique): unknown =>
  progress.kind === 'apportioned'
    ? { apportioned: progress.phase, factor: progress.factor }
    : progress.kind === 'items'
      ? null
      : progress.kind

const writtenMilestone = ({ name, ...milestone }: PlanMilestone): Written => {
  const { id, ...rest } = milestone
  return stated({ id, name: name === id ? null : name, ...rest })
}

const writtenObjective = ({ id, name, indicator }: Objective): Written =>
  stated({ id, name: name === id ? null : name, indicator: indicator === null ? null : stated({ ...indicator }) })

const writtenRisk = ({ id, name, impact, ...risk }: Risk): Written => {
  const stakes = stated(impact)
  return stated({
    id,
    name: name === id ? null : name,
    ...risk,
    impact: Object.keys(stakes).length === 0 ? null : stakes,
  })
}

const writtenCalendar = ({ workdays, hoursPerDay, holidays, exceptions }: CalendarText): unknown => {
  const days = workdaysText(workdays)
  const written = stated({
    workdays: days === 'mon-fri' ? null : days,
    hoursPerDay: hoursPerDay === 8 ? null : hoursPerDay,
    holidays,
    exceptions: Object.fromEntries(
      Object.entries(exceptions).map(([day, hours]) => [day, hours === 0 ? 'off' : hours]),
    ),
  })
  return Object.keys(written).length === 0 ? null : written
}

/** `mon-fri` where the days follow each other, else `mon,wed,fri`. */
const workdaysText = (workdays: CalendarText['workdays']): string => {
  const worked = DAYS.filter((_, index) => workdays[index])
  const first = DAYS.indexOf(worked[0] ?? 'mon')
  const isRun = worked.length > 2 && worked.every((day, index) => day === DAYS[first + index])
  return isRun ? `${worked[0]}-${worked.at(-1)}` : worked.join(',')
}

const rateText = ({ amount, per, currency }: Rate): string =>
  `${plain(amount)}${currency === null ? '' : ` ${currency}`}/${per}`

/** `60%` where that is exact, else the number. */
const shareText = (share: number): unknown => {
  const percent = Math.round(share * 100)
  return percent / 100 === share ? `${percent}%` : share
}

const capacityText = (hours: number | null): unknown =>
  hours === null || String(hours).includes('e') ? hours : `${hours}h/d`

/** A number without an exponent. */
const plain = (value: number): string => value.toLocaleString('en', { useGrouping: false, maximumFractionDigits: 20 })

const single = (values: readonly string[] | undefined): unknown => (values?.length === 1 ? values[0] : values)

/** Without what says nothing: `null`, empty lists and empty maps. */
const stated = (fields: object): Written =>
  Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]: [string, unknown]) =>
        value !== null &&
        value !== undefined &&
        !(typeof value === 'object' && !(value instanceof Reference) && Object.keys(value).length === 0),
    ),
  )
