import { sealWith } from '../../src/access/seal.ts'
import { applySetup } from '../../src/plan/apply-setup.ts'
import { parseSetup } from '../../src/plan/setup/parse-setup.ts'
import { planItems } from '../../src/reports/plan-items.ts'
import type { PlanItems } from '../../src/reports/shapes/plan-items.ts'
import type { Store } from '../../src/store/database.ts'
import type { PollOutcome } from '../../src/sync/poll-source.ts'
import { runDue } from '../../src/sync/run-due.ts'
import { trackers } from '../../src/trackers/index.ts'

/** All of the recordings ended years before. */
export const NOW = new Date('2026-01-05T12:00:00Z')

/** How a set-up names a variable of the environment. */
export const variable = (name: string): string => `\${${name}}`

/** Sets up, and reads everything through the real clients over HTTP. */
export const readIn = async (
  store: Store,
  setup: string,
  environment: Readonly<Record<string, string>>,
): Promise<readonly PollOutcome[]> => {
  const seal = await sealWith('a secret for tests only')
  const parsed = parseSetup([{ name: 'real.yaml', text: setup }], environment, { trackers })
  await applySetup({ store, seal: seal.seal, openSecrets: seal.open, actor: 'test', now: NOW }, parsed)
  return runDue({
    store,
    trackers,
    openSecrets: seal.open,
    fetch: globalThis.fetch,
    now: () => NOW,
    log: () => {},
    workerId: 'test',
    pollSeconds: 300,
  })
}

/** Every item of a plan on a day, page after page. */
export const allItems = async (store: Store, plan: string, asOf: string): Promise<PlanItems['items']> => {
  const items: PlanItems['items'] = []
  let after: string | undefined
  do {
    const page = await planItems(store, { plan, asOf, now: NOW, limit: 400, after })
    items.push(...page.items)
    after = page.next ?? undefined
  } while (after !== undefined)
  return items
}
