import { Command } from 'commander'
import type { Cli } from '../cli.ts'

/** `plumbline doctor`: looks at everything that can be wrong. */
export const doctorCommand = (cli: Cli): Command =>
  new Command('doctor')
    .description('check trackers, sources, books and database, and say what to do about what is wrong')
    .action(async () => (await import('../actions/doctor.ts')).doctor(cli))
