import type { CatalogueEntry } from './catalogue-entry.ts'
import { SCOPE_MEASURES } from './catalogue-scope.ts'
import { TIME_MEASURES } from './catalogue-time.ts'
import { VALUE_MEASURES } from './catalogue-value.ts'

/** Every measure of the plan variance report, by its key path there. */
export const catalogue: readonly CatalogueEntry[] = [...VALUE_MEASURES, ...TIME_MEASURES, ...SCOPE_MEASURES]

/**
 * The entry of a key path: those of the period and of what a sum is judged by are the same measures.
 *
 * @example measureOf('current.costVariance')?.symbol // => 'CV'
 */
export const measureOf = (path: string): CatalogueEntry | null => {
  const exact = byId.get(path)
  return exact ?? byId.get(path.replace(/^(current|judged)\./, '')) ?? null
}

const byId = new Map(catalogue.map((entry) => [entry.id, entry]))
