import { Command, InvalidArgumentError } from 'commander'
import { portArgument } from '../arguments.ts'
import type { Cli } from '../cli.ts'
import { stopSignal } from '../until-told.ts'

interface Options {
  readonly fresh: boolean
  readonly port?: number
  readonly speed: number
  readonly real?: string
}

/** `plumbline demo`: the sample portfolio, live. */
export const demoCommand = (cli: Cli): Command =>
  new Command('demo')
    .description('show a sample portfolio on this machine, with stand-in trackers and four weeks of work arriving live')
    .option('--fresh', 'start over', false)
    .option('--port <number>', 'port of the pages; 4680 or the next free one when left out', portArgument)
    .option('--real <dir>', 'instead: real trackers as they were recorded in this folder')
    .option('--speed <seconds>', 'how long a simulated day takes', seconds, 3)
    .action(async ({ fresh, port, speed, real }: Options) => {
      const stop = stopSignal()
      const { runDemo } = await import('../../demo.ts')
      await runDemo(cli, { fresh, port, real: real ?? null, secondsPerDay: speed }, stop)
    })

function seconds(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !(value >= 0 && value <= 3_600)) throw new InvalidArgumentError('Write seconds, 0 to 3600.')
  return value
}
