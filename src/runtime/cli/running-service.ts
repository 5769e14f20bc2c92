import { parseConfig } from '../config.ts'
import type { Cli } from './cli.ts'
import { runningService } from './service-file.ts'

/** The service that holds the embedded database just now; `null` = none, or the database takes many at once. */
export const serviceOf = async ({ environment }: Cli): Promise<string | null> => {
  const { databaseUrl, dataFolder } = parseConfig(environment)
  return databaseUrl === null ? runningService(dataFolder) : null
}
