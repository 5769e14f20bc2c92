import type { Cursor, Source } from '../model/source.ts'
import type { PulledItem } from '../model/fact.ts'
import type { TrackerClient } from '../trackers/tracker.ts'
import { ahead } from './ahead.ts'

/** Items that were pulled together, and the cursor that is good once they are stored. */
export interface Batch {
  readonly items: readonly PulledItem[]
  readonly missing: readonly string[]
  readonly cursor: Cursor
  readonly total: number | null
  /** When the pull of the first of them began. */
  readonly startedAt: string
}

const BATCH_ITEMS = 500

/**
 * Everything that changed since a cursor, with history, in batches of up to 500 items. Listing, pulling and storing
 * overlap: while one batch is stored, the next is on its way.
 */
export const pullBatches = (
  client: TrackerClient,
  source: Source,
  cursor: Cursor | null,
  now: () => Date,
): AsyncGenerator<Batch> => ahead(joined(client, source, cursor, now))

async function* joined(
  client: TrackerClient,
  source: Source,
  cursor: Cursor | null,
  now: () => Date,
): AsyncGenerator<Batch> {
  let batch = null as Batch | null
  for await (const page of ahead(client.listChanged(source, cursor))) {
    const startedAt = now().toISOString()
    const pulled =
      page.externalIds.length === 0 ? { items: [], missing: [] } : await client.pull(source, page.externalIds)
    batch = {
      items: [...(batch?.items ?? []), ...pulled.items],
      missing: [...(batch?.missing ?? []), ...pulled.missing],
      cursor: page.cursor,
      total: page.total,
      startedAt: batch?.startedAt ?? startedAt,
    }
    if (batch.items.length >= BATCH_ITEMS) {
      yield batch
      batch = null
    }
  }
  if (batch) yield batch
}
