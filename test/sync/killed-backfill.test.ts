import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { closeIssue } from '../../demo/stand-ins/github/mutations.ts'
import { type StandInGitHub, startGitHub } from '../../demo/stand-ins/github/server.ts'
import { planVariance } from '../../src/reports/plan-variance.ts'
import { compareBalances } from '../../src/store/balances.ts'
import type { Store } from '../../src/store/database.ts'
import { migrate } from '../../src/store/migrate.ts'
import { openPglite } from '../../src/store/pglite.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { readMigrations } from '../../src/store/read-migrations.ts'
import { findSource } from '../../src/store/sources.ts'
import { runDue } from '../../src/sync/run-due.ts'
import { BUILD, LAUNCH, plan } from '../ledger/build.ts'
import { newPlan } from '../settle/books.ts'
import { createEmptyDatabase, openTestStore, pgliteTemplate } from '../support/databases.ts'
import { TOKEN, connect, heldItems, repository, toolsFor } from './world.ts'

const ISSUES = 1_250
const NOW = '2026-06-01T12:00:00.000Z'
const program = join(import.meta.dirname, 'backfiller.ts')

/** Sees every call of the child, and kills it in the midst of things at the one it is told. */
let answered: () => void = () => {}
let github: StandInGitHub

const document = plan([BUILD, LAUNCH])

const setUp = async (store: Store): Promise<void> => {
  await connect(store, github.url)
  await newPlan(store, document)
}

/** What must be the same however it was read: items and facts field by field, the report of the plan. */
const result = async (store: Store) => {
  const report = await planVariance(store, { plan: 'checkout', asOf: '2026-06-01', now: new Date(NOW) })
  expect(await compareBalances(store.db, 1)).toEqual([])
  return { items: await heldItems(store), rows: report.rows, total: report.total, unmapped: report.unmapped }
}

let expected: Awaited<ReturnType<typeof result>>
beforeAll(async () => {
  const state = repository(ISSUES)
  for (let number = 3; number <= ISSUES; number += 3)
    closeIssue(state, number, { at: '2026-05-20T12:00:00Z', by: 'ana' })
  github = await startGitHub({
    state,
    token: TOKEN,
    now: () => new Date(NOW),
    quota: 50_000,
    onExchange: () => answered(),
  })
  const store = await openTestStore('postgres')
  await setUp(store)
  await runDue(toolsFor(store, () => new Date(NOW)))
  expected = await result(store)
  await store.close()
})
afterAll(() => github.close())

/** Starts a reader and kills it right after the nth answer of the tracker. @returns whether it was killed */
const readUntil = (place: string, now: string, calls: number): Promise<boolean> => {
  const options = ['--experimental-strip-types', '--no-warnings']
  const child = spawn(process.execPath, [...options, program, place, inject('pgliteTemplate'), now])
  let complaint = ''
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString()
  })
  let left = calls
  answered = () => {
    left -= 1
    // Not at once: what the answer sets off is under way when the process dies.
    if (left === 0) setImmediate(() => child.kill('SIGKILL'))
  }
  return new Promise((resolve, reject) => {
    child.once('close', (code, signal) => {
      answered = () => {}
      if (signal === 'SIGKILL') resolve(true)
      else if (code === 0) resolve(false)
      else reject(new Error(complaint))
    })
  })
}

/** Different moments each run: the moment is what this is about. A whole reading takes about 44 calls. */
const some = () => 6 + Math.floor(Math.random() * 36)

const killAndResume = async (place: string): Promise<number> => {
  let kills = 0
  // An hour passes between attempts, so that what the dead process had leased is free again.
  for (const hour of [12, 13, 14, 15]) if (await readUntil(place, `2026-06-01T${hour}:00:00.000Z`, some())) kills += 1
  await readUntil(place, '2026-06-02T12:00:00.000Z', Number.POSITIVE_INFINITY)
  return kills
}

const expectWhole = async (store: Store): Promise<void> => {
  const source = await findSource(store.db, 'web')
  expect(source).toMatchObject({ lastError: null, leasedBy: null })
  expect(source!.backfilledAt).not.toBeNull()
  const found = await result(store)
  expect(Object.keys(found.items)).toHaveLength(ISSUES)
  expect(found).toEqual(expected)
}

describe('a first reading that is killed again and again ends as one that was not', () => {
  test('on the embedded database', { timeout: 180_000 }, async () => {
    const root = mkdtempSync(join(tmpdir(), 'plumbline-backfill-'))
    const folder = join(root, 'database')
    const store = await openPglite(folder, { template: pgliteTemplate() })
    await setUp(store)
    await store.close()
    expect(await killAndResume(folder)).toBeGreaterThan(0)
    const again = await openPglite(folder)
    await expectWhole(again)
    await again.close()
    rmSync(root, { recursive: true })
  })

  test('on PostgreSQL', { timeout: 180_000 }, async () => {
    const { url, drop } = await createEmptyDatabase()
    const store = await openPostgres(url)
    await migrate(store.db, readMigrations())
    await setUp(store)
    expect(await killAndResume(url)).toBeGreaterThan(0)
    await expectWhole(store)
    await store.close()
    await drop()
  })
})
