import { Command } from 'commander'
import type { Options } from '../actions/restore.ts'
import type { Cli } from '../cli.ts'

/** `plumbline restore`: the embedded database from a file that `backup` wrote. */
export const restoreCommand = (cli: Cli): Command =>
  new Command('restore')
    .description('make the embedded database again from a file that "plumbline backup" wrote')
    .argument('<file>', 'the backup')
    .option('--force', 'also where there is a database already: that one is kept beside it', false)
    .action(async (file: string, options: Options) =>
      (await import('../actions/restore.ts')).restore(cli, file, options),
    )
