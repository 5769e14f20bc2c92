import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DemoPorts } from './trackers.ts'

/** What a demo folder remembers from run to run. */
export interface DemoState {
  readonly kind: 'plumbline demo'
  /** Folder of recorded trackers; `null` = the sample. */
  readonly real: string | null
  readonly seed: number
  /** The day that the sample ends before. */
  readonly anchor: string
  readonly ports: DemoPorts
  /** How many of the sample's events have happened; `null` = the history before the live weeks. */
  readonly played: number | null
}

const NAME = 'demo.json'

/** @returns `null` for a folder without a demo in it, also one that is not there */
export const readDemoState = (folder: string): DemoState | null => {
  const file = join(folder, NAME)
  if (!existsSync(file)) return null
  try {
    const state = JSON.parse(readFileSync(file, 'utf8')) as Partial<DemoState>
    return state.kind === 'plumbline demo' && typeof state.anchor === 'string' ? (state as DemoState) : null
  } catch {
    return null
  }
}

/** Written whole or not at all. */
export const writeDemoState = (folder: string, state: DemoState): void => {
  mkdirSync(folder, { recursive: true })
  const draft = join(folder, `${NAME}.new`)
  writeFileSync(draft, `${JSON.stringify(state, null, 2)}\n`)
  renameSync(draft, join(folder, NAME))
}

/** What lies in the folder that is not a demo's: then it is somebody's data. */
export const isForeign = (folder: string): boolean =>
  existsSync(folder) && readDemoState(folder) === null && readdirSync(folder).length > 0

/** @throws Error when the folder is not a demo's: nothing else is ever deleted */
export const removeDemo = (folder: string): void => {
  if (!existsSync(folder)) return
  if (readDemoState(folder) === null) throw new Error(`no demo has been run in ${folder}`)
  rmSync(folder, { recursive: true })
}
