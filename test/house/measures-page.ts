import type { CatalogueEntry } from '../../src/measures/catalogue-entry.ts'
import { REASONS, type Reason } from '../../src/model/reason.ts'
import { ownReasons } from './own-reasons.ts'

/** Groups of the catalogue as the page shows them; what no other group takes is in the first. */
const GROUPS: readonly { readonly title: string; readonly holds: (entry: CatalogueEntry) => boolean }[] = [
  { title: 'Scope and items', holds: ({ id }) => /^(scope|items)\.|^percentComplete$/.test(id) },
  { title: 'Time', holds: ({ unit, id }) => /working days|date|text/.test(unit) || id === 'timePerformanceIndex' },
  { title: 'Value and cost', holds: () => true },
]

const GOOD: Readonly<Record<CatalogueEntry['good'], string>> = {
  higher: 'more',
  lower: 'less',
  'near-one': 'near 1',
  none: '–',
}

/** The part of docs/numbers.md that is made from the catalogue of measures and the list of reasons. */
export const measuresPart = (catalogue: readonly CatalogueEntry[]): string => {
  const left = new Set(catalogue)
  const tables = GROUPS.map(({ title, holds }) => {
    const held = [...left].filter(holds)
    for (const entry of held) left.delete(entry)
    return `### ${title}\n\n${table(held)}`
  })
  return [...tables.toReversed(), `### Why a number is “–”\n\n${reasonsTable()}`].join('\n\n')
}

/** The page with its generated part renewed. */
export const renewedPage = (page: string, catalogue: readonly CatalogueEntry[]): string => {
  const [before, rest, ...more] = page.split(START)
  const [, after] = rest?.split(END) ?? []
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error(`docs/numbers.md needs ${START} and ${END} once each`)
  return `${before}${START}\n\n${measuresPart(catalogue)}\n\n${END}${after}`
}

const START = '<!-- made from the catalogue of measures: update with -u -->'
const END = '<!-- end of what is made -->'

const table = (entries: readonly CatalogueEntry[]): string =>
  [
    '| measure | key | what it says | formula | unit | good | “–” by itself | source |',
    '|---|---|---|---|---|---|---|---|',
    ...entries.map((entry) =>
      row([
        `**${entry.name}**${entry.symbol === entry.name.toLowerCase() ? '' : ` (${entry.symbol})`}`,
        `\`${entry.id}\``,
        entry.words,
        entry.formula,
        entry.unit,
        GOOD[entry.good],
        ownReasons(entry.id)
          .map((reason) => `\`${reason}\``)
          .join(', ') || 'never',
        entry.source,
      ]),
    ),
  ].join('\n')

const reasonsTable = (): string =>
  [
    '| code | what people read |',
    '|---|---|',
    ...Object.entries(REASONS).map(([code, sentence]) => row([`\`${code satisfies string as Reason}\``, sentence])),
  ].join('\n')

const row = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`
