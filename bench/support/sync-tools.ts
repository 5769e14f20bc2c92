import { sealWith } from '../../src/access/seal.ts'
import { applySetup } from '../../src/plan/apply-setup.ts'
import { parseSetup } from '../../src/plan/setup/parse-setup.ts'
import type { Store } from '../../src/store/database.ts'
import type { SyncTools } from '../../src/sync/tools.ts'
import { trackers } from '../../src/trackers/index.ts'
import { setupText } from './bench-setup.ts'

/** Seals the secrets of the benchmarks' connection. */
export const SECRET = 'a secret for benchmarks only'

/** Applies the set-up of the benchmarks to an empty database. @param address of the stand-in tracker */
export const setUp = async (store: Store, address: string): Promise<SyncTools> => {
  const seal = await sealWith(SECRET)
  const setup = parseSetup([{ name: 'bench.yaml', text: setupText(address) }], {}, { trackers })
  await applySetup({ store, seal: seal.seal, openSecrets: seal.open, actor: 'bench', now: new Date() }, setup)
  return {
    store,
    trackers,
    openSecrets: seal.open,
    fetch: globalThis.fetch,
    now: () => new Date(),
    log: (message) => process.stderr.write(`${message}\n`),
    workerId: 'bench',
    pollSeconds: 300,
  }
}
