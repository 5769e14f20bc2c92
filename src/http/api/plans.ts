import type { OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import type { Baseline } from '../../model/baseline.ts'
import { freezeBaseline } from '../../plan/freeze-baseline.ts'
import { listBaselines } from '../../store/baselines.ts'
import { readHeads } from '../../store/heads.ts'
import { headDocuments } from '../../store/plan-documents.ts'
import type { AppDeps } from '../deps.ts'
import { openOutline } from '../plan-outline.ts'
import { endpoint } from './endpoint.ts'
import { pageOf, pageShape } from './paging.ts'

const planSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    timezone: z.string(),
    unit: z.enum(['points', 'hours', 'items']),
    currency: z.string().nullable(),
    /** The newest state of its books, and when it was recorded. */
    revision: z.int(),
    recordedAt: z.string(),
  })
  .meta({ id: 'Plan' })

const baselineSchema = z
  .object({
    number: z.int(),
    name: z.string(),
    reason: z.string(),
    approver: z.string().nullable(),
    approvedAt: z.string(),
    revision: z.int(),
    /** The work is frozen as it stood at the end of this day. */
    workDay: z.string(),
    /** The first status date on which it counts; `null` = since ever. */
    firstDay: z.string().nullable(),
    valueUnit: z.string(),
    /** SHA-256 of the whole record. */
    hash: z.string(),
  })
  .meta({ id: 'Baseline' })

const freezeSchema = z.strictObject({
  reason: z.string({ error: 'write why it is frozen' }).min(1, { error: 'write why it is frozen' }),
  name: z.string({ error: 'write a text' }).min(1, { error: 'write a name or leave it out' }).optional(),
  approver: z.string({ error: 'write a text' }).optional(),
  asOf: z.iso.date({ error: 'write a date as YYYY-MM-DD, e.g. 2026-06-30' }).optional(),
})

/** Plans and their baselines. */
export const planRoutes = (app: OpenAPIHono, deps: AppDeps): void => {
  const { store } = deps
  endpoint(
    app,
    {
      method: 'get',
      path: '/plans',
      id: 'listPlans',
      tag: 'Plans',
      summary: 'All plans, by id',
      query: z.strictObject(pageShape),
      status: 200,
      answer: z.object({ plans: z.array(planSchema), next: z.string().nullable() }),
      problems: [422, 503],
    },
    async ({ query }) => {
      const heads = new Map((await readHeads(store.db)).map((head) => [head.planNo, head]))
      const { entries, next } = pageOf(await headDocuments(store.db), ({ plan }) => plan.id, query)
      const plans = entries.map(({ plan, document, revision }) => ({
        id: plan.id,
        name: document.name,
        timezone: document.zone,
        unit: document.unit,
        currency: document.currency,
        revision: heads.get(plan.no)?.revision ?? revision,
        recordedAt: heads.get(plan.no)?.recordedAt ?? plan.createdAt,
      }))
      return { plans, next }
    },
  )
  endpoint(
    app,
    {
      method: 'get',
      path: '/plans/{plan}/baselines',
      id: 'listBaselines',
      tag: 'Plans',
      summary: 'The baselines of a plan, in the order of their numbers',
      query: z.strictObject(pageShape),
      status: 200,
      answer: z.object({ baselines: z.array(baselineSchema), next: z.string().nullable() }),
      problems: [404, 422, 503],
    },
    async ({ params, query }) => {
      const { plan } = await openOutline(store, params.plan!)
      const { entries, next } = pageOf(await listBaselines(store.db, plan.no), ({ number }) => String(number), query)
      return { baselines: entries.map(written), next }
    },
  )
  endpoint(
    app,
    {
      method: 'post',
      path: '/plans/{plan}/baselines',
      id: 'freezeBaseline',
      tag: 'Plans',
      summary: 'Freeze the plan and its work as the next baseline',
      body: freezeSchema,
      status: 201,
      answer: z.object({
        number: z.int(),
        revision: z.int(),
        workDay: z.string(),
        items: z.int(),
        /** Phases in which nothing can be earned yet. */
        phasesWithoutScope: z.array(z.string()),
      }),
      problems: [404, 409, 422, 503],
    },
    async ({ c, params, body }) => {
      const plan = params.plan!
      const frozen = await freezeBaseline(store, { ...body, plan, actor: deps.actor, now: deps.sync.now() })
      c.header('location', `/api/v1/plans/${encodeURIComponent(plan)}/baselines`)
      return { ...frozen, phasesWithoutScope: [...frozen.phasesWithoutScope] }
    },
  )
}

const written = ({
  number,
  name,
  reason,
  approver,
  approvedAt,
  revision,
  workDay,
  firstDay,
  valueUnit,
  hash,
}: Baseline) => ({
  number,
  name,
  reason,
  approver,
  approvedAt,
  revision,
  workDay,
  firstDay,
  valueUnit,
  hash,
})
