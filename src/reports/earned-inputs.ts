import { earnedByItems } from '../measures/earned-by-items.ts'
import { sizeOf } from '../model/amounts.ts'
import type { Explanation } from './shapes/explanation.ts'
import type { PhasePart } from './phase-part.ts'
import type { ValueUnit } from './value-unit.ts'

type Input = Explanation['inputs'][number]

/** What a phase itself, without its children, has earned its value by: depends on its technique. */
export const earnedInputs = (part: PhasePart, unit: ValueUnit): readonly Input[] => {
  const { frozen, earnings } = part
  if (!frozen || part.value === 0n) return []
  const technique = frozen.phase.progress.kind
  const share = part.earnedValue.value === null ? null : unit.number(part.earnedValue.value)
  if (technique !== 'items') return [input(WORDS[technique] ?? technique, share, null)]
  const { record } = frozen
  const listed = input('Listed items that are done', unit.number(earnings.earned), `${record.listedItems} items listed`)
  if (record.poolSize === 0n) return [listed]
  const pool = earnedByItems({ ...record, listedEarned: 0n, outsideDone: earnings.outside })
  return [
    listed,
    input(
      'Later items that fill the stated size',
      pool.value === null ? null : unit.number(pool.value),
      `${unit.number(record.poolValue)} × min(1, ${sizeOf(earnings.outside)} done ÷ ${sizeOf(record.poolSize)} stated without items)`,
    ),
  ]
}

const WORDS: Readonly<Record<string, string>> = {
  '0/100': '0/100: all of it once finished',
  '50/50': '50/50: half once started, the rest once finished',
  milestones: 'Weights of the milestones that were reached',
  manual: 'The latest per cent that was entered',
  units: 'Units completed ÷ planned units, as entered',
  'level-of-effort': 'Level of effort: earns what was planned',
  apportioned: 'Its share of what another phase has earned',
}

const input = (name: string, value: number | null, note: string | null): Input => ({
  name,
  value,
  measure: null,
  phase: null,
  note,
})
