import { readFileSync } from 'node:fs'
import { serve } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { type Manifest, assetsOf } from '../../web/assets.ts'
import { NO_FILTERS, PRESENT as view } from '../../web/components/address.ts'
import * as render from '../../web/render.tsx'
import * as fixture from './fixtures.ts'

/** Every page with the fixtures, for looking at: `/`, `/empty`, `/plan`, `/unfrozen`, … */
export const preview = new Hono()
const manifest: Manifest = JSON.parse(readFileSync('dist/client/manifest.json', 'utf8'))
const assets = assetsOf(manifest)

const planName = fixture.planVariance.name
const { phases } = fixture
const pages: Readonly<Record<string, () => string>> = {
  '/': () => render.renderPortfolio({ assets, view, report: fixture.portfolio }),
  '/empty': () => render.renderPortfolio({ assets, view, report: fixture.emptyPortfolio }),
  '/plan': () => render.renderPlan({ assets, view, report: fixture.planVariance, curves: fixture.planCurves }),
  '/unfrozen': () =>
    render.renderPlan({ assets, view, report: fixture.planWithoutBaseline, curves: fixture.curvesWithoutBaseline }),
  '/phase': () =>
    render.renderPhase({ assets, view, report: fixture.planVariance, curves: fixture.planCurves, phase: 'build' }),
  '/items': () =>
    render.renderItems({ assets, view, report: fixture.planItems, planName, phases, filters: NO_FILTERS }),
  '/no-items': () =>
    render.renderItems({
      assets,
      view,
      report: { ...fixture.planItems, phase: 'build', items: [], next: null },
      planName,
      phases,
      filters: { ...NO_FILTERS, state: 'done', search: '"quoted"' },
    }),
  '/explain': () =>
    render.renderExplanation({
      assets,
      view,
      report: fixture.explanation,
      planName,
      timezone: 'Europe/Berlin',
      phases,
    }),
  '/unexplained': () =>
    render.renderExplanation({ assets, view, report: fixture.unknownExplanation, planName, timezone: 'UTC', phases }),
  '/sources': () => render.renderSources({ assets, timezone: 'UTC', sources: fixture.sources }),
  '/setup': () => render.renderSetupConnect({ assets, ...fixture.connect }),
  '/setup/sources': () => render.renderSetupSources({ assets, ...fixture.choose }),
  '/setup/draft': () => render.renderSetupDraft({ assets, ...fixture.draft }),
  '/setup/baseline': () => render.renderSetupBaseline({ assets, ...fixture.freeze }),
  '/missing': () => render.renderProblem({ assets, problem: fixture.notFound }),
}

export const previewPaths = Object.keys(pages)
for (const [path, page] of Object.entries(pages)) preview.get(path, (c) => c.html(page()))
preview.use('*', serveStatic({ root: 'dist/client' }))

export const servePreview = (): Promise<{ readonly url: string; readonly close: () => void }> =>
  new Promise((resolve) => {
    const server = serve({ fetch: preview.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
      resolve({ url: `http://127.0.0.1:${port}`, close: () => server.close() }),
    )
  })
