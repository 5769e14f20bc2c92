import type { PulledItem } from '../model/fact.ts'
import type { Connection, ConnectionSecrets, Cursor, Quota, Source } from '../model/source.ts'
import type { IsoInstant } from '../model/time.ts'
import type { Milestone } from '../model/work-item.ts'

/**
 * The port behind which every tracker sits. One folder per tracker implements it; sync knows nothing else of them.
 * Data enters by `pull` alone: a delivery is only a hint that something changed.
 */
export interface Tracker {
  /** As written in set-up files: `github`, `jira`. */
  readonly kind: string
  readonly title: string
  /** Checks connection settings and secrets before anything is stored. Returns what is wrong, in words; empty = fine. */
  checkConnection(connection: Connection, secrets: ConnectionSecrets): readonly string[]
  /** Checks source settings. Keys that it does not know are named with the nearest right name. */
  checkSource(source: Source): readonly string[]
  /** Setting names of sources and connections, for set-up files and forms. */
  readonly connectionKeys: readonly SettingKey[]
  readonly sourceKeys: readonly SettingKey[]
  /** Verifies and reads one delivery. Pure: no calls, no clock. */
  receive(delivery: Delivery, secrets: ConnectionSecrets): Promise<Received>
  connect(connection: Connection, secrets: ConnectionSecrets, tools: ConnectTools): TrackerClient
}

export interface SettingKey {
  readonly name: string
  readonly help: string
  readonly required?: boolean
  readonly secret?: boolean
}

/** A webhook call as it came, body word for word. Header names are lower case. */
export interface Delivery {
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

export type Received =
  /** Not signed, or not with a secret of ours: nothing of it is stored. */
  | { readonly verdict: 'refused'; readonly reason: string }
  | {
      readonly verdict: 'accepted'
      /** Unique per connection; a second delivery with it is a resend. */
      readonly deliveryId: string
      readonly event: string
      /** Empty: a delivery that says nothing about items (ping, comment...). */
      readonly hints: readonly Hint[]
    }

/** What a delivery suggests to look at. */
export interface Hint {
  /** Tells which sources it concerns: `acme/web` for GitHub, project key or id for Jira; `null` = unknown, ask all. */
  readonly scope: string | null
  readonly externalId: string | null
  readonly kind: 'item' | 'gone' | 'milestones'
}

export interface ConnectTools {
  readonly fetch: typeof globalThis.fetch
  readonly now: () => Date
  /** Called after every HTTP call: what was asked, what it cost, what is left. */
  readonly onCall: (call: TrackerCall) => void
  readonly log: (message: string) => void
}

export interface TrackerCall {
  /** Method and path pattern, e.g. `GET /repos/{owner}/{repo}/issues`. */
  readonly operation: string
  readonly status: number
  readonly milliseconds: number
  readonly quota: Quota | null
}

/** A connection in use. Failures are `Fault`s: `rateLimited` and `unavailable` carry `retryAt` where known. */
export interface TrackerClient {
  /** Who we are and what we may: for the first-run page and `doctor`. */
  identify(): Promise<Identity>
  /** Repositories or projects that could become sources, as source settings. Bounded; newest activity first. */
  discover(): Promise<readonly Discovered[]>
  /** Whether a hint's scope is this source. */
  concerns(source: Source, scope: string | null): boolean
  /**
   * Ids of items that changed since the cursor, page by page; without a cursor, all of them.
   * Each page carries the cursor from which a later listing goes on when everything up to this page is stored: the
   * sync stores it only then. Overlaps rather than skips. An idle listing costs one call.
   */
  listChanged(source: Source, cursor: Cursor | null): AsyncIterable<ChangePage>
  /** Items by immutable id, with their whole history. Bulk calls only. Ids that the tracker no longer shows are `missing`. */
  pull(source: Source, externalIds: readonly string[]): Promise<Pulled>
  /** Milestones or versions of a source. */
  listMilestones(source: Source): Promise<readonly Milestone[]>
}

export interface Identity {
  readonly name: string
  /** Rights held, in the tracker's words; `null` = the tracker does not tell. */
  readonly scopes: readonly string[] | null
  /** Rights beyond reading that the token has and does not need, or rights that it lacks: sentences. */
  readonly remarks: readonly string[]
}

export interface Discovered {
  readonly title: string
  readonly settings: Readonly<Record<string, unknown>>
  readonly lastActivity: IsoInstant | null
}

export interface ChangePage {
  readonly externalIds: readonly string[]
  readonly cursor: Cursor
  /** Total items of the listing when the tracker tells, for the progress bar. */
  readonly total: number | null
}

export interface Pulled {
  readonly items: readonly PulledItem[]
  readonly missing: readonly string[]
}
