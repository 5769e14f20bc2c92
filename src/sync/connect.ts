import { Fault } from '../model/fault.ts'
import type { Connection, ConnectionSecrets } from '../model/source.ts'
import type { ConnectTools, Tracker, TrackerClient } from '../trackers/tracker.ts'
import { findConnection } from '../store/connections.ts'
import { boundedFetch } from './bounded-fetch.ts'
import type { SyncTools } from './tools.ts'

export interface OpenConnection {
  readonly connection: Connection
  readonly secrets: ConnectionSecrets
  readonly tracker: Tracker
}

/** A stored connection with its secrets opened and its tracker found. */
export const openConnection = async (tools: SyncTools, id: string): Promise<OpenConnection> => {
  const found = await findConnection(tools.store.db, id)
  if (!found) throw new Fault('notFound', `sync: no connection is named ${id}: see the connections on the sources page`)
  const secrets = await tools.openSecrets(found.sealedSecrets)
  return { connection: found, secrets, tracker: trackerOf(tools.trackers, found.tracker) }
}

export const clientFor = (
  tools: SyncTools,
  { connection, secrets, tracker }: OpenConnection,
  onCall: ConnectTools['onCall'],
): TrackerClient =>
  tracker.connect(connection, secrets, { fetch: boundedFetch(tools.fetch), now: tools.now, onCall, log: tools.log })

export const trackerOf = (trackers: readonly Tracker[], kind: string): Tracker => {
  const tracker = trackers.find((candidate) => candidate.kind === kind)
  if (!tracker) {
    const kinds = trackers.map((candidate) => candidate.kind).join(', ')
    throw new Fault('invalid', `sync: tracker ${kind} is not known: use one of ${kinds}`)
  }
  return tracker
}
