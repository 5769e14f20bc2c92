import type { Backend } from './backend.ts'
import type { Cli } from './cli.ts'
import type { Opened } from './open.ts'

/** The work done here, on an open database. Each kind of work is loaded when it is asked for: commands are short. */
export const localBackend = (cli: Cli, opened: Opened): Backend => {
  const { store } = opened
  const { actor } = cli
  return {
    apply: async (files, options) => (await import('./apply-here.ts')).applyHere(cli, opened, files, options),
    sync: async (order, onProgress) => {
      const { syncSources } = await import('./sync-sources.ts')
      const { syncTools } = await import('./sync-tools.ts')
      return syncSources({ ...syncTools(cli, opened), onProgress }, order, cli.terminal.say)
    },
    freeze: async (order) => {
      const { freezeBaseline } = await import('../../plan/freeze-baseline.ts')
      return freezeBaseline(store, { ...order, actor, now: cli.now() })
    },
    planVariance: async (question) => {
      const { planVariance } = await import('../../reports/plan-variance.ts')
      return planVariance(store, { ...question, now: cli.now() })
    },
    portfolio: async (question) => {
      const { portfolioReport } = await import('../../reports/portfolio.ts')
      return portfolioReport(store, { ...question, now: cli.now() })
    },
    explain: async (question) => {
      const { explainMeasure } = await import('../../reports/explain-measure.ts')
      return explainMeasure(store, { ...question, now: cli.now() })
    },
    items: async (question) => {
      const { planItems } = await import('../../reports/plan-items.ts')
      return planItems(store, { ...question, now: cli.now() })
    },
    close: opened.close,
  }
}
