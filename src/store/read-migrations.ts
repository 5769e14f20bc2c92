import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Fault } from '../model/fault.ts'
import type { Migration } from './migrate.ts'

/**
 * Reads the numbered files of `drizzle/`, which stands in the package's root: found from the sources as well as from
 * a bundle in `dist/`.
 */
export const readMigrations = (folder: string = migrationsFolder()): readonly Migration[] =>
  readdirSync(folder)
    .filter((name) => /^\d{4}_.+\.sql$/.test(name))
    .sort()
    .map((name) => ({ name: name.slice(0, -'.sql'.length), sql: readFileSync(join(folder, name), 'utf8') }))

const migrationsFolder = (): string => {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const found = join(folder, 'drizzle')
    if (existsSync(join(found, '0000_tables.sql'))) return found
    if (dirname(folder) === folder)
      throw new Fault(
        'misconfigured',
        'store: the folder drizzle/ is missing beside package.json: install the package again',
      )
  }
}
