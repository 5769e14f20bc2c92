import { addDays, dayNumber } from '../../src/model/time.ts'

/** Round numbers from 0 to at least `most`, about `wanted` of them. */
export const niceTicks = (most: number, wanted = 5): readonly number[] => {
  if (!(most > 0)) return [0, 1]
  const rough = most / wanted
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough) ?? 10 * power
  const ticks = [0]
  while (ticks.at(-1)! < most) ticks.push(Math.round((ticks.at(-1)! + step) / power / 0.5) * 0.5 * power)
  return ticks
}

/** The first days of months within a range, thinned evenly to at most `most`. */
export const monthStarts = (from: string, to: string, most: number): readonly string[] => {
  const starts: string[] = []
  for (let year = Number(from.slice(0, 4)), month = Number(from.slice(5, 7)); starts.length < 1200; month += 1) {
    if (month > 12) {
      month = 1
      year += 1
    }
    const start = `${year}-${String(month).padStart(2, '0')}-01`
    if (start > to) break
    if (start >= from) starts.push(start)
  }
  const every = Math.ceil(starts.length / most)
  return starts.filter((_, position) => position % every === 0)
}

/** Places dates on a line of a given length. */
export const dateScale = (from: string, to: string, length: number): ((isoDate: string) => number) => {
  const start = dayNumber(from)
  const span = Math.max(1, dayNumber(to) - start)
  return (isoDate) => Math.round(((dayNumber(isoDate) - start) / span) * length * 10) / 10
}

/** Bars end with the day, not at its beginning. */
export const endOf = (isoDate: string): string => addDays(isoDate, 1)
