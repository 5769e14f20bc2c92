import type { Known } from '../../src/model/reason.ts'

/** Equal within a relative error, as published numbers need; `null` = unknown. */
export const close = (actual: number | null, expected: number | null, relative = 1e-9): boolean =>
  actual === null || expected === null
    ? actual === expected
    : Math.abs(actual - expected) <= relative * Math.max(1, Math.abs(actual), Math.abs(expected))

/** The value of something that must be known. */
export const sure = <T>(result: Known<T>): T => {
  if (result.because !== null) throw new Error(`unknown: ${result.because}`)
  return result.value
}
