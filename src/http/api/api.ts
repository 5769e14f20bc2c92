import { OpenAPIHono } from '@hono/zod-openapi'
import { etag } from 'hono/etag'
import type { AppDeps } from '../deps.ts'
import { planRoutes } from './plans.ts'
import { reportRoutes } from './reports.ts'
import { setupRoutes } from './setup.ts'
import { sourceRoutes } from './sources.ts'

/**
 * `/api/v1`, with its document at `/api/v1/openapi.json`. Every GET has a weak ETag over what it says: a report also
 * changes when a source was read without anything new.
 */
export const api = (deps: AppDeps): OpenAPIHono => {
  const app = new OpenAPIHono()
  app.use('*', etag({ weak: true }))
  app.use('*', async (c, next) => {
    await next()
    if (!c.res.headers.has('cache-control')) c.res.headers.set('cache-control', 'private, no-cache')
  })
  reportRoutes(app, deps)
  planRoutes(app, deps)
  sourceRoutes(app, deps)
  setupRoutes(app, deps)
  app.get('/openapi.json', (c) =>
    c.json(
      app.getOpenAPI31Document({
        openapi: '3.1.0',
        info: {
          title: 'Plumbline',
          version: deps.config.version,
          license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
          description:
            'What a team has done, as its trackers know it, against the plan that was agreed. Money is in major units, percentages run from 0 to 100, days are working days; `null` is unknown, with its reason in `undefinedBecause`.',
        },
        servers: [{ url: '/api/v1' }],
        tags: [{ name: 'Reports' }, { name: 'Plans' }, { name: 'Sources' }, { name: 'Set-up' }],
      }),
    ),
  )
  return app
}
