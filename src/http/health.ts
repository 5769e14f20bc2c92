import { Hono } from 'hono'
import type { AppDeps } from './deps.ts'

/** `/healthz`: the process answers. `/readyz`: its database is reachable and migrated, or what is missing. */
export const health = ({ missing, log }: Pick<AppDeps, 'missing' | 'log'>): Hono =>
  new Hono()
    .get('/healthz', (c) => c.json({ status: 'alive' }, 200, { 'cache-control': 'no-store' }))
    .get('/readyz', async (c) => {
      const absent = await missing().catch((error: unknown) => {
        log.error({ err: error }, 'http: not ready')
        return [error instanceof Error && error.name === 'Fault' ? error.message : 'The database does not answer.']
      })
      const status = absent.length === 0 ? 'ready' : 'not ready'
      return c.json({ status, missing: absent }, absent.length === 0 ? 200 : 503, { 'cache-control': 'no-store' })
    })
