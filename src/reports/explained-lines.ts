import type { Amounts, Cause } from '../model/posting.ts'

/** Which lines of the ledger a measure is a sum of. */
export interface ExplainedLines {
  readonly book: 'work' | 'baseline'
  readonly amount: keyof Amounts
  readonly unit: 'value' | 'size' | 'items' | 'hours'
  readonly causes?: readonly Cause[]
  /** Flows count since the freeze. */
  readonly sinceBaseline?: boolean
  readonly inPeriod?: boolean
  /** Moves count apart by direction; sizes that left are shown positive. */
  readonly direction?: 'in' | 'out'
}

const size = (causes: readonly Cause[], direction?: 'in' | 'out'): ExplainedLines => ({
  book: 'work',
  amount: 'size',
  unit: 'size',
  causes,
  sinceBaseline: true,
  ...(direction ? { direction } : {}),
})

const LINES: Readonly<Record<string, ExplainedLines>> = {
  earnedValue: { book: 'baseline', amount: 'earned', unit: 'value' },
  actualCost: { book: 'work', amount: 'cost', unit: 'value' },
  'hours.logged': { book: 'work', amount: 'seconds', unit: 'hours' },
  'hours.unrated': { book: 'work', amount: 'unratedSeconds', unit: 'hours' },
  'scope.added': size(['added', 'reopened']),
  'scope.removed': size(['removed', 'dropped', 'deleted'], 'out'),
  'scope.reestimated': size(['estimated', 'split', 'started', 'completed']),
  'scope.movedIn': size(['moved'], 'in'),
  'scope.movedOut': size(['moved'], 'out'),
  'scope.current': { book: 'work', amount: 'size', unit: 'size' },
  'scope.done': { book: 'work', amount: 'doneSize', unit: 'size' },
  'scope.filled': { book: 'baseline', amount: 'size', unit: 'size' },
  percentComplete: { book: 'work', amount: 'doneSize', unit: 'size' },
  'items.total': { book: 'work', amount: 'items', unit: 'items' },
  'items.done': { book: 'work', amount: 'done', unit: 'items' },
  'items.doing': { book: 'work', amount: 'doing', unit: 'items' },
  'items.dropped': { book: 'work', amount: 'dropped', unit: 'items' },
  'items.unestimated': { book: 'work', amount: 'unestimated', unit: 'items' },
}

/** The lines behind a key path; `null` = it is computed from other measures or from the baseline alone. */
export const explainedLines = (measure: string): ExplainedLines | null => {
  const exact = LINES[measure]
  if (exact) return exact
  const [head, ...rest] = measure.split('.')
  const inner = LINES[rest.join('.')]
  if (!inner || (head !== 'current' && head !== 'judged')) return null
  return head === 'current' ? { ...inner, inPeriod: true } : inner
}
