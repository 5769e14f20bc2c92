import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { openPglite } from '../../../src/store/pglite.ts'
import { pgliteTemplate } from '../../support/databases.ts'

const PROGRAM = resolve(import.meta.dirname, '../../../dist/server/cli.js')

/** What a command did. */
export interface Outcome {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A command that runs. */
export interface Command {
  /** The first match on stdout or stderr, from the beginning on; fails when the command ends without it. */
  seen(pattern: RegExp): Promise<RegExpMatchArray>
  kill(signal: NodeJS.Signals): void
  readonly ended: Promise<Outcome>
}

/** A folder of its own for one test file, with a data folder in it that holds a migrated, empty database. */
export interface Home {
  readonly folder: string
  readonly data: string
  /** Another empty data folder. */
  another(): Promise<string>
  start(args: readonly string[], environment?: Readonly<Record<string, string>>): Command
  run(args: readonly string[], environment?: Readonly<Record<string, string>>): Promise<Outcome>
  /** Ends what is still running. */
  close(): Promise<void>
}

/** The built command line: `npm run build` makes it, and `npm test` runs that first. */
export const makeHome = async (): Promise<Home> => {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-cli-'))
  const running = new Set<Command>()
  let count = 0
  const another = async (): Promise<string> => {
    count += 1
    const data = join(folder, `data-${count}`)
    const store = await openPglite(join(data, 'database'), { template: pgliteTemplate() })
    await store.close()
    return data
  }
  const data = await another()
  const start: Home['start'] = (args, environment = {}) => {
    const command = launch(args, folder, { PLUMBLINE_DATA: data, ...environment })
    running.add(command)
    command.ended.finally(() => running.delete(command))
    return command
  }
  return {
    folder,
    data,
    another,
    start,
    run: (args, environment) => start(args, environment).ended,
    close: async () => {
      for (const command of running) {
        command.kill('SIGKILL')
        await command.ended
      }
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const launch = (args: readonly string[], cwd: string, environment: Readonly<Record<string, string>>): Command => {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    cwd,
    env: { PATH: process.env.PATH ?? '', HOME: cwd, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  const listeners = new Set<() => void>()
  const heard = (): void => {
    for (const listener of [...listeners]) listener()
  }
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk
    heard()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk
    heard()
  })
  const ended = new Promise<Outcome>((done, fail) => {
    child.on('error', fail)
    child.on('close', (code) => done({ code, stdout, stderr }))
  })
  return {
    ended,
    kill: (signal) => {
      child.kill(signal)
    },
    seen: (pattern) =>
      new Promise((found, fail) => {
        const look = (): void => {
          const match = pattern.exec(stdout) ?? pattern.exec(stderr)
          if (match === null) return
          listeners.delete(look)
          found(match)
        }
        listeners.add(look)
        ended.then(() => fail(new Error(`ended without ${pattern}:\n${stdout}\n${stderr}`)), fail)
        look()
      }),
  }
}
