import type { Database } from '../../store/database.ts'
import { readHeads } from '../../store/heads.ts'

/** A plan's newest revision, as `/events` tells it. */
export interface SeenHead {
  readonly planNo: number
  readonly plan: string
  readonly revision: number
}

export interface HeadWatch {
  /** Heads as they are now. */
  read(): Promise<readonly SeenHead[]>
  /** Calls with the heads after every look, until the returned function is called. */
  follow(heard: (heads: readonly SeenHead[]) => void): () => void
}

const EVERY_MS = 1000

/**
 * Looks at the heads of all plans once a second, for all listeners together, while there are any. A look that fails is
 * simply repeated: readers lose nothing by hearing of a revision later.
 */
export const headWatch = (db: Database): HeadWatch => {
  const listeners = new Set<(heads: readonly SeenHead[]) => void>()
  let timer: ReturnType<typeof setTimeout> | undefined
  const look = async (): Promise<void> => {
    try {
      const heads = await readHeads(db)
      for (const heard of listeners) heard(heads)
    } catch {
      // The database is away: pages and `/readyz` say so.
    }
    if (listeners.size > 0) timer = setTimeout(look, EVERY_MS)
  }
  return {
    read: () => readHeads(db),
    follow: (heard) => {
      listeners.add(heard)
      if (listeners.size === 1) timer = setTimeout(look, EVERY_MS)
      return () => {
        listeners.delete(heard)
        if (listeners.size === 0) clearTimeout(timer)
      }
    },
  }
}
