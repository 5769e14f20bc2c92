import { Fault } from '../model/fault.ts'
import { settleMilestones } from '../settle/reached-milestones.ts'
import { appendPull } from '../store/pulls.ts'
import { releaseSource, saveCursor } from '../store/leases.ts'
import type { StoredSource } from '../store/sources.ts'
import { saveMilestones } from '../store/tracker-milestones.ts'
import type { TrackerClient } from '../trackers/tracker.ts'
import { type CallMeter, callMeter } from './call-meter.ts'
import { clientFor, openConnection } from './connect.ts'
import { pullBatches } from './pull-batches.ts'
import { recordBatch } from './record-batch.ts'
import { retryTime } from './retry-time.ts'
import type { SyncTools } from './tools.ts'

export interface PollOutcome {
  readonly source: string
  readonly items: number
  readonly changed: number
  readonly calls: number
  readonly error: string | null
}

const LEASE_MS = 120_000

/**
 * Reads what changed in a source since its cursor (or everything, with `full`), for a worker that holds its lease, and
 * gives the lease back. The cursor moves only past what is stored. A failure keeps the data, says so in the source's
 * row and sets the next attempt; it never looks like an empty source.
 */
export const pollSource = async (
  tools: SyncTools,
  source: StoredSource,
  { full = false }: { readonly full?: boolean } = {},
): Promise<PollOutcome> => {
  const meter = callMeter()
  const tally = { items: 0, changed: 0, missing: 0 }
  const startedAt = tools.now().toISOString()
  const reason = full || source.cursor === null ? ('full' as const) : ('poll' as const)
  const finish = async (error: unknown): Promise<PollOutcome> => {
    const at = tools.now().toISOString()
    const text = error === null ? null : error instanceof Error ? error.message : String(error)
    const errorKind = error === null ? null : error instanceof Fault ? error.kind : 'unavailable'
    await appendPull(tools.store.db, {
      ...tally,
      sourceNo: source.no,
      reason,
      startedAt,
      endedAt: at,
      calls: meter.calls(),
      error: text,
      errorKind,
    })
    tools.onProgress?.({ ...progress(source, tally.items, null, meter), finished: true })
    return { source: source.id, items: tally.items, changed: tally.changed, calls: meter.calls(), error: text }
  }
  try {
    const client = clientFor(tools, await openConnection(tools, source.connection), meter.onCall)
    let cursor = full ? null : source.cursor
    for await (const batch of pullBatches(client, source, cursor, tools.now)) {
      tally.changed += await recordBatch(tools, source, {
        ...batch,
        missing: batch.missing.map((externalId) => ({ externalId, presence: 'invisible' })),
      })
      tally.items += batch.items.length
      tally.missing += batch.missing.length
      cursor = batch.cursor
      const until = new Date(tools.now().getTime() + LEASE_MS).toISOString()
      const terms = { worker: tools.workerId, until, cursor, itemsSeen: batch.items.length }
      if (!(await saveCursor(tools.store.db, source.no, terms)))
        throw new Fault('conflict', `sync: another worker has taken over source ${source.id}; it goes on from there`)
      tools.onProgress?.({ ...progress(source, tally.items, batch.total, meter), finished: false })
    }
    if (reason === 'full' || tally.changed > 0) await refreshMilestones(tools, source, client)
    await releaseSource(tools.store.db, source.no, tools.workerId, {
      result: 'done',
      at: tools.now().toISOString(),
      cursor,
      changed: tally.changed > 0,
      backfilled: true,
      calls: meter.calls(),
      quota: meter.quota(),
    })
    return await finish(null)
  } catch (error) {
    const now = tools.now()
    const message = error instanceof Error ? error.message : String(error)
    await releaseSource(tools.store.db, source.no, tools.workerId, {
      result: 'failed',
      at: now.toISOString(),
      error: message,
      errorKind: error instanceof Fault ? error.kind : 'unavailable',
      nextAttemptAt: retryTime(error, source.failures + 1, now).toISOString(),
      calls: meter.calls(),
      quota: meter.quota(),
    })
    if (!(error instanceof Fault)) tools.log(`sync: source=${source.id} failed unexpectedly: ${stack(error)}`)
    return finish(error)
  }
}

export const refreshMilestones = async (
  tools: SyncTools,
  source: StoredSource,
  client: TrackerClient,
): Promise<void> => {
  const now = tools.now().toISOString()
  await saveMilestones(tools.store.db, source.no, await client.listMilestones(source), now)
  await settleMilestones(tools.store, now)
}

const progress = (source: StoredSource, items: number, total: number | null, meter: CallMeter) => ({
  source: source.id,
  items,
  total,
  calls: meter.calls(),
})

const stack = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error))
