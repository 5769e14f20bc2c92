import type { Micro } from './amounts.ts'
import type { IsoDate } from './time.ts'
import type { Account } from './work-item.ts'

export type ResourceKind = 'person' | 'equipment' | 'material'

/** What an hour costs from a day on, until the next rate. `from: null` = since ever. */
export interface DatedRate {
  readonly from: IsoDate | null
  /** Micro minor units per hour, decimal text (JSON has no bigint). */
  readonly microPerHour: string
  readonly currency: string
}

/** A person, a piece of equipment or a material. */
export interface Resource {
  /** Stable number in the ledger. */
  readonly no: number
  readonly id: string
  readonly name: string
  readonly kind: ResourceKind
  readonly rates: readonly DatedRate[]
  readonly capacityHoursPerDay: number | null
  readonly accounts: readonly Account[]
}

/** The rate in force on a day, or `null` when there is none in that currency. */
export const rateOn = (resource: Resource, date: IsoDate, currency: string): Micro | null => {
  let found: DatedRate | null = null
  for (const rate of resource.rates) {
    if (rate.currency !== currency || (rate.from !== null && rate.from > date)) continue
    if (found === null || (rate.from ?? '') >= (found.from ?? '')) found = rate
  }
  return found === null ? null : BigInt(found.microPerHour)
}
