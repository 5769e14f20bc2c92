import { Command } from 'commander'
import { parseConfig } from '../../config.ts'
import { startService } from '../../serve.ts'
import { portArgument } from '../arguments.ts'
import type { Cli } from '../cli.ts'
import { noteService } from '../service-file.ts'
import { stopSignal, untilTold } from '../until-told.ts'

interface Options {
  readonly allowRemote: boolean
  readonly port?: number
}

/** `plumbline serve`: pages, API, webhooks, and the worker that reads trackers. */
export const serveCommand = (cli: Cli): Command =>
  new Command('serve')
    .description('run the service: pages, API, webhooks, and the worker that reads the trackers')
    .option('--allow-remote', 'let other machines in, although nobody signs in yet', false)
    .option('--port <number>', 'port to listen on; 0 takes a free one (PORT)', portArgument)
    .action((options: Options) => serve(cli, options))

const serve = async (cli: Cli, { allowRemote, port }: Options): Promise<void> => {
  const read = parseConfig(cli.environment)
  const config = { ...read, allowRemote: allowRemote || read.allowRemote, port: port ?? read.port }
  const stop = stopSignal()
  const service = await startService(config, { environment: cli.environment })
  const forget = config.databaseUrl === null ? noteService(config.dataFolder, service.url) : () => {}
  try {
    await untilTold(stop)
  } finally {
    forget()
    await service.close()
  }
}
