import { pino } from 'pino'
import type { LogLevel } from './config.ts'

export type Log = pino.Logger

/** What must never be written down, wherever it may stand in an object that is logged. */
const SECRET = ['secret', 'secrets', 'token', 'password', 'authorization', 'cookie', 'databaseUrl', 'sealedSecrets']

/** JSON lines for machines; on a terminal one short line for people. */
export const createLog = (level: LogLevel, terminal: boolean): Log =>
  pino(
    {
      level,
      base: null,
      redact: { paths: SECRET.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: 'hidden' },
      serializers: { err: errorOf },
    },
    terminal ? { write: (line) => void process.stderr.write(shortLine(line)) } : pino.destination(2),
  )

/** With its causes; drivers hang parameters and connections on their errors, which are left out. */
const errorOf = (error: unknown): unknown =>
  error instanceof Error
    ? {
        name: error.name,
        message: error.message,
        stack: error.stack,
        ...(error.cause !== undefined && { cause: errorOf(error.cause) }),
      }
    : String(error)

const WORDS: Readonly<Record<number, string>> = { 20: '', 30: '', 40: 'warning: ', 50: 'error: ' }

const shortLine = (line: string): string => {
  const { level, time, msg, err, ...fields } = JSON.parse(line) as Record<string, unknown>
  const clock = new Date(Number(time)).toTimeString().slice(0, 8)
  const details = Object.entries(fields).map(([name, value]) => `${name}=${text(value)}`)
  const stack = (err as { stack?: string } | undefined)?.stack
  return `${[clock, `${WORDS[Number(level)] ?? ''}${msg}`, ...details].join(' ')}\n${stack ? `${stack}\n` : ''}`
}

const text = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value))
