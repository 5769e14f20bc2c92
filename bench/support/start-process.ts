import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export interface Running {
  readonly process: ChildProcess
  /** What it said when it was ready. */
  readonly said: string
  stop(): Promise<void>
}

/** Runs a file of `bench/processes` beside this process, until it says (`process.send`) that it is ready. */
export const startProcess = async (
  file: string,
  args: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): Promise<Running> => {
  const child = fork(fileURLToPath(new URL(`../processes/${file}`, import.meta.url)), [...args], {
    env: { ...process.env, ...environment },
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const said = await new Promise<string>((resolve, reject) => {
    child.once('message', (message) => resolve(String(message)))
    child.once('exit', (code) => reject(new Error(`bench: ${file} ended before it was ready: code=${code}`)))
  })
  return {
    process: child,
    said,
    stop: async () => {
      child.kill()
      await ended
    },
  }
}
