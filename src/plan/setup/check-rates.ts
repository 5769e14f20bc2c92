import type { Finding } from './places.ts'
import type { SetupPlan, SetupResource } from './setup.ts'

/** What a rate means where it does not say: the currency and the length of a day of the plans. */
export interface RateDefaults {
  readonly currency: string | null
  readonly hoursPerDay: number
}

/** The one currency and the one length of a day that all plans share; `null` and 8 hours where they differ. */
export const rateDefaults = (plans: readonly Pick<SetupPlan, 'currency' | 'calendar'>[]): RateDefaults => {
  const [currency = null, otherCurrency] = currenciesOf(plans)
  const [hours = 8, otherHours] = hoursOf(plans)
  return {
    currency: otherCurrency === undefined ? currency : null,
    hoursPerDay: otherHours === undefined ? hours : 8,
  }
}

/** Rates that cannot be told: no currency although plans differ in it, or a person's day rate although days differ. */
export const checkRates = (
  resources: readonly SetupResource[],
  plans: readonly Pick<SetupPlan, 'currency' | 'calendar'>[],
): readonly Finding[] => {
  const currencies = currenciesOf(plans)
  const hours = hoursOf(plans)
  return resources.flatMap((resource) => {
    const written = [
      ...(resource.rate === null ? [] : [{ rate: resource.rate, at: ['rate'] }]),
      ...resource.rates.map(({ rate }, index) => ({ rate, at: ['rates', index, 'rate'] })),
    ]
    return written.flatMap(({ rate, at }): Finding[] => {
      const path = ['resources', resource.id, ...at]
      if (rate.currency === null && currencies.length !== 1) {
        const why = currencies.length === 0 ? 'no plan has a currency' : `the plans use ${currencies.join(' and ')}`
        return [{ path, message: `${why}; write the rate with its currency, e.g. ${rate.amount} EUR/${rate.per}` }]
      }
      if (rate.per === 'd' && resource.kind === 'person' && hours.length > 1)
        return [{ path, message: `a day has ${hours.join(' or ')} hours in these plans; write the rate per hour` }]
      return []
    })
  })
}

const currenciesOf = (plans: readonly Pick<SetupPlan, 'currency'>[]): readonly string[] => [
  ...new Set(plans.flatMap(({ currency }) => (currency === null ? [] : [currency]))),
]

const hoursOf = (plans: readonly Pick<SetupPlan, 'calendar'>[]): readonly number[] => [
  ...new Set(plans.map(({ calendar }) => calendar.hoursPerDay)),
]
