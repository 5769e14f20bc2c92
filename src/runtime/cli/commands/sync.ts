import { Command } from 'commander'
import { count, plural } from '../../../../web/components/format.ts'
import type { Cli } from '../cli.ts'
import { CommandFailed } from '../command-failed.ts'
import { syncProgress } from '../progress.ts'
import { withBackend } from '../with-backend.ts'

interface Options {
  readonly full: boolean
  readonly once: boolean
}

/** `plumbline sync`: reads the trackers now. */
export const syncCommand = (cli: Cli): Command =>
  new Command('sync')
    .description('read what changed in the trackers, now')
    .argument('[source...]', 'only these sources; every one when none is named')
    .option('--full', 'read everything again, not only what changed', false)
    .option('--once', 'try each source once: do not wait for limits and outages to pass', false)
    .action((sources: readonly string[], options: Options) => sync(cli, sources, options))

const sync = (cli: Cli, sources: readonly string[], options: Options): Promise<void> =>
  withBackend(cli, async (backend) => {
    const results = await backend.sync({ sources, ...options }, syncProgress(cli.terminal))
    const items = results.reduce((sum, each) => sum + each.items, 0)
    const changed = results.reduce((sum, each) => sum + each.changed, 0)
    const failed = results.filter(({ error }) => error !== null)
    for (const { source, error } of failed) cli.terminal.say(`${source}: ${error}`)
    cli.terminal.say(
      `${plural(results.length - failed.length, 'source')} of ${count(results.length)} read: ${plural(items, 'item')}, ${count(changed)} with news.`,
    )
    if (failed.length > 0) throw new CommandFailed()
  })
