import type { Known, Reason } from '../model/reason.ts'

/**
 * Parts a record of values that may be unknown into plain values (`null` = unknown) and the reasons by key path.
 *
 * @param prefix goes before each key in the reasons: `'current.'` gives `current.costVariance`
 * @example splitKnown({ a: known(1), b: unknown('noMoney') }) // => { values: { a: 1, b: null }, because: { b: 'noMoney' } }
 */
export const splitKnown = <K extends string, T>(
  record: Readonly<Record<K, Known<T>>>,
  prefix = '',
): { readonly values: Record<K, T | null>; readonly because: Record<string, Reason> } => {
  const values: Partial<Record<K, T | null>> = {}
  const because: Record<string, Reason> = {}
  for (const key in record) {
    values[key] = record[key].value
    if (record[key].because !== null) because[prefix + key] = record[key].because
  }
  return { values: values as Record<K, T | null>, because }
}
