import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { SyncTools } from '../../sync/tools.ts'
import { trackers } from '../../trackers/index.ts'
import type { Cli } from './cli.ts'
import type { Opened } from './open.ts'

/** What a sync on the command line needs. */
export const syncTools = (cli: Cli, { store, openSecrets, config }: Opened): SyncTools => ({
  store,
  trackers,
  openSecrets,
  fetch: globalThis.fetch,
  now: cli.now,
  log: cli.terminal.say,
  workerId: `command ${process.pid} on ${hostname()} ${randomUUID()}`,
  pollSeconds: config.pollSeconds,
})
