import type { Place, PlanBlueprint, WorkBlueprint } from './blueprint.ts'
import type { Random } from './random.ts'

/** An item before it has a title and dates. */
export interface Draft {
  readonly place: Place
  readonly points: number | null
  readonly needless: boolean
}

/** `count` items as the phase's work asks for them. */
export const draw = (work: WorkBlueprint, count: number, random: Random): readonly Draft[] =>
  Array.from({ length: count }, (_, index) => ({
    place: pickPlace(work.places, random),
    points: random.chance(work.unestimatedShare) ? null : random.pick(work.sizes),
    needless: index > 0 && random.chance(work.dropShare),
  }))

/** Items until their sizes fill `size`. */
export const drawUntil = (work: WorkBlueprint, size: number, random: Random): readonly Draft[] => {
  const drafts: Draft[] = []
  for (let filled = 0; filled < size; ) {
    const draft = { ...draw(work, 1, random)[0]!, needless: false }
    drafts.push(draft)
    filled += draft.points ?? 1
  }
  return drafts
}

/** What items weigh together, in the plan's unit. */
export const weightOf = (drafts: readonly Draft[], plan: PlanBlueprint): number =>
  drafts.reduce((sum, draft) => sum + (plan.unit === 'items' ? 1 : (draft.points ?? 1)), 0)

const pickPlace = (places: readonly Place[], random: Random): Place => {
  let left = random.next() * places.reduce((sum, place) => sum + place.share, 0)
  for (const place of places) {
    left -= place.share
    if (left <= 0) return place
  }
  return places.at(-1)!
}
