import { addDays, type IsoDate } from '../../src/model/time.ts'
import { endOfDay } from '../../src/model/zone.ts'
import type { PhaseBlueprint, PlanBlueprint, PlainData } from './blueprint.ts'
import { earnedShare } from './earned.ts'
import type { Life } from './life.ts'
import { personOf } from './people.ts'
import { shiftWorkdays, ZONE } from './working-days.ts'

const SMALLEST = 300

/**
 * What a phase's suppliers invoiced, every four weeks up to the day before the anchor, and what was entered by hand: the dated actuals of the set-up.
 * Invoices fill the gap between the hours that were logged and the cost that the phase shows.
 */
export const actualsOf = (
  plan: PlanBlueprint,
  phase: PhaseBlueprint,
  lives: readonly Life[],
  anchor: IsoDate,
): readonly PlainData[] => {
  const invoices: PlainData[] = []
  let invoiced = 0
  for (let back = 6; back >= 0; back -= 1) {
    const date = addDays(shiftWorkdays(anchor, -1), back * -28)
    if (date < phase.start) continue
    const target = (earnedShare(plan, phase, lives, date) * phase.budget) / phase.money.costIndex
    const entered = (phase.entered ?? [])
      .filter((entry) => entry.date <= date)
      .reduce((sum, entry) => sum + (entry.cost ?? 0), 0)
    const cost = Math.round((target - loggedCost(lives, date) - entered - invoiced) / 10) * 10
    if (cost < SMALLEST) continue
    invoiced += cost
    invoices.push({
      date,
      cost,
      note: `${phase.money.supplier}, invoice ${200 + invoices.length * 7 + (phase.budget % 89)}`,
    })
  }
  const entered = (phase.entered ?? []).filter((entry) => entry.date < anchor).map((entry): PlainData => ({ ...entry }))
  return [...entered, ...invoices].sort((a, b) => (String(a.date) < String(b.date) ? -1 : 1))
}

const loggedCost = (lives: readonly Life[], date: IsoDate): number => {
  const end = endOfDay(date, ZONE)
  let cost = 0
  for (const life of lives)
    for (const { deed } of life.acts)
      if (deed.kind === 'logWork' && deed.startedAt < end)
        cost += (deed.seconds / 3600) * (personOf(deed.person).rate ?? 0)
  return cost
}
