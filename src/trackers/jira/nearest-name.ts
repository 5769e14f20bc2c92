/** "did you mean…" for a name that is close to a known one, else the list of known names. */
export const nearestName = (name: string, known: readonly string[]): string => {
  const [best] = known
    .map((candidate) => ({ candidate, steps: editSteps(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.steps - b.steps)
  return best && best.steps <= Math.max(2, name.length / 3)
    ? `did you mean ${best.candidate}?`
    : `known are ${known.join(', ')}`
}

/** Levenshtein distance. */
const editSteps = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1)
      next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)))
    row = next
  }
  return row[b.length]!
}
