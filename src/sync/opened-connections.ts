import { type OpenConnection, openConnection } from './connect.ts'
import type { SyncTools } from './tools.ts'

const FRESH_MS = 5000
const RECHECK_MS = 1000

/** Connections with their secrets opened, remembered for a few seconds. */
export interface OpenedConnections {
  /** @throws Fault notFound */
  get(id: string): Promise<OpenConnection>
  /** After a refusal: the connection anew if it may have changed since (another replica may have), else `null`. */
  again(id: string): Promise<OpenConnection | null>
  /** After a set-up was applied here. */
  forget(): void
}

export const openedConnections = (tools: SyncTools): OpenedConnections => {
  const opened = new Map<string, { readonly at: number; readonly connection: Promise<OpenConnection> }>()
  const open = (id: string): Promise<OpenConnection> => {
    const connection = openConnection(tools, id)
    const entry = { at: tools.now().getTime(), connection }
    opened.set(id, entry)
    connection.catch(() => {
      if (opened.get(id) === entry) opened.delete(id)
    })
    return connection
  }
  const age = (id: string): number => {
    const entry = opened.get(id)
    return entry ? tools.now().getTime() - entry.at : Number.POSITIVE_INFINITY
  }
  return {
    get: (id) => (age(id) < FRESH_MS ? opened.get(id)!.connection : open(id)),
    again: async (id) => (age(id) < RECHECK_MS ? null : open(id)),
    forget: () => opened.clear(),
  }
}
