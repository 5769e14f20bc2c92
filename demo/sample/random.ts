/** Numbers that look random and are the same for the same seed: the sample asks no machine for chance. */
export interface Random {
  /** 0 <= x < 1 */
  next(): number
  /** An integer from `low` to `high`, both included. */
  integer(low: number, high: number): number
  /** True in `share` of the cases, 0..1. */
  chance(share: number): boolean
  pick<T>(list: readonly T[]): T
  shuffled<T>(list: readonly T[]): T[]
  /** A stream of its own for `name`: what one part draws does not shift what another draws. */
  fork(name: string): Random
}

/**
 * @source mulberry32 (Tommy Ettinger, public domain), names hashed by FNV-1a
 * @example seededRandom(7).integer(1, 6) // the same on every machine
 */
export const seededRandom = (seed: number): Random => {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const integer = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1))
  return {
    next,
    integer,
    chance: (share) => next() < share,
    pick: (list) => {
      if (list.length === 0) throw new RangeError('nothing to pick from')
      return list[integer(0, list.length - 1)]!
    },
    shuffled: (list) => {
      const mixed = [...list]
      for (let last = mixed.length - 1; last > 0; last -= 1) {
        const other = integer(0, last)
        const held = mixed[last]!
        mixed[last] = mixed[other]!
        mixed[other] = held
      }
      return mixed
    },
    fork: (name) => seededRandom(hash(`${seed}/${name}`)),
  }
}

const hash = (text: string): number => {
  let value = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  return value >>> 0
}
