import type { Database } from '../store/database.ts'
import { type NewDelivery, storeDeliveries } from '../store/inbox.ts'

type Verdict = 'stored' | 'known'

interface Waiting {
  readonly delivery: NewDelivery
  readonly resolve: (verdict: Verdict) => void
  readonly reject: (error: unknown) => void
}

const AT_ONCE = 2
const MOST = 64
const MOST_CHARACTERS = 8 * 1024 * 1024

/**
 * Stores deliveries that arrive together in one statement, a few statements at once: while they are under way, the
 * next gather. Nobody waits for company, and each caller hears of its own delivery only once that is stored.
 */
export const batchDeliveries = (db: Database): ((delivery: NewDelivery) => Promise<Verdict>) => {
  let waiting: Waiting[] = []
  let working = 0
  let planned = false

  // At the end of this turn of the event loop: whatever arrived in it goes together.
  const plan = (): void => {
    if (planned || working >= AT_ONCE) return
    planned = true
    setImmediate(begin)
  }

  const begin = (): void => {
    planned = false
    while (working < AT_ONCE && waiting.length > 0) {
      const batch = waiting.slice(0, fitting(waiting))
      waiting = waiting.slice(batch.length)
      working += 1
      void storeAll(batch).finally(() => {
        working -= 1
        if (waiting.length > 0) plan()
      })
    }
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
      plan()
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
