import { type SQL, sql } from 'drizzle-orm'

/** Conditions on `items i`: every word occurs in the key or the title; case does not matter, `%` and `_` are themselves. */
export const searchWords = (search: string | undefined): readonly SQL[] =>
  (search?.split(/\s+/).filter(Boolean) ?? []).map((word) => {
    const pattern = `%${word.replace(/[\\%_]/g, '\\$&')}%`
    return sql`(i.key ilike ${pattern} or i.title ilike ${pattern})`
  })
