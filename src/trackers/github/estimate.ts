import type { GitHubSource } from './settings.ts'

/**
 * Points from labels, as GitHub has no estimate of its own. Of several such labels the largest counts, so that the answer
 * does not depend on their order; `null` = none of them.
 */
export const pointsOf = (labels: readonly string[], source: GitHubSource): number | null => {
  let points: number | null = null
  for (const label of labels) {
    const text = source.estimateLabels.exec(label.trim())?.[1]
    const value = text === undefined || text.trim() === '' ? Number.NaN : Number(text)
    if (Number.isFinite(value) && value >= 0) points = Math.max(points ?? 0, value)
  }
  return points
}
