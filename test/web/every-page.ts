import { NO_FILTERS, PRESENT as view } from '../../web/components/address.ts'
import * as render from '../../web/render.tsx'
import * as fixture from './fixtures.ts'

const planName = fixture.planVariance.name
const { phases } = fixture

/** Every page in the states that matter, by a name for the test report. */
export const everyPage = (assets = fixture.assets): Readonly<Record<string, string>> => ({
  portfolio: render.renderPortfolio({ assets, view, report: fixture.portfolio }),
  'portfolio without plans': render.renderPortfolio({ assets, view, report: fixture.emptyPortfolio }),
  plan: render.renderPlan({ assets, view, report: fixture.planVariance, curves: fixture.planCurves }),
  'plan without a baseline': render.renderPlan({
    assets,
    view,
    report: fixture.planWithoutBaseline,
    curves: fixture.curvesWithoutBaseline,
  }),
  phase: render.renderPhase({
    assets,
    view,
    report: fixture.planVariance,
    curves: fixture.planCurves,
    phase: 'build',
  }),
  'unknown phase': render.renderPhase({
    assets,
    view,
    report: fixture.planVariance,
    curves: fixture.curvesWithoutBaseline,
    phase: 'launch',
  }),
  items: render.renderItems({ assets, view, report: fixture.planItems, planName, phases, filters: NO_FILTERS }),
  'items, none left by the filters': render.renderItems({
    assets,
    view,
    report: { ...fixture.planItems, phase: 'build', items: [], next: null },
    planName,
    phases,
    filters: { ...NO_FILTERS, state: 'done', search: '"><script>' },
  }),
  explanation: render.renderExplanation({
    assets,
    view,
    report: fixture.explanation,
    planName,
    timezone: 'Europe/Berlin',
    phases,
  }),
  'explanation of something unknown': render.renderExplanation({
    assets,
    view,
    report: fixture.unknownExplanation,
    planName,
    timezone: 'UTC',
    phases,
  }),
  'explanation of a date': render.renderExplanation({
    assets,
    view,
    report: fixture.datedExplanation,
    planName,
    timezone: 'UTC',
    phases,
  }),
  sources: render.renderSources({ assets, timezone: 'UTC', report: fixture.health }),
  'no sources': render.renderSources({ assets, timezone: 'UTC', report: { sources: [], connections: [] } }),
  'set-up: connect': render.renderSetupConnect({ assets, ...fixture.connect }),
  'set-up: sources': render.renderSetupSources({ assets, ...fixture.choose }),
  'set-up: draft': render.renderSetupDraft({ assets, ...fixture.draft }),
  'set-up: baseline': render.renderSetupBaseline({ assets, ...fixture.freeze }),
  problem: render.renderProblem({ assets, problem: fixture.notFound }),
})
