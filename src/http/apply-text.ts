import { type ApplyOptions, applySetup } from '../plan/apply-setup.ts'
import { currentSetup } from '../plan/current-setup.ts'
import type { Change } from '../plan/setup/diff-setup.ts'
import { parseSetup } from '../plan/setup/parse-setup.ts'
import type { Setup } from '../plan/setup/setup.ts'
import type { AppDeps } from './deps.ts'

/** Reads a set-up as text, beside what is set up already. @throws Fault invalid with `line:column` of all that is wrong */
export const readSetup = async (deps: AppDeps, name: string, text: string): Promise<Setup> => {
  const present = await currentSetup(deps.store.db, deps.openSecrets)
  return parseSetup([{ name, text }], deps.environment, { trackers: deps.sync.trackers, present })
}

/** Brings what is set up in step, and sees to it that new sources are read. */
export const apply = async (deps: AppDeps, setup: Setup, options: ApplyOptions = {}): Promise<readonly Change[]> => {
  const { store, seal, openSecrets, actor, sync } = deps
  const changes = await applySetup({ store, seal, openSecrets, actor, now: sync.now() }, setup, options)
  if (!options.dryRun && changes.length > 0) deps.wake()
  return changes
}
