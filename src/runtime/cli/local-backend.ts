import { applySetup } from '../../plan/apply-setup.ts'
import { currentSetup } from '../../plan/current-setup.ts'
import { freezeBaseline } from '../../plan/freeze-baseline.ts'
import { parseSetup } from '../../plan/setup/parse-setup.ts'
import { explainMeasure } from '../../reports/explain-measure.ts'
import { planItems } from '../../reports/plan-items.ts'
import { planVariance } from '../../reports/plan-variance.ts'
import { portfolioReport } from '../../reports/portfolio.ts'
import { trackers } from '../../trackers/index.ts'
import type { Backend } from './backend.ts'
import type { Cli } from './cli.ts'
import type { Opened } from './open.ts'
import { syncSources } from './sync-sources.ts'
import { syncTools } from './sync-tools.ts'

/** The work done here, on an open database. */
export const localBackend = (cli: Cli, opened: Opened): Backend => {
  const { store, seal, openSecrets } = opened
  const { actor } = cli
  return {
    apply: async (files, options) => {
      const present = options.prune === true ? undefined : await currentSetup(store.db, openSecrets)
      const setup = parseSetup(files, cli.environment, { trackers, present })
      return applySetup({ store, seal, openSecrets, actor, now: cli.now() }, setup, options)
    },
    sync: (order, onProgress) => syncSources({ ...syncTools(cli, opened), onProgress }, order, cli.terminal.say),
    freeze: (order) => freezeBaseline(store, { ...order, actor, now: cli.now() }),
    planVariance: (question) => planVariance(store, { ...question, now: cli.now() }),
    portfolio: (question) => portfolioReport(store, { ...question, now: cli.now() }),
    explain: (question) => explainMeasure(store, { ...question, now: cli.now() }),
    items: (question) => planItems(store, { ...question, now: cli.now() }),
    close: opened.close,
  }
}
