import { Command } from 'commander'
import { date, plural } from '../../../../web/components/format.ts'
import { dateArgument } from '../arguments.ts'
import type { Cli } from '../cli.ts'
import { withBackend } from '../with-backend.ts'

interface Options {
  readonly reason: string
  readonly name?: string
  readonly asOf?: string
  readonly approver?: string
}

/** `plumbline baseline`: freezes a plan as it is agreed. */
export const baselineCommand = (cli: Cli): Command =>
  new Command('baseline')
    .description('freeze a baseline of a plan: numbered, and never changed again')
    .argument('<plan>', 'id of the plan')
    .requiredOption('--reason <text>', 'why it is frozen')
    .option('--name <text>', 'what it is called; "Baseline N" when left out')
    .option('--as-of <date>', 'take the work as it stood at the end of this day', dateArgument)
    .option('--approver <name>', 'who approved it')
    .action((plan: string, options: Options) => freeze(cli, plan, options))

const freeze = (cli: Cli, plan: string, options: Options): Promise<void> =>
  withBackend(cli, async (backend) => {
    const { number, workDay, items, phasesWithoutScope } = await backend.freeze({ plan, ...options })
    await cli.terminal.data(
      `Baseline ${number} of ${plan} is frozen: ${plural(items, 'item')} as of ${date(workDay)}.\n`,
    )
    if (phasesWithoutScope.length > 0)
      cli.terminal.say(
        `Without items or a stated size, these phases cannot earn anything under it: ${phasesWithoutScope.join(', ')}.`,
      )
  })
