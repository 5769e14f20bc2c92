import { Hono } from 'hono'
import { z } from 'zod'
import { renderExplanation } from '../../../web/render.tsx'
import { explainMeasure } from '../../reports/explain-measure.ts'
import type { AppDeps } from '../deps.ts'
import { openOutline } from '../plan-outline.ts'
import { readInput, writtenParameters } from '../problems/read-input.ts'
import { linesCursor, periodShape, planQuestion, textParameter, viewOf, viewShape } from '../question.ts'
import { page } from './page.ts'

const schema = z.strictObject({
  ...viewShape,
  ...periodShape,
  phase: textParameter().optional(),
  cursor: linesCursor.optional(),
})

/** `/plans/{id}/explain/{measure}`: how one number came about. */
export const explanationPages = (deps: AppDeps): Hono =>
  new Hono().get('/plans/:plan/explain/:measure', async (c) => {
    const asked = readInput(schema, writtenParameters(c.req.url))
    const { plan, measure } = c.req.param()
    const { document } = await openOutline(deps.store, plan)
    const report = await explainMeasure(deps.store, {
      ...planQuestion(deps, plan, asked),
      measure,
      phase: asked.phase,
      period: asked.period,
      after: asked.cursor,
    })
    const html = renderExplanation({
      assets: deps.assets,
      view: viewOf(asked),
      report,
      planName: document.name,
      timezone: document.zone,
      phases: document.phases.map(({ id, name }) => ({ id, name })),
    })
    return page(c, html)
  })
