import { Command } from 'commander'
import { portArgument } from '../arguments.ts'
import type { Options } from '../actions/serve.ts'
import type { Cli } from '../cli.ts'

/** `plumbline serve`: pages, API, webhooks, and the worker that reads trackers. */
export const serveCommand = (cli: Cli): Command =>
  new Command('serve')
    .description('run the service: pages, API, webhooks, and the worker that reads the trackers')
    .option('--allow-remote', 'let other machines in, although nobody signs in yet', false)
    .option('--port <number>', 'port to listen on; 0 takes a free one (PORT)', portArgument)
    .action(async (options: Options) => (await import('../actions/serve.ts')).serve(cli, options))
