import { type ApplyOptions, applySetup } from '../../plan/apply-setup.ts'
import { currentSetup } from '../../plan/current-setup.ts'
import type { Change } from '../../plan/setup/diff-setup.ts'
import { parseSetup } from '../../plan/setup/parse-setup.ts'
import type { SetupFile } from '../../plan/setup/setup.ts'
import { trackers } from '../../trackers/index.ts'
import type { Cli } from './cli.ts'
import type { Opened } from './open.ts'

/** Brings an open database in step with set-up files; with `prune` they have to be whole by themselves. */
export const applyHere = async (
  cli: Cli,
  { store, seal, openSecrets }: Opened,
  files: readonly SetupFile[],
  options: ApplyOptions,
): Promise<readonly Change[]> => {
  const present = options.prune === true ? undefined : await currentSetup(store.db, openSecrets)
  const setup = parseSetup(files, cli.environment, { trackers, present })
  return applySetup({ store, seal, openSecrets, actor: cli.actor, now: cli.now() }, setup, options)
}
