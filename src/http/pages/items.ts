import { type Context, Hono } from 'hono'
import { renderItems } from '../../../web/render.tsx'
import { planItems } from '../../reports/plan-items.ts'
import type { AppDeps } from '../deps.ts'
import { bookedState, itemsPageSchema } from '../items-question.ts'
import { openOutline } from '../plan-outline.ts'
import { readInput, writtenParameters } from '../problems/read-input.ts'
import { planQuestion, viewOf } from '../question.ts'
import { page } from './page.ts'

/** `/plans/{id}/items` and `/plans/{id}/phases/{phase}/items`: the work items behind the numbers. */
export const itemsPages = (deps: AppDeps): Hono => {
  const show = async (c: Context, plan: string, place: string | null): Promise<Response> => {
    const asked = readInput(itemsPageSchema, writtenParameters(c.req.url))
    const { state, search } = asked
    const unmapped = asked.unmapped === true || state === 'unmapped'
    const { document } = await openOutline(deps.store, plan)
    const report = await planItems(deps.store, {
      ...planQuestion(deps, plan, asked),
      phase: place ?? asked.phase,
      state: bookedState(state),
      unmapped,
      unestimated: asked.unestimated,
      search,
      after: asked.cursor,
    })
    const html = renderItems({
      assets: deps.assets,
      view: viewOf(asked),
      // A phase that was only filtered by is not the page's own place.
      report: { ...report, phase: place },
      planName: document.name,
      phases: document.phases.map(({ id, name }) => ({ id, name })),
      filters: {
        state: state ?? null,
        phase: asked.phase ?? null,
        unmapped: asked.unmapped ?? false,
        unestimated: asked.unestimated ?? false,
        search: search ?? null,
      },
    })
    return page(c, html)
  }
  return new Hono()
    .get('/plans/:plan/items', (c) => show(c, c.req.param('plan'), null))
    .get('/plans/:plan/phases/:phase/items', (c) => show(c, c.req.param('plan'), c.req.param('phase')))
}
