import type { PhaseBlueprint } from './blueprint.ts'

/**
 * Part of the work that a spread puts into the first `share` of the time.
 *
 * @param share 0..1 of the working days
 * @returns 0..1, never falling
 */
export const workAfter = (spread: PhaseBlueprint['spread'], share: number): number => {
  const u = Math.min(1, Math.max(0, share))
  if (spread === 'front') return 2 * u - u * u
  if (spread === 'back') return u * u
  if (spread === 'bell') return u * u * (3 - 2 * u)
  return u
}

/** The share of the time after which `work` (0..1) is done: the inverse of `workAfter`. */
export const timeFor = (spread: PhaseBlueprint['spread'], work: number): number => {
  let low = 0
  let high = 1
  for (let step = 0; step < 30; step += 1) {
    const middle = (low + high) / 2
    if (workAfter(spread, middle) < work) low = middle
    else high = middle
  }
  return high
}
