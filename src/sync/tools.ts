import type { ConnectionSecrets } from '../model/source.ts'
import type { Store } from '../store/database.ts'
import type { Tracker } from '../trackers/tracker.ts'

/** What the sync room is given by the entrance. */
export interface SyncTools {
  readonly store: Store
  readonly trackers: readonly Tracker[]
  readonly openSecrets: (sealed: string | null) => Promise<ConnectionSecrets>
  readonly fetch: typeof globalThis.fetch
  readonly now: () => Date
  readonly log: (message: string) => void
  /** Names this process in leases. */
  readonly workerId: string
  /** Seconds between two polls of a source. */
  readonly pollSeconds: number
  /** Called as a pull goes on; for progress bars. */
  readonly onProgress?: ((progress: SyncProgress) => void) | undefined
}

export interface SyncProgress {
  readonly source: string
  readonly items: number
  readonly total: number | null
  readonly calls: number
  readonly finished: boolean
}
