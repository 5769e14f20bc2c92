import type { Micro } from '../model/amounts.ts'
import type { DatedActual } from '../model/plan.ts'
import { type Known, known, unknown } from '../model/reason.ts'
import type { IsoDate } from '../model/time.ts'

/**
 * Earned value by per cent entered: the latest entry on or before the status date counts; percents are cumulative.
 *
 * @param value micro units
 * @returns micro units; unknown (`noInput`) before the first entry
 * @example earnedByPercent(200n, [{ date: '2026-04-30', percent: 35, … }], '2026-05-02') // => known(70n)
 */
export const earnedByPercent = (value: Micro, entries: readonly DatedActual[], asOf: IsoDate): Known<Micro> => {
  const percent = latest(entries, 'percent', asOf)
  return percent === null ? unknown('noInput') : known(share(value, percent / 100))
}

/**
 * Earned value by units completed: latest entered number of units ÷ planned total.
 *
 * @param total planned units; `null` or 0 = unknown (`noInput`)
 * @example earnedByUnits(250_000n, 800, [{ date: '2026-04-30', units: 600, … }], '2026-05-02') // => known(187_500n)
 */
export const earnedByUnits = (
  value: Micro,
  total: number | null,
  entries: readonly DatedActual[],
  asOf: IsoDate,
): Known<Micro> => {
  const units = latest(entries, 'units', asOf)
  return units === null || total === null || total <= 0 ? unknown('noInput') : known(share(value, units / total))
}

const latest = (entries: readonly DatedActual[], key: 'percent' | 'units', asOf: IsoDate): number | null => {
  let found: { readonly date: IsoDate; readonly amount: number } | null = null
  for (const entry of entries) {
    const amount = entry[key]
    if (amount === null || entry.date > asOf) continue
    if (found === null || entry.date >= found.date) found = { date: entry.date, amount }
  }
  return found?.amount ?? null
}

const PRECISION = 1_000_000_000

const share = (value: Micro, part: number): Micro =>
  (value * BigInt(Math.round(Math.min(1, Math.max(0, part)) * PRECISION))) / BigInt(PRECISION)
