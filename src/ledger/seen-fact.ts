import type { Fact } from '../model/fact.ts'
import type { IsoInstant } from '../model/time.ts'
import type { ItemField, ItemFields } from '../model/work-item.ts'
import { canonical } from './same-value.ts'

const PREFIX = 'seen:'

/**
 * A fact that no history tells: a pull saw the value. Its key is field, time and value, so that seeing the same
 * thing twice is one fact.
 */
export const seenFact = <F extends ItemField>(
  field: F,
  value: ItemFields[F],
  occurredAt: IsoInstant,
  { sequence = 0, assumed = false }: { readonly sequence?: number; readonly assumed?: boolean } = {},
): Fact =>
  ({
    key: `${PREFIX}${field}@${occurredAt}=${digest(canonical(value))}`,
    occurredAt,
    sequence,
    actor: null,
    assumed,
    field,
    value,
  }) as Fact

export const isSeen = (fact: Fact): boolean => fact.key.startsWith(PREFIX)

/** Short values as they are; of longer ones a 53-bit hash, enough to tell values of one field and instant apart. */
const digest = (text: string): string => (text.length <= 40 ? text : `${text.length}#${hash53(text).toString(36)}`)

/** cyrb53, public domain: https://github.com/bryc/code/blob/master/jshash/experimental/cyrb53.js */
const hash53 = (text: string): number => {
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    high = Math.imul(high ^ code, 2654435761)
    low = Math.imul(low ^ code, 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return 4294967296 * (2097151 & low) + (high >>> 0)
}
