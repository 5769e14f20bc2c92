import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { readApache } from '../../demo/real/apache-recording.ts'
import { readRust } from '../../demo/real/rust-recording.ts'

/** Real tracker data beside the checkout. */
export const recordedFolder = resolve(import.meta.dirname, '../../../shared/real')

/** Registers tests of a recording when it is there; else one line says what was left out. */
const withRecording = <R>(name: string, read: (dir: string) => R | null, suite: (recording: R) => void): void => {
  const recording = read(recordedFolder)
  if (recording !== null) {
    suite(recording)
    return
  }
  process.stdout.write(`left out: tests with recorded data of ${name} (none beside the checkout)\n`)
  test(`recorded data of ${name} is not beside the checkout: its tests are left out`, () => {
    expect(read(recordedFolder)).toBeNull()
  })
}

export const withRust = (suite: (recording: NonNullable<ReturnType<typeof readRust>>) => void): void =>
  withRecording('rust-lang/rust', readRust, suite)

export const withApache = (suite: (recording: NonNullable<ReturnType<typeof readApache>>) => void): void =>
  withRecording('issues.apache.org', readApache, suite)
