import type { Database } from '../store/database.ts'
import { type NewDelivery, storeDeliveries } from '../store/inbox.ts'

type Verdict = 'stored' | 'known'

interface Waiting {
  readonly delivery: NewDelivery
  readonly resolve: (verdict: Verdict) => void
  readonly reject: (error: unknown) => void
}

const MOST = 200
const MOST_CHARACTERS = 8 * 1024 * 1024

/**
 * Stores deliveries that arrive at the same time in one statement: while one is under way, the next gathers. Nobody
 * waits for company, and each caller hears of its own delivery only once that is stored.
 */
export const batchDeliveries = (db: Database): ((delivery: NewDelivery) => Promise<Verdict>) => {
  let waiting: Waiting[] = []
  let working = false

  const work = async (): Promise<void> => {
    working = true
    while (waiting.length > 0) {
      const batch = waiting.slice(0, fitting(waiting))
      waiting = waiting.slice(batch.length)
      await storeAll(batch)
    }
    working = false
  }

  const storeAll = async (batch: readonly Waiting[]): Promise<void> => {
    try {
      const verdicts = await storeDeliveries(
        db,
        batch.map(({ delivery }) => delivery),
      )
      for (const [index, { resolve }] of batch.entries()) resolve(verdicts[index]!)
    } catch (error) {
      if (batch.length === 1) return batch[0]!.reject(error)
      // One of them may be to blame: the others must not suffer for it.
      for (const one of batch) await storeAll([one])
    }
  }

  return (delivery) =>
    new Promise((resolve, reject) => {
      waiting.push({ delivery, resolve, reject })
      if (!working) void work()
    })
}

/** How many of them go into one statement: at least one. */
const fitting = (waiting: readonly Waiting[]): number => {
  let characters = 0
  const end = waiting.findIndex(({ delivery }, index) => {
    characters += delivery.body.length
    return index === MOST || (index > 0 && characters > MOST_CHARACTERS)
  })
  return end === -1 ? waiting.length : end
}
