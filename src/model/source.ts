import type { IsoInstant } from './time.ts'

/** A tracker account that Plumbline reads through. Secrets are kept sealed and apart. */
export interface Connection {
  readonly id: string
  readonly tracker: string
  readonly url: string
  /** Tracker-specific, without secrets: e-mail, deployment, app id... */
  readonly settings: Readonly<Record<string, unknown>>
}

export interface ConnectionSecrets {
  readonly token?: string | undefined
  readonly webhookSecret?: string | undefined
  /** Older secrets that are still accepted while one is being rotated. */
  readonly formerWebhookSecrets?: readonly string[] | undefined
  readonly privateKey?: string | undefined
}

/** One repository or project (or query) read through a connection. */
export interface Source {
  readonly id: string
  readonly connection: string
  /** Tracker-specific: `{ repository }`, `{ project }`, `{ jql }`... */
  readonly settings: Readonly<Record<string, unknown>>
}

/** Where the next pull of a source goes on. Opaque to all but its tracker. */
export type Cursor = Readonly<Record<string, unknown>>

/** Calls left until a limit is lifted, as the tracker last said. */
export interface Quota {
  readonly remaining: number | null
  readonly limit: number | null
  readonly resetAt: IsoInstant | null
}
