import { sealWith } from '../../src/access/seal.ts'
import { parseConfig } from '../../src/runtime/config.ts'
import { createLog } from '../../src/runtime/log.ts'
import { type Service, startService } from '../../src/runtime/serve.ts'
import type { Store } from '../../src/store/database.ts'
import { TEST_SECRET } from './sample-world.ts'

/** The real service on a free port over a test store, as `npm start` runs it. */
export const startTestService = async (store: Store, today?: string): Promise<Service> => {
  const config = parseConfig({ PORT: '0', LOG_LEVEL: 'error', PLUMBLINE_POLL_SECONDS: '3600' })
  return startService(config, {
    opened: { store, seal: await sealWith(TEST_SECRET), place: 'a test' },
    log: createLog('error', false),
    environment: {},
    ...(today === undefined ? {} : { today: () => today }),
  })
}
