import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sealWith } from '../../access/seal.ts'
import type { ApplyTools } from '../../plan/apply-setup.ts'
import type { Store } from '../../store/database.ts'
import { migrate } from '../../store/migrate.ts'
import { openPglite } from '../../store/pglite.ts'
import { openPostgres } from '../../store/postgres.ts'
import { readMigrations } from '../../store/read-migrations.ts'
import type { Cli } from './cli.ts'

export interface Opened {
  readonly store: Store
  readonly seal: ApplyTools['seal']
  readonly openSecrets: ApplyTools['openSecrets']
  readonly config: { readonly pollSeconds: number; readonly dataFolder: string; readonly databaseUrl: string | null }
  close(): Promise<void>
}

export const open = async ({ environment }: Cli): Promise<Opened> => {
  const dataFolder = environment.PLUMBLINE_DATA ?? '.plumbline'
  const databaseUrl = environment.DATABASE_URL ?? null
  mkdirSync(dataFolder, { recursive: true })
  const store = databaseUrl === null ? await openPglite(join(dataFolder, 'database')) : await openPostgres(databaseUrl)
  await migrate(store.db, readMigrations())
  const keyFile = join(dataFolder, 'secret.key')
  if (!existsSync(keyFile)) writeFileSync(keyFile, crypto.randomUUID() + crypto.randomUUID(), { mode: 0o600 })
  const seal = await sealWith(environment.PLUMBLINE_SECRET ?? readFileSync(keyFile, 'utf8'))
  return {
    store,
    seal: seal.seal,
    openSecrets: seal.open,
    config: { pollSeconds: 300, dataFolder, databaseUrl },
    close: () => store.close(),
  }
}
