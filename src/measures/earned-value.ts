import type { Micro } from '../model/amounts.ts'
import type { DatedActual, ProgressTechnique } from '../model/plan.ts'
import { type Known, known, unknown } from '../model/reason.ts'
import type { IsoDate } from '../model/time.ts'
import { type ItemProgress, earnedByItems } from './earned-by-items.ts'
import { type MilestoneProgress, earnedByMilestones } from './earned-by-milestones.ts'
import { earnedByPercent, earnedByUnits } from './earned-by-entries.ts'
import { earnedByFinish, earnedByStart } from './earned-by-start-and-finish.ts'

/** All that any technique may need to know of a phase on a status date. Values are micro units. */
export interface PhaseProgress {
  readonly asOf: IsoDate
  readonly value: Micro
  /** Planned value on the status date. */
  readonly plannedValue: Micro
  readonly started: boolean
  readonly finished: boolean
  readonly items: ItemProgress
  readonly milestones: readonly MilestoneProgress[]
  readonly entries: readonly DatedActual[]
  readonly unitsTotal: number | null
  /** For an apportioned phase: what its base phase has earned, and the base's value. */
  readonly base: { readonly earned: Known<Micro>; readonly value: Micro } | null
}

/**
 * Earned value (EV): the budget of the work that is done, by the phase's own technique.
 * An unknown result counts as 0 while nothing was planned and nothing has started.
 *
 * @returns micro units, 0..value; unknown (`noBaselineScope`, `noInput`, or the base phase's reason)
 * @source ANSI/EIA-748 earned value techniques; NDIA, Industry Practice Guide for Agile on EVM Programs (2019)
 */
export const earnedValue = (technique: ProgressTechnique, progress: PhaseProgress): Known<Micro> => {
  const earned = byTechnique(technique, progress)
  if (earned.because === null) return known(clamp(earned.value, progress.value))
  return progress.plannedValue === 0n && !progress.started ? known(0n) : earned
}

/** Apportioned effort: `factor` × the share that the base phase has earned, of this phase's value. */
export const earnedByApportionment = (
  value: Micro,
  factor: number,
  base: { readonly earned: Known<Micro>; readonly value: Micro },
): Known<Micro> => {
  if (base.earned.because !== null) return base.earned
  if (base.value <= 0n) return unknown('budgetZero')
  return known(clamp((value * BigInt(Math.round(factor * 1e6)) * base.earned.value) / (base.value * 1_000_000n), value))
}

const byTechnique = (technique: ProgressTechnique, progress: PhaseProgress): Known<Micro> => {
  const { value, asOf } = progress
  switch (technique.kind) {
    case 'items':
      return earnedByItems(progress.items)
    case '0/100':
      return known(earnedByFinish(value, progress.finished))
    case '50/50':
      return known(earnedByStart(value, 50, progress))
    case 'milestones':
      return earnedByMilestones(value, progress.milestones, asOf)
    case 'manual':
      return earnedByPercent(value, progress.entries, asOf)
    case 'units':
      return earnedByUnits(value, progress.unitsTotal, progress.entries, asOf)
    case 'level-of-effort':
      return known(progress.plannedValue)
    case 'apportioned':
      return progress.base === null ? unknown('noInput') : earnedByApportionment(value, technique.factor, progress.base)
  }
}

const clamp = (earned: Micro, value: Micro): Micro => (earned < 0n ? 0n : earned > value ? value : earned)
