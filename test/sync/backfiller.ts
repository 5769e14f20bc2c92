import { readFileSync } from 'node:fs'
import { openPglite } from '../../src/store/pglite.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { runDue } from '../../src/sync/run-due.ts'
import { toolsFor } from './world.ts'

/** A process that reads what is due, at a time that it is told, until all is read or it is killed. */
const [place, template, now] = process.argv.slice(2) as [string, string, string]
const store = place.startsWith('postgres://')
  ? await openPostgres(place)
  : await openPglite(place, { template: new Blob([new Uint8Array(readFileSync(template))]) })
await runDue(toolsFor(store, () => new Date(now), `worker ${process.pid}`))
await store.close()
