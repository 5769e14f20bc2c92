import { Fault, type Problem } from '../model/fault.ts'

/** What the environment decides. */
export interface Config {
  readonly databaseUrl: string | null
  readonly dataFolder: string
  readonly port: number
  readonly host: string
  readonly allowRemote: boolean
  readonly publicUrl: string | null
  readonly secret: string | null
  readonly pollSeconds: number
  readonly logLevel: LogLevel
}

export type LogLevel = (typeof LOG_LEVELS)[number]

interface Setting<T> {
  readonly name: string
  /** @throws Error whose message says what to write */
  readonly parse: (text: string) => T
  readonly fallback: T
  /** The fallback in words, where it is not its text. */
  readonly otherwise?: string
  /** One line. */
  readonly help: string
}

const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const

/** The one table of settings; the README prints it. */
export const SETTINGS: { readonly [Key in keyof Config]: Setting<Config[Key]> } = {
  databaseUrl: {
    name: 'DATABASE_URL',
    parse: (text) => {
      if (!/^postgres(ql)?:\/\//.test(text)) throw new Error('write postgres://user:password@host:5432/name')
      return text
    },
    fallback: null,
    otherwise: 'none: the embedded database',
    help: 'PostgreSQL 15 or newer to keep everything in',
  },
  dataFolder: {
    name: 'PLUMBLINE_DATA',
    parse: (text) => text,
    fallback: '.plumbline/',
    help: 'Folder of the embedded database and of the key that seals tokens',
  },
  port: {
    name: 'PORT',
    parse: (text) => wholeNumber(text, 0, 65_535),
    fallback: 4680,
    help: 'Port to listen on; 0 takes a free one',
  },
  host: {
    name: 'HOST',
    parse: (text) => text,
    fallback: '127.0.0.1',
    help: 'Address to listen on; beyond this machine only with PLUMBLINE_ALLOW_REMOTE',
  },
  allowRemote: {
    name: 'PLUMBLINE_ALLOW_REMOTE',
    parse: (text) => {
      if (/^(1|true|yes)$/i.test(text)) return true
      if (/^(0|false|no)$/i.test(text)) return false
      throw new Error('write true or false')
    },
    fallback: false,
    otherwise: 'false',
    help: 'Let other machines in although nobody signs in yet (also `--allow-remote`)',
  },
  publicUrl: {
    name: 'PUBLIC_URL',
    parse: (text) => {
      if (!/^https?:\/\//.test(text) || !URL.canParse(text)) throw new Error('write https://plumbline.acme.test')
      return text.replace(/\/+$/, '')
    },
    fallback: null,
    otherwise: 'none',
    help: 'Address under which browsers and trackers reach the service, if it is not this machine',
  },
  secret: {
    name: 'PLUMBLINE_SECRET',
    parse: (text) => {
      if (text.length < 16) throw new Error('use 16 characters or more')
      return text
    },
    fallback: null,
    otherwise: 'a key file in the data folder',
    help: 'Seals the tokens of connections; the same for all replicas',
  },
  pollSeconds: {
    name: 'PLUMBLINE_POLL_SECONDS',
    parse: (text) => wholeNumber(text, 5, 86_400),
    fallback: 300,
    help: 'Seconds between two polls of a source',
  },
  logLevel: {
    name: 'LOG_LEVEL',
    parse: (text) => {
      const level = LOG_LEVELS.find((known) => known === text)
      if (!level) throw new Error(`write one of ${LOG_LEVELS.join(', ')}`)
      return level
    },
    fallback: 'info',
    help: `How much is logged: ${LOG_LEVELS.join(', ')}`,
  },
}

/**
 * Reads the settings of an environment. An empty variable counts as not set.
 *
 * @throws Fault misconfigured naming everything that is wrong at once; values never appear in it
 */
export const parseConfig = (environment: Readonly<Record<string, string | undefined>>): Config => {
  const problems: Problem[] = []
  const read = <T>({ name, parse, fallback }: Setting<T>): T => {
    const text = environment[name]?.trim() ?? ''
    if (text === '') return fallback
    try {
      return parse(text)
    } catch (error) {
      problems.push({ at: name, message: error instanceof Error ? error.message : String(error) })
      return fallback
    }
  }
  const config: Config = {
    databaseUrl: read(SETTINGS.databaseUrl),
    dataFolder: read(SETTINGS.dataFolder),
    port: read(SETTINGS.port),
    host: read(SETTINGS.host),
    allowRemote: read(SETTINGS.allowRemote),
    publicUrl: read(SETTINGS.publicUrl),
    secret: read(SETTINGS.secret),
    pollSeconds: read(SETTINGS.pollSeconds),
    logLevel: read(SETTINGS.logLevel),
  }
  if (problems.length > 0)
    throw new Fault(
      'misconfigured',
      `runtime: the environment needs correcting: ${problems.map(({ at, message }) => `${at}: ${message}`).join('; ')}`,
      { problems },
    )
  return config
}

/** The table as the README shows it (Markdown). */
export const settingsTable = (): string => {
  const lines = Object.values(SETTINGS).map(
    ({ name, fallback, otherwise, help }) => `| \`${name}\` | ${otherwise ?? `\`${fallback}\``} | ${help} |`,
  )
  return ['| Variable | If not set | What it is |', '|---|---|---|', ...lines].join('\n')
}

const wholeNumber = (text: string, least: number, most: number): number => {
  const number = Number(text)
  if (!/^\d+$/.test(text) || number < least || number > most)
    throw new Error(`write a whole number from ${least} to ${most}`)
  return number
}
