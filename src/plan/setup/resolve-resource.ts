import { microMoney } from '../../model/amounts.ts'
import type { DatedRate, Resource } from '../../model/resource.ts'
import type { IsoDate } from '../../model/time.ts'
import type { RateDefaults } from './check-rates.ts'
import type { Rate, SetupResource } from './setup.ts'

export interface ResourceContext {
  /** The resource's stable number in the ledger. */
  readonly no: number
  /** Its rates so far; empty for a new resource. */
  readonly previous: readonly DatedRate[]
  readonly today: IsoDate
  readonly defaults: RateDefaults
}

/**
 * A resource as the ledger needs it: rates per hour in micro units. A scalar rate is the current one: where it differs
 * from what counts today, a new rate starts today and the past stays; without a past it counts since ever.
 */
export const resolveResource = (
  written: SetupResource,
  { no, previous, today, defaults }: ResourceContext,
): Resource => ({
  no,
  id: written.id,
  name: written.name,
  kind: written.kind,
  rates: resolveRates(written, previous, today, defaults),
  capacityHoursPerDay: written.capacityHoursPerDay,
  accounts: written.accounts,
})

/** The rates that a resource has after its set-up is applied, oldest first. */
export const resolveRates = (
  written: Pick<SetupResource, 'rate' | 'rates'>,
  previous: readonly DatedRate[],
  today: IsoDate,
  defaults: RateDefaults,
): readonly DatedRate[] => {
  if (written.rates.length > 0)
    return inOrder(written.rates.map(({ from, rate }) => ({ from, ...perHour(rate, defaults) })))
  // No rate in the file is no statement about rates that were set before.
  if (written.rate === null) return previous
  const current = perHour(written.rate, defaults)
  if (previous.length === 0) return [{ from: null, ...current }]
  const inForce = inOrder(previous).findLast(({ from }) => from === null || from <= today)
  if (inForce?.microPerHour === current.microPerHour && inForce.currency === current.currency) return previous
  return inOrder([...previous.filter(({ from }) => from !== today), { from: today, ...current }])
}

const perHour = (rate: Rate, defaults: RateDefaults): Omit<DatedRate, 'from'> => {
  const currency = rate.currency ?? defaults.currency
  if (currency === null) throw new Error(`rate without a currency: ${rate.amount}/${rate.per}`)
  const hours = rate.per === 'd' ? defaults.hoursPerDay : 1
  return { microPerHour: String(microMoney(rate.amount / hours, currency)), currency }
}

const inOrder = (rates: readonly DatedRate[]): readonly DatedRate[] =>
  [...rates].sort((a, b) => ((a.from ?? '') < (b.from ?? '') ? -1 : 1))
