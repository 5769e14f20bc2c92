import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '../../demo/run/free-port.ts'
import { playLiveWeeks, simulatedDay } from '../../demo/run/live-weeks.ts'
import { type SampleTrackers, startSampleTrackers } from '../../demo/run/sample-trackers.ts'
import { plural } from '../../web/components/format.ts'
import { Fault } from '../model/fault.ts'
import type { Cli } from './cli/cli.ts'
import { type DemoFolder, demoFolder } from './cli/demo/demo-folder.ts'
import { prepareDemo } from './cli/demo/prepare-demo.ts'
import type { Opened } from './cli/open.ts'
import { noteService } from './cli/service-file.ts'
import { untilTold } from './cli/until-told.ts'
import { type Config, parseConfig } from './config.ts'
import { openStore } from './open-store.ts'
import { type Service, startService } from './serve.ts'
import { countDeliveries } from '../store/inbox.ts'

export interface DemoOptions {
  /** Starts over. */
  readonly fresh: boolean
  /** Left out: the usual one, or the next that is free. */
  readonly port?: number | undefined
  readonly secondsPerDay: number
}

const LOOK_AGAIN_MS = 100

/**
 * The sample portfolio on this machine: two stand-in trackers, Plumbline on the embedded database, baselines, and four
 * weeks of work that arrive as signed webhooks while somebody looks. A later run goes on where this one ends.
 *
 * @param stop ends it all
 * @throws Fault with one sentence: a folder in use, a port that is taken
 */
export const runDemo = async (cli: Cli, options: DemoOptions, stop: AbortSignal): Promise<void> => {
  const folder = await demoFolder(cli, { fresh: options.fresh, real: null })
  const config = await demoConfig(cli, folder.path, options.port)
  const { say } = cli.terminal
  say(folder.isKnown ? `Going on with the demo in ${folder.path}.` : `Preparing the demo in ${folder.path}…`)
  const { store, seal, place } = await openStore(config)
  const opened: Opened = {
    store,
    seal: seal.seal,
    openSecrets: seal.open,
    config,
    place,
    close: () => store.close(),
  }
  const trackers = await startSampleTrackers(folder.state).catch(async (error: unknown) => {
    await store.close()
    throw error
  })
  try {
    const hasMoved =
      folder.isKnown && Object.entries(trackers.ports).some(([name, port]) => folder.state.ports[name] !== port)
    folder.save({ ...folder.state, ports: trackers.ports })
    const prepared = prepareDemo(quietAfter(stop, cli), opened, trackers, { full: hasMoved })
    await Promise.race([prepared, untilTold(stop)])
    if (stop.aborted) {
      prepared.catch(() => {})
      say('Stopped halfway; the next run goes on from here.')
      return
    }
    await serveDemo(cli, { folder, config, opened: { store, seal, place }, trackers, options, stop })
  } finally {
    await trackers.close()
    await store.close()
  }
}

interface Running {
  readonly folder: DemoFolder
  readonly config: Config
  readonly opened: Awaited<ReturnType<typeof openStore>>
  readonly trackers: SampleTrackers
  readonly options: DemoOptions
  readonly stop: AbortSignal
}

const serveDemo = async (cli: Cli, { folder, config, opened, trackers, options, stop }: Running): Promise<void> => {
  const { say } = cli.terminal
  const { state } = folder
  const played = state.played ?? trackers.firstLive
  let day = simulatedDay(trackers, played, state.anchor)
  const service = await startService(config, { opened, environment: trackers.environment, today: () => day })
  const forget = noteService(folder.path, service.url)
  try {
    await cli.terminal.data(`${service.url}/\n`)
    say(`Plumbline is ready: open ${service.url}/`)
    say(`GitHub is played at ${trackers.environment.GITHUB_URL}, Jira at ${trackers.environment.JIRA_URL}.`)
    trackers.subscribe(service.url)
    const left = trackers.events.length - played
    if (left > 0)
      say(
        `${left === trackers.events.length - trackers.firstLive ? 'Four weeks' : 'The rest of four weeks'} of work now arrive as webhooks: ${plural(left, 'event')}, one simulated day in ${options.secondsPerDay} s. Ctrl-C ends the demo.`,
      )
    await playLiveWeeks(trackers, {
      played,
      secondsPerDay: options.secondsPerDay,
      stop,
      before: (next, today) => {
        folder.save({ ...state, ports: trackers.ports, played: next })
        if (today !== day) say(`It is ${today}.`)
        day = today
      },
    })
    await untilDigested(service, stop)
    if (!stop.aborted) {
      day = state.anchor
      say(`It is ${day}: the four weeks have passed. The demo stays up; Ctrl-C ends it, --fresh starts it over.`)
      await untilTold(stop)
    }
  } finally {
    forget()
    await service.close()
  }
  say('The demo has ended; the next run goes on from here.')
}

/** The door answers before anything is read: what was sent is on the page when nothing is due any more. */
const untilDigested = async (service: Service, stop: AbortSignal): Promise<void> => {
  while (!stop.aborted) {
    const counts = await countDeliveries(service.store.db)
    if (counts.every(({ due }) => due === 0)) return
    service.wake()
    await pause(LOOK_AGAIN_MS, undefined, { signal: stop }).catch(() => {})
  }
}

/** The embedded database on the loopback address, whatever else this machine is set up for. */
const demoConfig = async (cli: Cli, dataFolder: string, port: number | undefined): Promise<Config> => {
  const config = parseConfig({ LOG_LEVEL: 'warn', ...cli.environment })
  const wanted = port ?? config.port
  const free = port === 0 ? 0 : await freePort(wanted)
  if (port !== undefined && free !== port)
    throw new Fault('conflict', `cli: port ${port} is in use: choose another with --port, or leave it out`)
  if (free !== wanted) cli.terminal.say(`Port ${wanted} is in use; taking ${free}.`)
  return {
    ...config,
    dataFolder,
    databaseUrl: null,
    publicUrl: null,
    host: '127.0.0.1',
    allowRemote: false,
    port: free,
  }
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
