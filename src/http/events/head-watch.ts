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
  /** Something was delivered just now: looks more often for a few seconds. */
  hurry(): void
}

const EVERY_MS = 1000
const HURRY_MS = 200
const HURRIED_LOOKS = 15

/**
 * Looks at the heads of all plans once a second, for all listeners together, while there are any. A look that fails is
 * simply repeated: readers lose nothing by hearing of a revision later.
 */
export const headWatch = (db: Database): HeadWatch => {
  const listeners = new Set<(heads: readonly SeenHead[]) => void>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let looking = false
  let hurried = 0
  const plan = (): void => {
    if (timer !== undefined || looking || listeners.size === 0) return
    timer = setTimeout(look, hurried > 0 ? HURRY_MS : EVERY_MS)
    hurried = Math.max(0, hurried - 1)
  }
  const cancel = (): void => {
    clearTimeout(timer)
    timer = undefined
  }
  const look = async (): Promise<void> => {
    timer = undefined
    looking = true
    try {
      const heads = await readHeads(db)
      for (const heard of listeners) heard(heads)
    } catch {
      // The database is away: pages and `/readyz` say so.
    }
    looking = false
    plan()
  }
  return {
    read: () => readHeads(db),
    follow: (heard) => {
      listeners.add(heard)
      plan()
      return () => {
        listeners.delete(heard)
        if (listeners.size === 0) cancel()
      }
    },
    hurry: () => {
      const slow = hurried === 0
      hurried = HURRIED_LOOKS
      // Only once: a steady stream of deliveries must not put the next look off for ever.
      if (!slow) return
      cancel()
      plan()
    },
  }
}
