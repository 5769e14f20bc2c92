/**
 * The word that was most likely meant: smallest edit distance (insert, delete, replace, swap of neighbours), at most
 * a third of the letters wrong; case and `-`, `_`, spaces do not count.
 *
 * @returns `null` when nothing is near
 * @example nearest('finnish', ['start', 'finish']) // => 'finish'
 */
export const nearest = (word: string, candidates: Iterable<string>): string | null => {
  const wanted = plain(word)
  let found: string | null = null
  let least = Math.max(1, Math.floor(wanted.length / 3)) + 1
  for (const candidate of candidates) {
    const distance = editDistance(wanted, plain(candidate), least)
    if (distance < least) {
      found = candidate
      least = distance
    }
  }
  return found
}

/** ` Did you mean "finish"?`, or what there is, or nothing. */
export const didYouMean = (word: string, candidates: Iterable<string>): string => {
  const all = [...candidates]
  const near = nearest(word, all)
  if (near !== null) return `; did you mean "${near}"?`
  if (all.length === 0) return '; there are none yet'
  return all.length <= 24 ? `; known: ${all.join(', ')}` : ''
}

const plain = (word: string): string =>
  word
    .slice(0, 80)
    .toLowerCase()
    .replace(/[-_\s]/g, '')

const editDistance = (a: string, b: string, limit: number): number => {
  if (Math.abs(a.length - b.length) >= limit) return limit
  let before: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      let cost = Math.min(previous[j]! + 1, current[j - 1]! + 1, replaced)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2]! + 1)
      current.push(cost)
    }
    before = previous
    previous = current
  }
  return previous[b.length]!
}
