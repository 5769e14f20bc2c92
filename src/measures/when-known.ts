import { type Known, unknown } from '../model/reason.ts'

/**
 * Applies a measure to values that may be unknown: the first unknown input's reason becomes the result's reason.
 *
 * @example whenKnown([known(40), unknown('noMoney')], costVariance) // => unknown('noMoney')
 */
export const whenKnown = <T, R = T>(inputs: readonly Known<T>[], measure: (...values: T[]) => Known<R>): Known<R> => {
  const values: T[] = []
  for (const input of inputs) {
    if (input.because !== null) return unknown(input.because)
    values.push(input.value)
  }
  return measure(...values)
}
