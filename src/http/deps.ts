import type { MiddlewareHandler } from 'hono'
import type { Assets } from '../../web/assets.ts'
import type { IsoDate } from '../model/time.ts'
import type { Zone } from '../model/zone.ts'
import type { ApplyTools } from '../plan/apply-setup.ts'
import type { Store } from '../store/database.ts'
import type { SyncTools } from '../sync/tools.ts'

/** What the entrance gives to the routes. Nothing here is read from the machine by the routes themselves. */
export interface AppDeps {
  readonly store: Store
  /** Also the home of the clock (`sync.now`) and of the list of trackers. */
  readonly sync: SyncTools
  readonly seal: ApplyTools['seal']
  readonly openSecrets: ApplyTools['openSecrets']
  /** What counts as today when nobody asks for a status date; left out: the clock's day in the plan's zone. */
  readonly today?: (() => IsoDate) | undefined
  readonly assets: Assets
  /** Serves what lies in `dist/client`; left out where the platform does it. */
  readonly files?: MiddlewareHandler | undefined
  /** Who is named in the audit trail, until people sign in. */
  readonly actor: string
  /** Tells the worker that something is due. Never throws, never waits. */
  readonly wake: () => void
  /** Goes on with work after the answer; its failure is logged, not thrown. */
  readonly later: (work: Promise<unknown>) => void
  /** What `${NAME}` in a set-up may read. */
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly config: HttpConfig
  /** What keeps the service from being ready, in sentences; empty = ready. */
  readonly missing: () => Promise<readonly string[]>
  readonly log: HttpLog
  /** Ends the streams of `/events`. */
  readonly closing?: AbortSignal | undefined
}

export interface HttpConfig {
  /** Where browsers and trackers reach the service, e.g. `https://plumbline.acme.test`; `null` = only this machine. */
  readonly publicUrl: string | null
  /** Whether it was asked for that machines beyond this one may reach it by its numeric address. */
  readonly allowRemote: boolean
  readonly version: string
  /** For drafts, where nobody has named a zone yet. */
  readonly zone: Zone
}

export interface HttpLog {
  readonly debug: (fields: Readonly<Record<string, unknown>>, message: string) => void
  readonly error: (fields: Readonly<Record<string, unknown>>, message: string) => void
}

/** The part of a question that comes from the entrance. */
export const clockOf = ({ sync, today }: AppDeps): { readonly now: Date; readonly today?: IsoDate } => ({
  now: sync.now(),
  ...(today && { today: today() }),
})
