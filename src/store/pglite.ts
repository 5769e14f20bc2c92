import { chmodSync, mkdirSync, readdirSync, rmSync, statfsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import { Fault } from '../model/fault.ts'
import type { Store } from './database.ts'
import { diskFull, errorCode, storeFault } from './faults.ts'
import { lockFolder } from './folder-lock.ts'
import * as schema from './schema.ts'

/** The embedded database, which can be copied as it stands. */
export interface EmbeddedStore extends Store {
  /** A tar of the data folder: a backup, or a template to open others from. */
  dump(): Promise<Blob>
}

/**
 * Opens the embedded database in a folder that this process then holds alone, until `close()`.
 *
 * @param folder   made when missing; `null` = in memory only
 * @param template a dump (`dump`) to begin with when the folder is empty: saves the 5 s of a first start
 * @throws Fault `conflict` when another process holds the folder; `misconfigured` when it cannot be used
 */
export const openPglite = async (
  folder: string | null,
  { template }: { readonly template?: Blob | undefined } = {},
): Promise<EmbeddedStore> => {
  const { pg, release } = await open(folder, template)
  const db = drizzle(pg, { schema, casing: 'snake_case' })
  let closing: Promise<void> | null = null
  return {
    db,
    kind: 'pglite',
    notify: async (channel, payload) => {
      await pg.query('select pg_notify($1, $2)', [channel, payload])
    },
    listen: (channel, heard) => pg.listen(channel, heard),
    maintain: async () => {
      await pg.exec('vacuum (analyze)')
      await pg.exec('checkpoint')
    },
    dump: () => pg.dumpDataDir('none'),
    close: () => {
      closing ??= pg.close().finally(release)
      return closing
    },
  }
}

const open = async (
  folder: string | null,
  template: Blob | undefined,
): Promise<{ pg: PGlite; release: () => void }> => {
  if (folder === null) return { pg: await start(undefined, template), release: () => {} }
  const path = resolve(folder)
  let release = () => {}
  try {
    mkdirSync(dirname(path), { recursive: true, mode: OWNER_ALONE })
    release = lockFolder(path)
    mkdirSync(path, { recursive: true, mode: OWNER_ALONE })
    closeToOthers(path)
    return { pg: await startIn(path, template), release }
  } catch (error) {
    release()
    throw error instanceof Fault ? error : folderFault(path, error)
  }
}

const OWNER_ALONE = 0o700

/** PGlite lets everybody write its files, whatever the umask: the folder has to keep others out, an older one too. */
const closeToOthers = (path: string): void => {
  try {
    chmodSync(path, OWNER_ALONE)
  } catch (error) {
    // Another's folder that we may write, or a file system without rights: whoever made it decided so.
    if (errorCode(error) !== 'EPERM' && errorCode(error) !== 'ENOTSUP') throw error
  }
}

/** A first start that fails leaves the folder empty, so that the next one is a first start again. */
const startIn = async (path: string, template: Blob | undefined): Promise<PGlite> => {
  const isFirst = readdirSync(path).length === 0
  try {
    return await start(path, isFirst ? template : undefined)
  } catch (error) {
    const fault = folderFault(path, error)
    if (isFirst) for (const name of readdirSync(path)) rmSync(join(path, name), { recursive: true, force: true })
    throw fault
  }
}

const start = async (dataDir: string | undefined, loadDataDir: Blob | undefined): Promise<PGlite> => {
  const pg = await PGlite.create({ ...(dataDir && { dataDir }), ...(loadDataDir && { loadDataDir }) })
  await pg.exec("set time zone 'UTC'")
  return pg
}

const NEEDED_BYTES = 100_000_000

const folderFault = (path: string, cause: unknown): Fault => {
  const full = storeFault(cause) ?? (freeBytes(path) < NEEDED_BYTES ? diskFull(cause) : null)
  if (full) return full
  const why = errorCode(cause) ?? (cause instanceof Error ? cause.message : 'unknown')
  return new Fault(
    'misconfigured',
    `store: the data folder cannot be used: folder=${path} reason=${why}: make it writable, or choose another in PLUMBLINE_DATA`,
    { cause },
  )
}

const freeBytes = (path: string): number => {
  try {
    const { bavail, bsize } = statfsSync(path)
    return bavail * bsize
  } catch {
    return Number.POSITIVE_INFINITY
  }
}
