import type { SeenHead } from './head-watch.ts'

/**
 * What a listener has heard, as the id of an event: a browser sends the last one back when it reconnects, and is told
 * what it missed. Plans by number, e.g. `1.12_2.7`.
 */
export const eventId = (heard: ReadonlyMap<number, number>): string =>
  [...heard].map(([planNo, revision]) => `${planNo}.${revision}`).join('_')

/** @returns `null` for an id that is not one of ours: its owner has then heard nothing */
export const heardUntil = (id: string): Map<number, number> | null => {
  if (!/^\d{1,9}\.\d{1,9}(_\d{1,9}\.\d{1,9})*$/.test(id)) return null
  return new Map(id.split('_').map((pair) => pair.split('.').map(Number) as [number, number]))
}

export const heardNow = (heads: readonly SeenHead[]): Map<number, number> =>
  new Map(heads.map(({ planNo, revision }) => [planNo, revision]))
