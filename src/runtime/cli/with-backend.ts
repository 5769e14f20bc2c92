import type { Backend } from './backend.ts'
import type { Cli } from './cli.ts'
import { localBackend } from './local-backend.ts'
import { open } from './open.ts'

/** Does a command's work where it can be done, and gives everything back afterwards. */
export const withBackend = async <T>(cli: Cli, work: (backend: Backend) => Promise<T>): Promise<T> => {
  const backend = localBackend(cli, await open(cli))
  try {
    return await work(backend)
  } finally {
    await backend.close()
  }
}
