import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Fault } from '../../../model/fault.ts'
import { errorCode } from '../../../store/faults.ts'
import { migrate } from '../../../store/migrate.ts'
import { openPglite } from '../../../store/pglite.ts'
import { readMigrations } from '../../../store/read-migrations.ts'
import { parseConfig } from '../../config.ts'
import { refusePostgres } from '../refuse-postgres.ts'
import type { Cli } from '../cli.ts'
import { isWholeTar } from './is-whole-tar.ts'

export interface Options {
  readonly force: boolean
}

export const restore = async (cli: Cli, file: string, { force }: Options): Promise<void> => {
  const { dataFolder, databaseUrl } = parseConfig(cli.environment)
  refusePostgres(databaseUrl, `pg_restore --clean --if-exists --dbname="$DATABASE_URL" ${file}`)
  const backup = readBackup(file)
  if (!isWholeTar(backup)) throw notWhole(file, null)
  const template = new Blob([backup])
  const folder = join(dataFolder, 'database')
  const isThere = existsSync(folder) && readdirSync(folder).length > 0
  if (isThere && !force)
    throw new Fault('conflict', `cli: there is a database in ${folder} already: add --force to put it aside and go on`)
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  const fresh = join(dataFolder, 'database.restored')
  rmSync(fresh, { recursive: true, force: true })
  await tryOut(fresh, template, file)
  // Whoever holds the present database must not lose it under their hands.
  if (isThere) await (await openPglite(folder)).close()
  const aside = join(dataFolder, `database.before-${cli.now().toISOString().replace(/[:.]/g, '-')}`)
  if (isThere) renameSync(folder, aside)
  else rmSync(folder, { recursive: true, force: true })
  renameSync(fresh, folder)
  cli.terminal.say(`${file} is restored in ${folder}.${isThere ? ` The former database is in ${aside}.` : ''}`)
}

const readBackup = (file: string): Uint8Array<ArrayBuffer> => {
  try {
    return new Uint8Array(readFileSync(file))
  } catch (cause) {
    throw new Fault('notFound', `cli: ${file} cannot be read (${errorCode(cause) ?? 'unknown'}): check its name`, {
      cause,
    })
  }
}

/** A database that opens and can be brought up to date, or nothing at all. */
const tryOut = async (folder: string, template: Blob, file: string): Promise<void> => {
  try {
    const store = await openPglite(folder, { template })
    try {
      await migrate(store.db, readMigrations())
    } finally {
      await store.close()
    }
  } catch (cause) {
    rmSync(folder, { recursive: true, force: true })
    throw notWhole(file, cause)
  }
}

const notWhole = (file: string, cause: unknown): Fault =>
  new Fault('invalid', `cli: ${file} is not a whole backup: take another one; nothing was changed`, { cause })
