import { Command } from 'commander'
import type { Cli } from '../cli.ts'

/** `plumbline backup`: the embedded database as one file. */
export const backupCommand = (cli: Cli): Command =>
  new Command('backup')
    .description('write the embedded database to a file')
    .argument('<file>', 'where to write it; replaced when it is there')
    .action(async (file: string) => (await import('../actions/backup.ts')).backup(cli, file))
