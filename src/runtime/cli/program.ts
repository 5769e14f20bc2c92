import { Command } from 'commander'
import type { Cli } from './cli.ts'
import { applyCommand } from './commands/apply.ts'
import { backupCommand } from './commands/backup.ts'
import { baselineCommand } from './commands/baseline.ts'
import { demoCommand } from './commands/demo.ts'
import { doctorCommand } from './commands/doctor.ts'
import { explainCommand } from './commands/explain.ts'
import { exportCommand } from './commands/export.ts'
import { itemsCommand } from './commands/items.ts'
import { reportCommand } from './commands/report.ts'
import { restoreCommand } from './commands/restore.ts'
import { serveCommand } from './commands/serve.ts'
import { syncCommand } from './commands/sync.ts'

/** The command line, ready to be parsed. Wrong usage is thrown, not printed and left. */
export const plumblineProgram = (cli: Cli, version: string): Command => {
  const program = new Command('plumbline')
    .description('Holds a team’s real work, as its trackers know it, against the plan that was agreed.')
    .version(version, '--version', 'print the version')
    .helpCommand('help [command]', 'show help')
    .showSuggestionAfterError()
  for (const command of COMMANDS) program.addCommand(command(cli))
  for (const command of [program, ...program.commands])
    command.exitOverride().configureOutput({
      writeOut: (text) => process.stdout.write(text),
      writeErr: (text) => cli.terminal.say(text.trimEnd()),
    })
  return program
}

const COMMANDS: readonly ((cli: Cli) => Command)[] = [
  serveCommand,
  demoCommand,
  applyCommand,
  syncCommand,
  baselineCommand,
  reportCommand,
  explainCommand,
  itemsCommand,
  exportCommand,
  doctorCommand,
  backupCommand,
  restoreCommand,
]
