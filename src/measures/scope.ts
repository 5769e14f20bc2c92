import type { Micro } from '../model/amounts.ts'
import type { ScopeFlows } from '../model/baseline.ts'
import { type Known, known, unknown } from '../model/reason.ts'

/** How baseline scope became current scope. Micro size. */
export interface ScopeRoll extends ScopeFlows {
  readonly baseline: Known<Micro>
  /** Part of the baseline's stated size that items which came later have filled. */
  readonly filled: Known<Micro>
  readonly current: Known<Micro>
}

/**
 * The scope roll: current = baseline + added − removed + re-estimated + moved in − moved out − filled.
 * Items that arrive in a phase whose size was stated beforehand first fill that size: they are counted in `added` and taken
 * back in `filled`, and only what goes beyond is growth. Current scope holds the part that no item fills yet.
 *
 * @param baseline   baseline scope; unknown (`noBaseline`, `unitChanged`, `noBaselineScope`) makes the roll unknown
 * @param flows      since the freeze, up to the status date, >= 0 each but `reestimated`, which has a sign
 * @param poolSize   scope that was stated without items, at the freeze
 * @param outside    size in the phase now of items that no list of the baseline holds
 * @param presentSize size of the items in the phase now: the current scope when there is no baseline to start from
 * @example scopeRoll({ baseline: known(120n), flows: { ...none, added: 30n }, poolSize: 80n, outside: 30n, presentSize: 70n })
 *          // filled 30, current 120: the arrivals were foreseen
 */
export const scopeRoll = ({
  baseline,
  flows,
  poolSize,
  outside,
  presentSize,
}: {
  readonly baseline: Known<Micro>
  readonly flows: ScopeFlows
  readonly poolSize: Micro
  readonly outside: Micro
  readonly presentSize: Micro
}): ScopeRoll => {
  const { added, removed, reestimated, movedIn, movedOut } = flows
  const counted = { added, removed, reestimated, movedIn, movedOut }
  if (baseline.because !== null)
    return { ...counted, baseline, filled: unknown(baseline.because), current: known(presentSize) }
  const filled = outside <= 0n ? 0n : outside < poolSize ? outside : poolSize
  const current = baseline.value + added - removed + reestimated + movedIn - movedOut - filled
  return { ...counted, baseline, filled: known(filled), current: known(current) }
}

/**
 * Net growth of scope since the baseline, in per cent of the baseline scope. Below 0 = scope was cut.
 *
 * @returns per cent; unknown when the baseline is, or holds no scope (`noBaselineScope`)
 * @example scopeGrowthPercent(known(300n), known(360n)) // => known(20)
 */
export const scopeGrowthPercent = (baseline: Known<Micro>, current: Known<Micro>): Known => {
  if (baseline.because !== null) return unknown(baseline.because)
  if (current.because !== null) return unknown(current.because)
  if (baseline.value <= 0n) return unknown('noBaselineScope')
  return known((Number(current.value - baseline.value) / Number(baseline.value)) * 100)
}

/** The roll of a sum of phases: each column added; baseline and filled are unknown as soon as one part's is. */
export const sumScope = (parts: readonly ScopeRoll[]): ScopeRoll => {
  const plus = (column: keyof ScopeFlows): Micro => parts.reduce((sum, part) => sum + part[column], 0n)
  const all = (column: 'baseline' | 'filled' | 'current'): Known<Micro> => {
    let sum = 0n
    for (const part of parts) {
      const value = part[column]
      if (value.because !== null) return unknown('partsUnknown')
      sum += value.value
    }
    return known(sum)
  }
  return {
    baseline: all('baseline'),
    added: plus('added'),
    removed: plus('removed'),
    reestimated: plus('reestimated'),
    movedIn: plus('movedIn'),
    movedOut: plus('movedOut'),
    filled: all('filled'),
    current: all('current'),
  }
}
