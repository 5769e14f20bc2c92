import type { ConnectionSecrets } from '../model/source.ts'
import { listConnections } from '../store/connections.ts'
import type { Database } from '../store/database.ts'
import { headDocuments } from '../store/plan-documents.ts'
import { listPortfolios } from '../store/portfolios.ts'
import { listResources } from '../store/resources.ts'
import { listSources } from '../store/sources.ts'
import { rateDefaults } from './setup/check-rates.ts'
import { setupOfPlan, setupOfResource } from './setup/setup-of.ts'
import type { Setup } from './setup/setup.ts'

/** What is sealed with a connection: its secrets, and the names of the variables that they were read from. */
export type SealedSecrets = ConnectionSecrets & { readonly variables?: Readonly<Record<string, string>> }

/** Everything that is set up, as it would be written. */
export const currentSetup = async (
  db: Database,
  openSecrets: (sealed: string | null) => Promise<SealedSecrets>,
): Promise<Setup> => {
  const plans = (await headDocuments(db)).map(({ document }) => setupOfPlan(document))
  const connections = []
  for (const stored of await listConnections(db)) {
    const { variables = {}, ...secrets } = await openSecrets(stored.sealedSecrets)
    const { id, tracker, url, settings } = stored
    connections.push({ id, tracker, url, settings, secrets, variables })
  }
  const defaults = rateDefaults(plans)
  return {
    connections,
    sources: (await listSources(db)).map(({ id, connection, settings }) => ({ id, connection, settings })),
    resources: (await listResources(db)).map((resource) => setupOfResource(resource, defaults)),
    plans,
    portfolios: await listPortfolios(db),
  }
}
