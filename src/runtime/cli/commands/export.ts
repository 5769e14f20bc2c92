import { Command, Option } from 'commander'
import type { Options } from '../actions/export.ts'
import type { Cli } from '../cli.ts'

/** `plumbline export`: gives a set-up back as the file that makes it. */
export const exportCommand = (cli: Cli): Command =>
  new Command('export')
    .description('write a plan, or everything that is set up, as a set-up file for "plumbline apply"')
    .argument('[plan]', 'id of the plan')
    .option('--all', 'everything: connections, sources, resources, plans and portfolios', false)
    .addOption(new Option('--to <format>', 'how to write it').choices(['yaml']).default('yaml'))
    .action(async (plan: string | undefined, options: Options) =>
      (await import('../actions/export.ts')).exportTo(cli, plan, options),
    )
