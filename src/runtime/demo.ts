import { resolve } from 'node:path'
import { openRecordings } from '../../demo/real/open-recordings.ts'
import { freePort } from '../../demo/run/free-port.ts'
import { Fault } from '../model/fault.ts'
import type { Cli } from './cli/cli.ts'
import { type DemoFolder, demoFolder } from './cli/demo/demo-folder.ts'
import { prepareDemo } from './cli/demo/prepare-demo.ts'
import { recordedShow } from './cli/demo/recorded-show.ts'
import { sampleShow } from './cli/demo/sample-show.ts'
import type { Show } from './cli/demo/show.ts'
import { noteService } from './cli/service-file.ts'
import { untilTold } from './cli/until-told.ts'
import { type Config, parseConfig } from './config.ts'
import { type OpenedStore, openStore } from './open-store.ts'
import { startService } from './serve.ts'

export interface DemoOptions {
  /** Starts over. */
  readonly fresh: boolean
  /** A folder of recorded trackers instead of the sample. */
  readonly real: string | null
  /** Left out: the usual one, or the next that is free. */
  readonly port?: number | undefined
  readonly secondsPerDay: number
}

/**
 * Something to look at on this machine: stand-in trackers, Plumbline on the embedded database, frozen baselines, and
 * four weeks of work that arrive while somebody looks. A later run goes on where this one ends.
 *
 * @param stop ends it all
 * @throws Fault with one sentence: a folder in use, a port that is taken, a folder without recordings
 */
export const runDemo = async (cli: Cli, options: DemoOptions, stop: AbortSignal): Promise<void> => {
  const { say } = cli.terminal
  const real = options.real === null ? null : resolve(options.real)
  // Read first: a folder without recordings is refused before anything is written down.
  const recordings = real === null ? null : openRecordings(real)
  const folder = await demoFolder(cli, { fresh: options.fresh, real })
  const config = await demoConfig(cli, folder.path, options.port)
  say(folder.isKnown ? `Going on with the demo in ${folder.path}.` : `Preparing the demo in ${folder.path}…`)
  const opened = await openStore(config)
  let show: Show | null = null
  try {
    show =
      recordings === null
        ? await sampleShow(cli, folder, options.secondsPerDay)
        : await recordedShow(folder, recordings)
    if (await isPrepared(cli, { config, opened, show, stop }))
      await present(cli, { folder, config, opened, show, stop })
    else say('Stopped halfway; the next run goes on from here.')
  } finally {
    await show?.trackers.close()
    await opened.store.close()
  }
}

interface Stage {
  readonly config: Config
  readonly opened: OpenedStore
  readonly show: Show
  readonly stop: AbortSignal
}

/** @returns false when it was stopped before it was done */
const isPrepared = async (cli: Cli, { config, opened, show, stop }: Stage): Promise<boolean> => {
  const { store, seal, place } = opened
  const tools = { store, seal: seal.seal, openSecrets: seal.open, config, place, close: () => store.close() }
  const work = prepareDemo(quietAfter(stop, cli), tools, show.trackers, { full: show.hasMoved })
  await Promise.race([work, untilTold(stop)])
  if (!stop.aborted) return true
  // The database closes under it: that it fails then is no news.
  work.catch(() => {})
  return false
}

const present = async (cli: Cli, { folder, config, opened, show, stop }: Stage & { readonly folder: DemoFolder }) => {
  const { say } = cli.terminal
  const { environment } = show.trackers
  const service = await startService(config, { opened, environment, today: show.today })
  const forget = noteService(folder.path, service.url)
  try {
    await cli.terminal.data(`${service.url}/\n`)
    say(`Plumbline is ready: open ${service.url}/`)
    for (const remark of show.remarks) say(remark)
    await show.play(service, stop)
    await untilTold(stop)
  } finally {
    forget()
    await service.close()
  }
  say('The demo has ended; the next run goes on from here.')
}

/** The embedded database on the loopback address, whatever else this machine is set up for. */
const demoConfig = async (cli: Cli, dataFolder: string, port: number | undefined): Promise<Config> => {
  const config = parseConfig({ LOG_LEVEL: 'warn', ...cli.environment, DATABASE_URL: undefined, PUBLIC_URL: undefined })
  const wanted = port ?? config.port
  const free = port === 0 ? 0 : await freePort(wanted)
  if (port !== undefined && free !== port)
    throw new Fault('conflict', `cli: port ${port} is in use: choose another with --port, or leave it out`)
  if (free !== wanted) cli.terminal.say(`Port ${wanted} is in use; taking ${free}.`)
  return { ...config, dataFolder, host: '127.0.0.1', allowRemote: false, port: free }
}

/** What is interrupted on purpose need not complain about it. */
const quietAfter = (stop: AbortSignal, cli: Cli): Cli => ({
  ...cli,
  terminal: {
    ...cli.terminal,
    say: (text) => {
      if (!stop.aborted) cli.terminal.say(text)
    },
  },
})
