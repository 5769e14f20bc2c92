import type { Fact } from '../model/fact.ts'
import type { IsoInstant } from '../model/time.ts'
import type { Presence } from '../model/work-item.ts'
import { seenFact } from './seen-fact.ts'

/**
 * The fact that the tracker no longer shows an item. Assert it only when the item's present row says otherwise.
 *
 * @param at when the pull or census began that did not find it
 */
export const missingFact = (presence: Exclude<Presence, 'present'>, at: IsoInstant): Fact =>
  seenFact('presence', presence, at)
