import type { OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import { describeChange } from '../../plan/setup/describe-change.ts'
import { apply, readSetup } from '../apply-text.ts'
import type { AppDeps } from '../deps.ts'
import { endpoint } from './endpoint.ts'

const changeSchema = z
  .object({
    kind: z.enum(['added', 'changed', 'removed']),
    thing: z.enum(['connection', 'source', 'resource', 'plan', 'phase', 'portfolio']),
    id: z.string(),
    plan: z.string().nullable(),
    /** `null` = the whole thing was added or removed. */
    field: z.string().nullable(),
    before: z.unknown(),
    after: z.unknown(),
    /** The change as one line. */
    text: z.string(),
  })
  .meta({ id: 'Change' })

const flag = z
  .enum(['true', 'false', '1', '0'], { error: 'write true or false' })
  .transform((text) => text === 'true' || text === '1')
  .optional()

/** The set-up as text. */
export const setupRoutes = (app: OpenAPIHono, deps: AppDeps): void =>
  endpoint(
    app,
    {
      method: 'post',
      path: '/setup',
      id: 'applySetup',
      tag: 'Set-up',
      summary: 'Bring what is set up in step with a set-up file (YAML or JSON)',
      text: { type: 'application/yaml', description: 'The set-up file as it lies on the disk' },
      query: z.strictObject({ dryRun: flag, prune: flag, allowRemovals: flag }),
      status: 200,
      answer: z.object({ dryRun: z.boolean(), changes: z.array(changeSchema) }),
      problems: [409, 422, 503],
    },
    async ({ c, query }) => {
      const setup = await readSetup(deps, 'setup.yaml', await c.req.text())
      const changes = await apply(deps, setup, {
        dryRun: query.dryRun ?? false,
        prune: query.prune ?? false,
        confirmRemovals: async () => query.allowRemovals ?? false,
      })
      return {
        dryRun: query.dryRun ?? false,
        changes: changes.map((change) => ({ ...change, text: describeChange(change) })),
      }
    },
  )
