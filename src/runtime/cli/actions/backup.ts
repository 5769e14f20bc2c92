import { open as openFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from '../../../model/fault.ts'
import { errorCode } from '../../../store/faults.ts'
import { openPglite } from '../../../store/pglite.ts'
import { parseConfig } from '../../config.ts'
import { refusePostgres } from '../refuse-postgres.ts'
import type { Cli } from '../cli.ts'

export const backup = async (cli: Cli, file: string): Promise<void> => {
  const { dataFolder, databaseUrl } = parseConfig(cli.environment)
  refusePostgres(databaseUrl, `pg_dump --format=custom --file=${file} "$DATABASE_URL"`)
  const store = await openPglite(join(dataFolder, 'database'))
  try {
    const bytes = new Uint8Array(await (await store.dump()).arrayBuffer())
    await writeWhole(file, bytes)
    cli.terminal.say(
      `The database is in ${file}. Keep ${join(dataFolder, 'secret')} too, apart from it: without that key the tokens in it cannot be opened.`,
    )
  } finally {
    await store.close()
  }
}

/** A backup that was interrupted must not look like one. */
const writeWhole = async (file: string, bytes: Uint8Array): Promise<void> => {
  const draft = `${file}.new`
  try {
    const handle = await openFile(draft, 'w', 0o600)
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(draft, file)
  } catch (cause) {
    await rm(draft, { force: true })
    throw new Fault(
      'misconfigured',
      `cli: ${file} cannot be written (${errorCode(cause) ?? 'unknown'}): choose another place`,
      {
        cause,
      },
    )
  }
}
