import { moneyOf } from '../../model/amounts.ts'
import type { Phase, PlanDocument } from '../../model/plan.ts'
import type { DatedRate, Resource } from '../../model/resource.ts'
import type { RateDefaults } from './check-rates.ts'
import type { Rate, SetupPhase, SetupPlan, SetupResource } from './setup.ts'

/** A stored plan as it would be written: the way back from `resolvePlan`. */
export const setupOfPlan = (plan: PlanDocument): SetupPlan => ({
  id: plan.id,
  name: plan.name,
  zone: plan.zone,
  currency: plan.currency,
  unit: plan.unit,
  missingSize: plan.missingSize,
  calendar: plan.calendarText ?? { ...plan.calendar, holidays: null },
  objectives: plan.objectives,
  phases: childrenOf(null, plan.phases),
  allocations: plan.allocations,
  risks: plan.risks,
  stakeholders: plan.stakeholders,
})

/** A stored resource as it would be written: one rate since ever as `rate`, a history as `rates`, per hour. */
export const setupOfResource = (resource: Resource, defaults: RateDefaults): SetupResource => {
  const [only, ...more] = resource.rates
  const isScalar = only !== undefined && more.length === 0 && only.from === null
  return {
    id: resource.id,
    name: resource.name,
    kind: resource.kind,
    rate: isScalar ? rateOf(only, defaults) : null,
    rates: isScalar ? [] : resource.rates.map((rate) => ({ from: rate.from, rate: rateOf(rate, defaults) })),
    capacityHoursPerDay: resource.capacityHoursPerDay,
    accounts: resource.accounts,
  }
}

const rateOf = ({ microPerHour, currency }: DatedRate, defaults: RateDefaults): Rate => ({
  amount: moneyOf(BigInt(microPerHour), currency),
  per: 'h',
  currency: currency === defaults.currency ? null : currency,
})

const childrenOf = (parent: string | null, phases: readonly Phase[]): readonly SetupPhase[] =>
  phases
    .filter((phase) => phase.parent === parent)
    .map(({ no: _no, parent: _parent, level: _level, actuals, ...same }) => ({
      ...same,
      actuals: actuals.map(({ subject: _subject, ...actual }) => actual),
      milestones: same.milestones.map(({ reachedOn: _reachedOn, ...milestone }) => milestone),
      phases: childrenOf(same.id, phases),
    }))
