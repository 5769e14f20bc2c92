import { numberParameter, textParameter } from '../question.ts'

export const pageShape = {
  cursor: textParameter().optional(),
  limit: numberParameter('how many to show', 1000).optional(),
}

const PAGE = 100

/** One page of a list that is sorted by its key. `next: null` = that was the last. */
export const pageOf = <T>(
  all: readonly T[],
  keyOf: (entry: T) => string,
  { cursor, limit = PAGE }: { readonly cursor?: string | undefined; readonly limit?: number | undefined },
): { readonly entries: T[]; readonly next: string | null } => {
  const start = cursor === undefined ? 0 : all.findIndex((entry) => keyOf(entry) === cursor) + 1
  const entries = all.slice(start, start + limit)
  const last = entries.at(-1)
  return { entries, next: last !== undefined && start + limit < all.length ? keyOf(last) : null }
}
