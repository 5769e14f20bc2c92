/** A row of a table of fields in a page: its name and its cells after that. */
export interface DocumentedField {
  readonly name: string
  readonly cells: readonly string[]
}

/**
 * The tables of fields in a page: `<!-- fields: plans.*.phases -->` stands before each, the first cell of a row names
 * fields as code, one or several.
 *
 * @returns path → its fields, in written order
 */
export const documentedFields = (page: string): ReadonlyMap<string, readonly DocumentedField[]> => {
  const tables = new Map<string, readonly DocumentedField[]>()
  const parts = page.split(/<!-- fields: (\S+) -->/)
  for (let index = 1; index < parts.length; index += 2) {
    const lines = parts[index + 1]!.trimStart().split('\n')
    const end = lines.findIndex((line) => !line.startsWith('|'))
    const rows = lines.slice(2, end === -1 ? lines.length : end).flatMap(fieldsOfRow)
    tables.set(parts[index]!, rows)
  }
  return tables
}

const fieldsOfRow = (line: string): readonly DocumentedField[] => {
  const [first = '', ...cells] = line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim().replaceAll('\\|', '|'))
  return [...first.matchAll(/`([^`]+)`/g)].map(([, name]) => ({ name: name!, cells }))
}
