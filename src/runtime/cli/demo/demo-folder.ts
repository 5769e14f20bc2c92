import { resolve } from 'node:path'
import {
  type DemoState,
  isForeign,
  readDemoState,
  removeDemo,
  writeDemoState,
} from '../../../../demo/run/state-file.ts'
import { Fault } from '../../../model/fault.ts'
import { lockFolder } from '../../../store/folder-lock.ts'
import type { Cli } from '../cli.ts'
import { runningService } from '../service-file.ts'

export interface DemoFolder {
  readonly path: string
  readonly state: DemoState
  /** Whether a former run has left something here. */
  readonly isKnown: boolean
  readonly save: (state: DemoState) => void
}

const SEED = 1

/**
 * The folder in which a demo goes on, or a new one. Nothing is ever deleted in a folder that is not a demo's.
 *
 * @throws Fault conflict when it holds something else, or when the demo runs already
 */
export const demoFolder = async (
  cli: Cli,
  { fresh, real }: { readonly fresh: boolean; readonly real: string | null },
): Promise<DemoFolder> => {
  const path = resolve(cli.environment.PLUMBLINE_DATA || (real === null ? '.plumbline-demo' : '.plumbline-demo-real'))
  if (isForeign(path))
    throw new Fault(
      'conflict',
      `cli: ${path} holds something that is not a demo's, and is left alone: choose another folder in PLUMBLINE_DATA`,
    )
  const running = await runningService(path)
  if (running !== null)
    throw new Fault('conflict', `cli: the demo runs already: open ${running}, or stop it there with Ctrl-C`)
  if (fresh && readDemoState(path) !== null) {
    // Somebody may just be starting it: taking the lock tells.
    lockFolder(`${path}/database`)()
    removeDemo(path)
  }
  const before = readDemoState(path)
  const recording = real === null ? null : resolve(real)
  if (before !== null && before.real !== recording)
    throw new Fault(
      'conflict',
      `cli: the demo in ${path} shows ${before.real ?? 'the sample'}: add --fresh to start over, or choose another folder in PLUMBLINE_DATA`,
    )
  const anchor = cli.now().toISOString().slice(0, 10)
  const state = before ?? { kind: 'plumbline demo', real: recording, seed: SEED, anchor, ports: {}, played: null }
  const save = (next: DemoState) => writeDemoState(path, next)
  save(state)
  return { path, state, isKnown: before !== null, save }
}
