import { noteRefusedDelivery } from '../store/connections.ts'
import type { Database } from '../store/database.ts'

/** Counts refused deliveries, many in one statement: a flood of them must not become a flood of writes. */
export const countRefusals = (db: Database): ((connection: string) => Promise<void>) => {
  const pending = new Map<string, number>()
  let working: Promise<void> | null = null
  const work = async (): Promise<void> => {
    while (pending.size > 0) {
      const [connection, count] = [...pending][0]!
      pending.delete(connection)
      await noteRefusedDelivery(db, connection, count)
    }
  }
  return (connection) => {
    pending.set(connection, (pending.get(connection) ?? 0) + 1)
    working ??= work().finally(() => {
      working = null
    })
    return working
  }
}
