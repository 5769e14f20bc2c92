import type { ApplyTools } from '../../plan/apply-setup.ts'
import type { Store } from '../../store/database.ts'
import { type Config, parseConfig } from '../config.ts'
import { openStore } from '../open-store.ts'
import type { Cli } from './cli.ts'

/** The database, opened for one command. */
export interface Opened {
  readonly store: Store
  readonly seal: ApplyTools['seal']
  readonly openSecrets: ApplyTools['openSecrets']
  readonly config: Config
  /** In words, without secrets. */
  readonly place: string
  close(): Promise<void>
}

/** @throws Fault with one sentence that says what to do */
export const open = async ({ environment }: Cli): Promise<Opened> => {
  const config = parseConfig(environment)
  const { store, seal, place } = await openStore(config)
  return { store, seal: seal.seal, openSecrets: seal.open, config, place, close: () => store.close() }
}
