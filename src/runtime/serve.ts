import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import type { Seal } from '../access/seal.ts'
import { createAppAndDoor } from '../http/app.ts'
import type { AppDeps } from '../http/deps.ts'
import { isLoopback } from '../http/guards/check-host.ts'
import { Fault } from '../model/fault.ts'
import type { IsoDate } from '../model/time.ts'
import type { Store } from '../store/database.ts'
import { pruneInbox } from '../store/inbox.ts'
import { pendingMigrations } from '../store/migrate.ts'
import { readMigrations } from '../store/read-migrations.ts'
import { runDue } from '../sync/run-due.ts'
import type { SyncTools } from '../sync/tools.ts'
import { trackers } from '../trackers/index.ts'
import type { Config } from './config.ts'
import { type DueLoop, startDueLoop } from './due-loop.ts'
import { type Log, createLog } from './log.ts'
import { builtFiles, listen, packageVersion } from './node.ts'
import { type OpenedStore, openStore } from './open-store.ts'
import { withoutOwnSecrets } from './own-secrets.ts'

export interface ServiceOptions {
  /** A store that is open already (the demo's); closed with the service. Left out: what the configuration names. */
  readonly opened?: OpenedStore
  readonly log?: Log
  readonly environment?: Readonly<Record<string, string | undefined>>
  /** What counts as today in pages, when nobody asks for a status date. */
  readonly today?: () => IsoDate
  readonly now?: () => Date
  readonly onProgress?: SyncTools['onProgress']
}

export interface Service {
  /** Without a slash at its end. */
  readonly url: string
  readonly store: Store
  readonly seal: Seal
  readonly sync: SyncTools
  readonly log: Log
  /** Something is due: deliveries, a new source. */
  readonly wake: () => void
  /** Finishes what is under way, gives everything back and closes the store. */
  readonly close: () => Promise<void>
}

const LOOK_EVERY_MS = 3000
const GATHER_MS = 100
const GATHER_MOST_MS = 700
const PATIENCE_MS = 5000
const HOUSEKEEPING_MS = 3_600_000
const KEEP_DELIVERIES_MS = 30 * 86_400_000

/**
 * Starts the service on this machine: store, pages, API and door, and the worker that reads trackers.
 *
 * @throws Fault with one sentence that says what to do
 */
export const startService = async (config: Config, options: ServiceOptions = {}): Promise<Service> => {
  const log = options.log ?? createLog(config.logLevel, process.stderr.isTTY === true)
  refuseRemote(config)
  const { assets, files } = builtFiles()
  const { store, seal, place } = options.opened ?? (await openStore(config))
  const closing = new AbortController()
  const now = options.now ?? (() => new Date())
  const environment = options.environment ?? process.env
  const sync: SyncTools = {
    store,
    trackers,
    openSecrets: seal.open,
    fetch: globalThis.fetch,
    now,
    log: (message) => log.warn(message),
    workerId: `${hostname()}-${process.pid}-${randomBytes(3).toString('hex')}`,
    pollSeconds: config.pollSeconds,
    onProgress: options.onProgress,
  }
  const under: Set<Promise<unknown>> = new Set()
  const later = (work: Promise<unknown>): void => {
    const watched = work
      .catch((error: unknown) => log.error({ err: error }, 'runtime: work after an answer failed'))
      .finally(() => under.delete(watched))
    under.add(watched)
  }
  let loop: DueLoop | null = null
  const deps: AppDeps = {
    store,
    sync,
    seal: seal.seal,
    openSecrets: seal.open,
    today: options.today,
    assets,
    files,
    actor: 'local',
    wake: () => loop?.wake(),
    later,
    environment: withoutOwnSecrets(environment),
    config: {
      publicUrl: config.publicUrl,
      allowRemote: config.allowRemote,
      version: packageVersion(),
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    },
    missing: async () => {
      const pending = await pendingMigrations(store.db, readMigrations())
      return pending.map(({ name }) => `Migration ${name} has not run: start the service again.`)
    },
    log: {
      debug: (fields, message) => log.debug(fields, message),
      error: (fields, message) => log.error(fields, message),
    },
    closing: closing.signal,
  }
  const { app, door } = createAppAndDoor(deps)
  const server = await listen(app, door, config.host, config.port).catch(async (error: unknown) => {
    await store.close()
    throw error
  })
  const tidy = housekeeping(store, now)
  loop = startDueLoop({
    run: async () => {
      await runDue(sync)
      await tidy()
    },
    failed: (error) => {
      const expected = error instanceof Fault
      log.error(expected ? {} : { err: error }, expected ? error.message : 'runtime: a sync failed unexpectedly')
    },
    everyMs: LOOK_EVERY_MS,
    gatherMs: GATHER_MS,
    gatherMostMs: GATHER_MOST_MS,
  })
  const url = `http://${isLoopback(config.host) ? 'localhost' : bracketed(config.host)}:${server.port}`
  log.info({ url }, `Plumbline is ready (${place}${isLoopback(config.host) ? '; for this machine only' : ''})`)
  if (config.allowRemote || config.publicUrl !== null)
    log.warn('Nobody signs in yet: whoever reaches this address can read and change everything')
  let closed: Promise<void> | null = null
  const close = async (): Promise<void> => {
    closing.abort()
    await Promise.all([server.close(PATIENCE_MS), loop?.stop(PATIENCE_MS)])
    await Promise.race([Promise.all(under), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS).unref())])
    await store.close()
  }
  return {
    url,
    store,
    seal,
    sync,
    log,
    wake: () => loop?.wake(),
    close: () => {
      closed ??= close()
      return closed
    },
  }
}

/** Until people sign in, whoever reaches the service may do everything. */
const refuseRemote = ({ host, allowRemote }: Config): void => {
  if (isLoopback(host) || allowRemote) return
  throw new Fault(
    'misconfigured',
    `runtime: HOST=${host} would let other machines in, and nobody signs in yet: listen on 127.0.0.1, or say --allow-remote (PLUMBLINE_ALLOW_REMOTE=true) where a network or a proxy decides who gets here`,
  )
}

/** What the embedded database does not do by itself, and old deliveries: once an hour, between two runs. */
const housekeeping = (store: Store, now: () => Date): (() => Promise<void>) => {
  let next = now().getTime() + HOUSEKEEPING_MS
  return async () => {
    const at = now().getTime()
    if (at < next) return
    next = at + HOUSEKEEPING_MS
    await pruneInbox(store.db, new Date(at - KEEP_DELIVERIES_MS).toISOString())
    await store.maintain()
  }
}

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host)
