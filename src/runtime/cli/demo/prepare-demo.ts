import type { DemoTrackers } from '../../../../demo/run/trackers.ts'
import { count, plural } from '../../../../web/components/format.ts'
import { Fault } from '../../../model/fault.ts'
import { listBaselines } from '../../../store/baselines.ts'
import { findPlan } from '../../../store/plans.ts'
import type { Cli } from '../cli.ts'
import { localBackend } from '../local-backend.ts'
import type { Opened } from '../open.ts'
import { syncProgress } from '../progress.ts'

/**
 * What a newcomer would do by hand: apply the set-up, read the trackers, freeze the baselines. What is done already is
 * not done again, so that an interrupted run is mended by the next.
 *
 * @param full read everything again: the trackers have moved to other addresses
 */
export const prepareDemo = async (
  cli: Cli,
  opened: Opened,
  trackers: DemoTrackers,
  { full }: { readonly full: boolean },
): Promise<void> => {
  const { say } = cli.terminal
  const backend = localBackend({ ...cli, environment: trackers.environment }, opened)
  const changes = await backend.apply([{ name: 'demo.yaml', text: trackers.setup }], {
    confirmRemovals: async () => true,
  })
  if (changes.length > 0) say(`Set up: ${plural(changes.length, 'change')} made.`)
  const results = await backend.sync({ sources: [], full, once: true }, syncProgress(cli.terminal))
  const failed = results.find(({ error }) => error !== null)
  if (failed)
    throw new Fault('unavailable', `cli: the stand-in trackers cannot be read: ${failed.source}: ${failed.error}`)
  say(
    `Read: ${count(results.reduce((sum, each) => sum + each.items, 0))} items from ${plural(results.length, 'source')}.`,
  )
  for (const baseline of trackers.baselines) {
    const plan = await findPlan(opened.store.db, baseline.plan)
    if (plan !== null && (await listBaselines(opened.store.db, plan.no, {})).length > 0) continue
    const { number, items } = await backend.freeze(baseline)
    say(`Baseline ${number} of ${baseline.plan} frozen: ${plural(items, 'item')}.`)
  }
}
