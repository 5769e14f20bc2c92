import type { Database, Store } from '../../src/store/database.ts'

/** The store of a process that dies when it begins another transaction after so many. */
export const storeThatDies = (store: Store, transactions: number): Store => {
  let left = transactions
  const db = new Proxy(store.db, {
    get: (target, name) => {
      if (name !== 'transaction') return Reflect.get(target, name, target) as unknown
      return (...work: Parameters<Database['transaction']>) => {
        left -= 1
        if (left < 0) throw new Error('the process died')
        return target.transaction(...work)
      }
    },
  })
  return { ...store, db }
}
