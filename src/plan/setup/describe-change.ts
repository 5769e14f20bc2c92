import type { Change } from './diff-setup.ts'

const SIGN = { added: '+', changed: '~', removed: '-' } as const
const LONGEST = 160

/**
 * A change as one line of the dry run.
 *
 * @example describeChange(change) // => '~ phase checkout/build: finish: 2026-06-26 → 2026-07-10'
 */
export const describeChange = ({ kind, thing, id, plan, field, before, after }: Change): string => {
  const name = `${SIGN[kind]} ${thing} ${thing === 'phase' ? `${plan}/${id}` : id}`
  if (field === null) return name
  return `${name}: ${field}: ${valueText(before)} → ${valueText(after)}`
}

const valueText = (value: unknown): string => {
  const text = written(value)
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}

/** As people write it: no quotes, no braces around the whole, nothing for what is not stated. */
const written = (value: unknown): string => {
  if (value === null || value === undefined) return 'none'
  if (Array.isArray(value)) return value.length === 0 ? 'none' : `[${value.map(written).join(', ')}]`
  if (typeof value !== 'object') return String(value)
  const stated = Object.entries(value).filter(([, part]) => part !== null && part !== undefined)
  return stated.length === 0 ? 'none' : `{ ${stated.map(([key, part]) => `${key}: ${written(part)}`).join(', ')} }`
}
