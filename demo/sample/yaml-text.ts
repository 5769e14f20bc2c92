import type { Plain } from './blueprint.ts'

/**
 * YAML as a person would write it: short things on one line, long ones as blocks.
 *
 * @param depth spaces before the text
 */
export const yamlText = (value: Plain, depth = 0): string => {
  if (value === null || typeof value !== 'object') return scalar(value)
  const line = flow(value)
  if (depth > 0 && line.length + depth <= 116) return line
  const pad = ' '.repeat(depth)
  if (isList(value)) return value.map((each) => `\n${pad}- ${inList(each, depth + 2)}`).join('')
  return Object.entries(value)
    .map(([key, each]) => `\n${pad}${scalar(key)}:${after(each, depth + 2)}`)
    .join('')
}

const after = (value: Plain, depth: number): string => {
  const text = yamlText(value, depth)
  return text.startsWith('\n') ? text : ` ${text}`
}

/** The first key of a block stands beside its dash. */
const inList = (value: Plain, depth: number): string => yamlText(value, depth).trimStart()

const flow = (value: Plain): string => {
  if (value === null || typeof value !== 'object') return scalar(value)
  if (isList(value)) return `[${value.map(flow).join(', ')}]`
  const entries = Object.entries(value)
  return entries.length === 0 ? '{}' : `{ ${entries.map(([key, each]) => `${scalar(key)}: ${flow(each)}`).join(', ')} }`
}

const scalar = (value: string | number | boolean | null): string => {
  if (typeof value !== 'string') return String(value)
  return /^[A-Za-z][\w ./+-]*[\w.]$|^[A-Za-z]$|^\d{4}-\d\d-\d\d$/.test(value) &&
    !/^(true|false|null|yes|no|on)$/i.test(value)
    ? value
    : JSON.stringify(value)
}

const isList = (value: object): value is readonly Plain[] => Array.isArray(value)
