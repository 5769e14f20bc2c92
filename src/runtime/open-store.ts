import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Seal, sealWith } from '../access/seal.ts'
import { Fault } from '../model/fault.ts'
import type { Store } from '../store/database.ts'
import { errorCode } from '../store/faults.ts'
import { migrate } from '../store/migrate.ts'
import { openPglite } from '../store/pglite.ts'
import { openPostgres } from '../store/postgres.ts'
import { readMigrations } from '../store/read-migrations.ts'
import { releaseClaims } from '../store/release-claims.ts'
import type { Config } from './config.ts'

export interface OpenedStore {
  readonly store: Store
  readonly seal: Seal
  /** In words, without secrets. */
  readonly place: string
}

/**
 * Opens the database that the configuration names, brings it up to date, and takes the key that seals tokens.
 *
 * @throws Fault with one sentence that says what to do: no database, a folder in use or not writable, a wrong password
 */
export const openStore = async (
  config: Pick<Config, 'databaseUrl' | 'dataFolder' | 'secret'>,
): Promise<OpenedStore> => {
  const folder = resolve(config.dataFolder)
  const { databaseUrl } = config
  const store = databaseUrl === null ? await openPglite(join(folder, 'database')) : await openPostgres(databaseUrl)
  try {
    await migrate(store.db, readMigrations())
    // Nobody else can hold the embedded database: what is still claimed was claimed by a process that is gone.
    if (store.kind === 'pglite') await releaseClaims(store.db)
    const seal = await sealWith(config.secret ?? keyIn(folder))
    return { store, seal, place: databaseUrl === null ? `embedded database in ${folder}` : 'PostgreSQL' }
  } catch (error) {
    await store.close()
    throw error
  }
}

/** The key in the data folder; made once, readable by its owner alone. */
const keyIn = (folder: string): string => {
  const file = join(folder, 'secret')
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    try {
      writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { flag: 'wx', mode: 0o600 })
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error
    }
    return readFileSync(file, 'utf8').trim()
  } catch (cause) {
    throw new Fault(
      'misconfigured',
      `runtime: the key that seals tokens cannot be kept: file=${file} reason=${errorCode(cause) ?? 'unknown'}: make the folder writable, or set PLUMBLINE_SECRET`,
      { cause },
    )
  }
}
