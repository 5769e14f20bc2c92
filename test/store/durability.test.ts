import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { compareBalances } from '../../src/store/balances.ts'
import { type Store, firstRow } from '../../src/store/database.ts'
import { openPglite } from '../../src/store/pglite.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { createEmptyDatabase } from '../support/databases.ts'
import { type RealPostgres, startPostgres } from '../support/real-postgres.ts'

const writer = join(import.meta.dirname, 'ledger-writer.ts')
const running = new Set<ChildProcess>()
afterAll(() => {
  for (const child of running) child.kill('SIGKILL')
})

/** Starts a writer, lets it have `enough` revisions acknowledged, ends it in the midst of its work by `kill`. */
const writeUntil = async (place: string, enough: number, kill: (child: ChildProcess) => unknown): Promise<number> => {
  const options = ['--experimental-strip-types', '--no-warnings']
  const child = spawn(process.execPath, [...options, writer, place, inject('pgliteTemplate')])
  running.add(child)
  let told = ''
  let complaint = ''
  let acknowledged = 0
  const first: { revision: number | null } = { revision: null }
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString()
  })
  const done = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      told += chunk.toString()
      const lines = told.split('\n')
      acknowledged = Number(lines.at(-2) ?? 0)
      first.revision ??= Number(lines[0])
      if (acknowledged - first.revision >= enough) resolve()
    })
    child.once('exit', () => resolve())
  })
  await done
  const ended = new Promise<void>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve()
    else child.once('close', () => resolve())
  })
  await kill(child)
  if (child.exitCode === null) child.kill('SIGKILL')
  await ended
  running.delete(child)
  expect(acknowledged, complaint).toBeGreaterThanOrEqual(enough)
  return acknowledged
}

/** What was acknowledged is there, nothing is half there, and the sums are the sums of the lines. */
const expectWhole = async (store: Store, acknowledged: number): Promise<void> => {
  const counts = await firstRow<{ head: number; revisions: number; lines: number; size: number }>(
    store.db,
    sql`select (select revision from plan_heads) as head, (select count(*) from revisions) as revisions,
          (select count(*) from postings) as lines, (select sum(size_micro)::bigint from balances) as size`,
  )
  expect(counts!.head).toBeGreaterThanOrEqual(acknowledged)
  expect(counts).toEqual({
    head: counts!.head,
    revisions: counts!.head,
    lines: 2 * counts!.head,
    size: 2_000_000 * counts!.head,
  })
  expect(await compareBalances(store.db, 1)).toEqual([])
}

/** Different moments each run: the moment is what this is about. */
const some = () => 5 + Math.floor(Math.random() * 40)
const rounds = [1, 2, 3]

test('the embedded database keeps what was acknowledged when its process is killed', { timeout: 120_000 }, async () => {
  const root = mkdtempSync(join(tmpdir(), 'plumbline-durability-'))
  const folder = join(root, 'database')
  for (const _ of rounds) {
    const acknowledged = await writeUntil(folder, some(), (child) => child.kill('SIGKILL'))
    const store = await openPglite(folder)
    await expectWhole(store, acknowledged)
    await store.close()
  }
  rmSync(root, { recursive: true })
})

test('PostgreSQL keeps what was acknowledged when the writing process is killed', { timeout: 120_000 }, async () => {
  const { url, drop } = await createEmptyDatabase()
  const store = await openPostgres(url)
  for (const _ of rounds) {
    const acknowledged = await writeUntil(url, some(), (child) => child.kill('SIGKILL'))
    await expectWhole(store, acknowledged)
  }
  await store.close()
  await drop()
})

describe('PostgreSQL itself', () => {
  let server: RealPostgres
  beforeAll(async () => {
    server = await startPostgres({ durable: true })
  })
  afterAll(() => server.stop())

  test('keeps what was acknowledged when it is killed', { timeout: 120_000 }, async () => {
    for (const _ of rounds) {
      const acknowledged = await writeUntil(server.url, some(), () => server.crash())
      const store = await openPostgres(server.url)
      await expectWhole(store, acknowledged)
      await store.close()
    }
  })

  test('a connection that is lost while idle does not end the process, and the next question is answered', async () => {
    const store = await openPostgres(server.url)
    await server.crash()
    const answer = async (): Promise<unknown> => {
      for (let attempt = 0; attempt < 5; attempt += 1)
        try {
          return (await firstRow<{ one: number }>(store.db, sql`select 1 as one`))?.one
        } catch (error) {
          expect(error).toMatchObject({ name: 'Fault', kind: 'unavailable' })
        }
      return null
    }
    expect(await answer()).toBe(1)
    await store.close()
  })
})
