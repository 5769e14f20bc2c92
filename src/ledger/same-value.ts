/** Equality of plain values whatever the order of their keys: a database that stores JSON may change that order. */
export const sameValue = (a: unknown, b: unknown): boolean => a === b || canonical(a) === canonical(b)

/** Plain value → text that is the same for equal values. */
export const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).filter(([, one]) => one !== undefined)
  entries.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`).join(',')}}`
}
