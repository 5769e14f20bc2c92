import type { Backend } from './backend.ts'
import type { Cli } from './cli.ts'
import { localBackend } from './local-backend.ts'
import { remoteBackend } from './remote-backend.ts'
import { serviceOf } from './running-service.ts'

/**
 * Does a command's work where it can be done, and gives everything back afterwards: the embedded database belongs to
 * one process, so while the service runs on it, the service does the work.
 */
export const withBackend = async <T>(cli: Cli, work: (backend: Backend) => Promise<T>): Promise<T> => {
  const url = await serviceOf(cli)
  const backend = url === null ? localBackend(cli, await (await import('./open.ts')).open(cli)) : remoteBackend(url)
  try {
    return await work(backend)
  } finally {
    await backend.close()
  }
}
