import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { Fault } from '../../../model/fault.ts'
import { describeChange } from '../../../plan/setup/describe-change.ts'
import type { SetupFile } from '../../../plan/setup/setup.ts'
import { errorCode } from '../../../store/faults.ts'
import { plural } from '../../../../web/components/format.ts'
import type { Cli } from '../cli.ts'
import { withBackend } from '../with-backend.ts'

interface Options {
  readonly file: readonly string[]
  readonly dryRun: boolean
  readonly prune: boolean
  readonly yes: boolean
}

/** `plumbline apply`: brings what is set up in step with files. */
export const applyCommand = (cli: Cli): Command =>
  new Command('apply')
    .description('bring connections, sources, resources, plans and portfolios in step with set-up files')
    .requiredOption('-f, --file <file...>', 'set-up file (YAML); several are read as one; - is the standard input')
    .option('--dry-run', 'only show what would change', false)
    .option('--prune', 'also remove what the files do not name', false)
    .option('-y, --yes', 'agree to removals without being asked', false)
    .action((options: Options) => apply(cli, options))

const apply = (cli: Cli, { file, dryRun, prune, yes }: Options): Promise<void> =>
  withBackend(cli, async (backend) => {
    const changes = await backend.apply(file.map(readSetup), {
      dryRun,
      prune,
      confirmRemovals: async (removed) => {
        if (yes) return true
        const list = removed.map((change) => `  ${describeChange(change)}\n`).join('')
        const answer = await cli.terminal.ask(`This removes:\n${list}Go on?`)
        if (answer === null) cli.terminal.say('Nobody is here to be asked about removals: add --yes to agree to them.')
        return answer ?? false
      },
    })
    await cli.terminal.data(changes.map((change) => `${describeChange(change)}\n`).join(''))
    cli.terminal.say(summary(changes.length, dryRun))
  })

const summary = (changes: number, dryRun: boolean): string => {
  if (changes === 0) return 'Nothing changes: everything is set up so already.'
  return dryRun ? `${plural(changes, 'change')} would be made; nothing was.` : `${plural(changes, 'change')} made.`
}

const readSetup = (name: string): SetupFile => {
  try {
    return { name: name === '-' ? 'standard input' : name, text: readFileSync(name === '-' ? 0 : name, 'utf8') }
  } catch (cause) {
    throw new Fault('notFound', `cli: ${name} cannot be read (${errorCode(cause) ?? 'unknown'}): check its name`, {
      cause,
    })
  }
}
