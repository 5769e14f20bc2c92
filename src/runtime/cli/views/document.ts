import { markdownTable, markdownText } from '../../../files/markdown-table.ts'
import { plainTable } from '../../../files/plain-table.ts'
import type { Table } from '../../../files/table.ts'

/** What a report says on paper: tables with their titles, and sentences. */
export interface TextDocument {
  readonly title: string
  /** What it is about, in one line each. */
  readonly facts: readonly string[]
  readonly sections: readonly { readonly title: string; readonly table: Table }[]
  readonly notes: readonly { readonly title: string; readonly lines: readonly string[] }[]
}

export const plainDocument = ({ title, facts, sections, notes }: TextDocument): string =>
  [
    [title, ...facts].map((line) => `${line}\n`).join(''),
    ...sections.map((section) => `${section.title}\n${plainTable(section.table)}`),
    ...notes.filter(({ lines }) => lines.length > 0).map((note) => `${note.title}\n${bullets(note.lines)}`),
  ].join('\n')

export const markdownDocument = ({ title, facts, sections, notes }: TextDocument): string =>
  [
    `# ${markdownText(title)}\n`,
    `${facts.map((fact) => `${markdownText(fact)}  \n`).join('')}`,
    ...sections.map((section) => `## ${markdownText(section.title)}\n\n${markdownTable(section.table)}`),
    ...notes
      .filter(({ lines }) => lines.length > 0)
      .map((note) => `## ${markdownText(note.title)}\n\n${bullets(note.lines.map(markdownText))}`),
  ].join('\n')

const bullets = (lines: readonly string[]): string => lines.map((line) => `- ${line}\n`).join('')
