import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export interface RunningService {
  readonly url: string
  readonly pid: number
  /** From the start of the process until it said that it is ready. */
  readonly readyAfterMs: number
  stop(): Promise<void>
}

const PATIENCE_MS = 60_000
const BUILT = fileURLToPath(new URL('../../dist/server/cli.js', import.meta.url))

/** `plumbline serve` (or `demo`) as it is built, in a process of its own, until it says that it is ready. */
export const startService = async (
  environment: Readonly<Record<string, string>>,
  command: 'serve' | 'demo' = 'serve',
): Promise<RunningService> => {
  if (!existsSync(BUILT)) throw new Error('bench: the service is not built: run "npm run build" first')
  const port = await freePort()
  const begun = performance.now()
  const service = spawn(process.execPath, [BUILT, command, '--port', String(port)], {
    env: { ...process.env, LOG_LEVEL: 'error', ...environment },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => service.once('exit', () => resolve()))
  const url = `http://127.0.0.1:${port}`
  while (!(await isReady(url))) {
    const waited = performance.now() - begun
    if (service.exitCode !== null || waited > PATIENCE_MS) {
      service.kill()
      throw new Error(`bench: the service is not ready after ${Math.round(waited)} ms: code=${service.exitCode}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return {
    url,
    pid: service.pid!,
    readyAfterMs: performance.now() - begun,
    stop: async () => {
      service.kill()
      await ended
    },
  }
}

const isReady = (url: string): Promise<boolean> =>
  fetch(`${url}/readyz`).then(
    (answer) => answer.ok,
    () => false,
  )

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
