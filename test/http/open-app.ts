import type { Hono } from 'hono'
import { sealWith } from '../../src/access/seal.ts'
import { createAppAndDoor } from '../../src/http/app.ts'
import type { AppDeps } from '../../src/http/deps.ts'
import type { DirectDoor } from '../../src/http/webhooks/direct-door.ts'
import type { Store } from '../../src/store/database.ts'
import { pendingMigrations } from '../../src/store/migrate.ts'
import { readMigrations } from '../../src/store/read-migrations.ts'
import type { SyncTools } from '../../src/sync/tools.ts'
import { trackers } from '../../src/trackers/index.ts'

export interface TestApp {
  readonly app: Hono
  readonly door: DirectDoor
  readonly deps: AppDeps
  /** How often the worker was told that something is due. */
  readonly wakes: () => number
  /** What was logged as an error, whole. */
  readonly errors: readonly { readonly fields: Readonly<Record<string, unknown>>; readonly message: string }[]
  /** Resolves when the work that goes on after answers has ended. */
  readonly settled: () => Promise<unknown>
}

/** The app over a store, as the entrance would make it. `different` replaces parts of what it is given. */
export const openApp = async (
  store: Store,
  sync: Partial<SyncTools> = {},
  different: Partial<AppDeps> = {},
): Promise<TestApp> => {
  const seal = await sealWith('a secret for tests only')
  const errors: { fields: Readonly<Record<string, unknown>>; message: string }[] = []
  const under: Promise<unknown>[] = []
  let wakes = 0
  const tools: SyncTools = {
    store,
    trackers,
    openSecrets: seal.open,
    fetch: globalThis.fetch,
    now: () => new Date(),
    log: (message) => void errors.push({ fields: {}, message }),
    workerId: 'test',
    pollSeconds: 300,
    ...sync,
  }
  const deps: AppDeps = {
    store,
    sync: tools,
    seal: seal.seal,
    openSecrets: seal.open,
    assets: { css: '/assets/plumbline.css', islands: '/assets/main.js' },
    actor: 'test',
    wake: () => {
      wakes += 1
    },
    later: (work) => void under.push(work),
    environment: {},
    config: { publicUrl: null, allowRemote: false, version: '1.2.3', zone: 'Europe/Berlin' },
    missing: async () => (await pendingMigrations(store.db, readMigrations())).map(({ name }) => name),
    log: { debug: () => {}, error: (fields, message) => void errors.push({ fields, message }) },
    ...different,
  }
  return { ...createAppAndDoor(deps), deps, wakes: () => wakes, errors, settled: () => Promise.all(under) }
}
