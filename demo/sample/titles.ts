import type { Random } from './random.ts'
import type { Theme } from './themes/theme.ts'

/** Hands out titles of a theme, each once in the whole sample. */
export interface TitleMaker {
  work(): string
  bug(): string
}

/**
 * Whole titles and combined ones, mixed: two that follow each other rarely share a thing or a template.
 *
 * @param used titles given so far, by any theme; grows
 */
export const titleMaker = (theme: Theme, random: Random, used: Set<string>): TitleMaker => {
  const work = random.shuffled([...random.shuffled(theme.single), ...combine(theme.things, theme.work, random)])
  const singles = new Set(theme.single)
  // Whole titles come first often enough that all of them are used even in small phases.
  work.sort((a, b) => Number(singles.has(b)) - Number(singles.has(a)))
  const mixed = interleave(work.slice(0, singles.size), work.slice(singles.size))
  const bugs = combine(theme.things, theme.bugs, random)
  const take = (list: string[]): string => {
    for (;;) {
      const title = list.shift()
      if (title === undefined)
        throw new RangeError(
          `a theme has fewer titles than its phase has items: ${theme.things.slice(0, 3).join(', ')}`,
        )
      if (used.has(title)) continue
      used.add(title)
      return title
    }
  }
  return { work: () => take(mixed), bug: () => take(bugs) }
}

const combine = (things: readonly string[], templates: readonly string[], random: Random): string[] =>
  random.shuffled(
    templates.flatMap((template) =>
      things.map((thing) =>
        template.startsWith('{}') ? capital(template.replace('{}', thing)) : template.replace('{}', thing),
      ),
    ),
  )

/** One of `few` after every two of `many`, until either ends. */
const interleave = (few: readonly string[], many: readonly string[]): string[] => {
  const rest = [...few]
  const mixed = many.flatMap((title, index) => (index % 2 === 0 && rest.length > 0 ? [rest.shift()!, title] : [title]))
  return [...mixed, ...rest]
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
