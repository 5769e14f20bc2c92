import { Hono } from 'hono'
import journal from '../../drizzle/meta/_journal.json' with { type: 'json' }
import packageFile from '../../package.json' with { type: 'json' }
import { type Assets, type Manifest, assetsOf } from '../../web/assets.ts'
import { type Seal, sealWith } from '../access/seal.ts'
import { createApp } from '../http/app.ts'
import type { HttpLog } from '../http/deps.ts'
import { health } from '../http/health.ts'
import { problemAnswer, problemOf } from '../http/problems/problem-document.ts'
import { Fault } from '../model/fault.ts'
import type { Store } from '../store/database.ts'
import { pendingMigrations } from '../store/migrate.ts'
import { openPostgres } from '../store/postgres.ts'
import { runDue } from '../sync/run-due.ts'
import type { SyncTools } from '../sync/tools.ts'
import { trackers } from '../trackers/index.ts'
import { type Config, parseConfig } from './config.ts'
import { withoutOwnSecrets } from './own-secrets.ts'

/** What `wrangler.toml` binds; the rest of it is text. */
interface WorkerEnvironment {
  readonly DB: { readonly connectionString: string }
  readonly DUE: { send(message: unknown): Promise<unknown> }
  readonly ASSETS: { fetch(address: string): Promise<Response> }
}

interface WorkerContext {
  waitUntil(work: Promise<unknown>): void
}

/**
 * The service on Cloudflare Workers: the same app through Hyperdrive. A socket belongs to the request that opened it,
 * so each request, each run of the schedule and each batch of the queue opens the store for itself.
 */
export default {
  async fetch(request: Request, env: WorkerEnvironment, context: WorkerContext): Promise<Response> {
    let opened: Opened
    try {
      opened = await open(env)
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      return withoutStore(error).fetch(request)
    }
    const { store, seal, sync, config } = opened
    const under: Promise<unknown>[] = []
    const later = (work: Promise<unknown>): void => {
      under.push(work.catch((error: unknown) => log.error({ err: error }, 'runtime: work after an answer failed')))
    }
    const app = createApp({
      store,
      sync,
      seal: seal.seal,
      openSecrets: seal.open,
      assets: await builtAssets(env),
      actor: 'local',
      wake: () => later(env.DUE.send('due')),
      later,
      environment: withoutOwnSecrets(textsOf(env)),
      config: { publicUrl: config.publicUrl, allowRemote: false, version: packageFile.version, zone: 'UTC' },
      missing: () => missingMigrations(store),
      log,
    })
    const close = async (): Promise<void> => {
      await Promise.all(under)
      await store.close()
    }
    return closingAfter(await app.fetch(request), close, context)
  },

  /** Cron Trigger: whatever is due. */
  async scheduled(_: unknown, env: WorkerEnvironment): Promise<void> {
    await work(env)
  },

  /** One message or a hundred: something is due. */
  async queue(_: unknown, env: WorkerEnvironment): Promise<void> {
    await work(env)
  },
}

interface Opened {
  readonly store: Store
  readonly seal: Seal
  readonly sync: SyncTools
  readonly config: Config
}

/** Hyperdrive pools; a request needs few at once. */
const MOST_SOCKETS = 4

const open = async (env: WorkerEnvironment): Promise<Opened> => {
  const config = parseConfig(textsOf(env))
  if (config.secret === null)
    throw new Fault(
      'misconfigured',
      'runtime: PLUMBLINE_SECRET is missing: set it with wrangler secret put PLUMBLINE_SECRET',
    )
  const seal = await sealWith(config.secret)
  const store = await openPostgres(env.DB.connectionString, { max: MOST_SOCKETS })
  const sync: SyncTools = {
    store,
    trackers,
    openSecrets: seal.open,
    // Workers refuse a `fetch` that is called as a method of something else.
    fetch: (input, init) => fetch(input, init),
    now: () => new Date(),
    log: (message) => log.error({}, message),
    workerId: crypto.randomUUID(),
    pollSeconds: config.pollSeconds,
  }
  return { store, seal, sync, config }
}

const work = async (env: WorkerEnvironment): Promise<void> => {
  const { store, sync } = await open(env)
  try {
    await runDue(sync)
  } finally {
    await store.close()
  }
}

/** Whatever was asked: the process is alive, and this is what it lacks. */
const withoutStore = (fault: Fault): Hono =>
  new Hono()
    .route('/', health({ missing: () => Promise.reject(fault), log }))
    .all('*', (c) => problemAnswer(problemOf(fault, c.req.path)))

/** Workers never migrate: several would do it at once, in a time that nobody chose. */
const missingMigrations = async (store: Store): Promise<readonly string[]> => {
  const known = journal.entries.map(({ tag }) => ({ name: tag, sql: '' }))
  const pending = await pendingMigrations(store.db, known)
  return pending.map(
    ({ name }) => `Migration ${name} has not run: run "npm start" or any command once with DATABASE_URL.`,
  )
}

/** The store stays open until the answer is through: at once for most, at its end for a stream. */
const closingAfter = (answer: Response, close: () => Promise<void>, context: WorkerContext): Response => {
  if (!answer.body || !answer.headers.get('content-type')?.startsWith('text/event-stream')) {
    context.waitUntil(close())
    return answer
  }
  const { readable, writable } = new TransformStream()
  context.waitUntil(
    answer.body
      .pipeTo(writable)
      .catch(() => {})
      .then(close),
  )
  return new Response(readable, answer)
}

let built: Promise<Assets> | null = null

const builtAssets = (env: WorkerEnvironment): Promise<Assets> => {
  built ??= env.ASSETS.fetch('https://assets.local/manifest.json').then(async (answer) =>
    assetsOf((await answer.json()) as Manifest),
  )
  return built
}

const textsOf = (env: object): Record<string, string> =>
  Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))

const log: HttpLog = {
  debug: () => {},
  error: ({ err, ...fields }, message) => console.error(JSON.stringify({ ...fields, message, error: stackOf(err) })),
}

const stackOf = (error: unknown): string | undefined => (error instanceof Error ? error.stack : undefined)
