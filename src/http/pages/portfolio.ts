import { type Context, Hono } from 'hono'
import { setupAddress } from '../../../web/components/address.ts'
import { renderPortfolio } from '../../../web/render.tsx'
import { portfolioReport } from '../../reports/portfolio.ts'
import { listConnections } from '../../store/connections.ts'
import { type AppDeps, clockOf } from '../deps.ts'
import { readInput, writtenParameters } from '../problems/read-input.ts'
import { viewOf, viewSchema } from '../question.ts'
import { goOn, page } from './page.ts'

/** `/` and `/portfolios/{id}`: how all plans stand. With nothing set up yet it leads to the set-up. */
export const portfolioPages = (deps: AppDeps): Hono => {
  const show = async (c: Context, portfolio: string | undefined): Promise<Response> => {
    const asked = readInput(viewSchema, writtenParameters(c.req.url))
    const { asOf, knownAt } = asked
    const report = await portfolioReport(deps.store, { portfolio, asOf, knownAt, ...clockOf(deps) })
    if (portfolio === undefined && report.plans.length === 0 && (await listConnections(deps.store.db)).length === 0)
      return goOn(c, setupAddress())
    return page(c, renderPortfolio({ assets: deps.assets, view: viewOf(asked), report }))
  }
  return new Hono()
    .get('/', (c) => show(c, undefined))
    .get('/portfolios/:portfolio', (c) => show(c, c.req.param('portfolio')))
}
