import type { OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import { Fault } from '../../model/fault.ts'
import { syncHealthSchema } from '../../reports/shapes/sync-health.ts'
import { syncHealth } from '../../reports/sync-health.ts'
import { findSource } from '../../store/sources.ts'
import { syncNow } from '../../sync/run-due.ts'
import type { AppDeps } from '../deps.ts'
import { endpoint } from './endpoint.ts'

const pullSchema = z.object({
  source: z.string(),
  /** `started` = it goes on after this answer; see the sources. */
  state: z.enum(['started', 'finished', 'failed']),
  items: z.int().nullable(),
  changed: z.int().nullable(),
  calls: z.int().nullable(),
  error: z.string().nullable(),
})

/** How the reading of trackers goes, and reading one now. */
export const sourceRoutes = (app: OpenAPIHono, deps: AppDeps): void => {
  const { store, sync } = deps
  endpoint(
    app,
    {
      method: 'get',
      path: '/sources',
      id: 'listSources',
      tag: 'Sources',
      summary: 'How the reading of each source goes',
      status: 200,
      answer: syncHealthSchema.meta({ id: 'SyncHealth' }),
      problems: [503],
    },
    () => syncHealth(store, { now: sync.now(), pollSeconds: sync.pollSeconds }),
  )
  endpoint(
    app,
    {
      method: 'post',
      path: '/sources/{source}/sync',
      id: 'syncSource',
      tag: 'Sources',
      summary: 'Read what changed in a source now',
      body: z.strictObject({
        /** Everything again, not only what changed. */
        full: z.boolean({ error: 'write true or false' }).optional(),
        /** Answer when it is done. */
        wait: z.boolean({ error: 'write true or false' }).optional(),
      }),
      status: 202,
      answer: pullSchema,
      problems: [404, 409, 422, 503],
    },
    async ({ params, body }) => {
      const id = params.source!
      const source = await findSource(store.db, id)
      if (!source || source.removedAt !== null)
        throw new Fault('notFound', `http: no source is named ${id}: see the sources page`)
      const pull = syncNow(sync, id, { full: body.full ?? false })
      const nothing = { items: null, changed: null, calls: null, error: null }
      if (!body.wait) {
        deps.later(pull)
        return { source: id, state: 'started' as const, ...nothing }
      }
      const outcome = await pull
      if (!outcome) throw new Fault('conflict', `http: source ${id} is being read already: wait until that ends`)
      return { ...outcome, state: outcome.error === null ? ('finished' as const) : ('failed' as const) }
    },
  )
}
