import { type Context, Hono } from 'hono'
import { renderPhase, renderPlan } from '../../../web/render.tsx'
import { Fault } from '../../model/fault.ts'
import { planCurves } from '../../reports/plan-curves.ts'
import { planVariance } from '../../reports/plan-variance.ts'
import type { AppDeps } from '../deps.ts'
import { readInput, writtenParameters } from '../problems/read-input.ts'
import { planQuestion, viewOf, viewSchema } from '../question.ts'
import { page } from './page.ts'

/** `/plans/{id}` and `/plans/{id}/phases/{phase}`: a plan, or one of its phases, against its baseline. */
export const planPages = (deps: AppDeps): Hono => {
  const load = async (c: Context, plan: string, phase?: string) => {
    const asked = readInput(viewSchema, writtenParameters(c.req.url))
    const question = planQuestion(deps, plan, asked)
    const report = await planVariance(deps.store, { ...question, period: asked.period })
    if (phase !== undefined && !report.rows.some(({ id }) => id === phase))
      throw new Fault('notFound', `http: plan ${plan} has no phase ${phase}: see its phases on the plan's page`)
    const curves = await planCurves(deps.store, { ...question, phase })
    return { assets: deps.assets, view: viewOf(asked), report, curves }
  }
  return new Hono()
    .get('/plans/:plan', async (c) => page(c, renderPlan(await load(c, c.req.param('plan')))))
    .get('/plans/:plan/phases/:phase', async (c) => {
      const { plan, phase } = c.req.param()
      return page(c, renderPhase({ ...(await load(c, plan, phase)), phase }))
    })
}
