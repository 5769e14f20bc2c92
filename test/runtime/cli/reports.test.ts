import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type SampleTrackers, startSampleTrackers } from '../../../demo/run/sample-trackers.ts'
import { explanationSchema } from '../../../src/reports/shapes/explanation.ts'
import { planItemsSchema } from '../../../src/reports/shapes/plan-items.ts'
import { planVarianceSchema } from '../../../src/reports/shapes/plan-variance.ts'
import { portfolioSchema } from '../../../src/reports/shapes/portfolio.ts'
import { type Command, type Home, makeHome } from './cli.ts'

const ANCHOR = '2026-05-15'
const AS_OF = ['--as-of', '2026-04-16']

let home: Home
let trackers: SampleTrackers
let setup: string

beforeAll(async () => {
  home = await makeHome()
  trackers = await startSampleTrackers({ seed: 1, anchor: ANCHOR, played: null, ports: {} })
  setup = join(home.folder, 'sample.yaml')
  writeFileSync(setup, trackers.setup)
})
afterAll(async () => {
  await trackers?.close()
  await home?.close()
})

const freezeAll = async (data: string): Promise<void> => {
  for (const { plan, asOf, name, reason } of trackers.baselines) {
    const args = ['baseline', plan, '--reason', reason, '--name', name, ...(asOf ? ['--as-of', asOf] : [])]
    const outcome = await home.run(args, { PLUMBLINE_DATA: data })
    expect(outcome).toMatchObject({ code: 0, stdout: expect.stringMatching(`Baseline 1 of ${plan} is frozen`) })
  }
}

const reportOf = async (data: string, plan: string) => {
  const outcome = await home.run(['report', plan, ...AS_OF, '--format', 'json'], { PLUMBLINE_DATA: data })
  expect(outcome).toMatchObject({ code: 0, stderr: '' })
  return planVarianceSchema.parse(JSON.parse(outcome.stdout))
}

describe('a portfolio that was applied, read and frozen', () => {
  beforeAll(async () => {
    await home.run(['apply', '-f', setup], trackers.environment)
    const synced = await home.run(['sync'])
    expect(synced).toMatchObject({ code: 0, stdout: '' })
    expect(synced.stderr).toMatch(/5 sources of 5 read: 1,\d\d\d items/)
    await freezeAll(home.data)
  }, 120_000)

  test('reports in JSON as the schema says, and the doctor finds nothing wrong', async () => {
    const report = await reportOf(home.data, 'checkout')
    expect(report).toMatchObject({ plan: 'checkout', asOf: AS_OF[1], baseline: { number: 1 } })
    expect(report.total.earnedValue).toBeGreaterThan(0)
    const outcome = await home.run(['doctor'])
    expect(outcome).toMatchObject({ code: 0, stderr: 'Nothing is wrong.\n' })
    expect(outcome.stdout).toMatch(/✓ connection acme-jira: .* knows us as /)
    expect(outcome.stdout).toMatch(/✓ source web: \d+ items, last read /)
    expect(outcome.stdout).toMatch(/✓ plan checkout: balances equal the ledger/)
    expect(outcome.stdout).toMatch(/✓ audit trail: whole/)
  })

  test('a backup is restored elsewhere with the same numbers, and never over a database unasked', async () => {
    const copy = join(home.folder, 'backup.tar')
    expect(await home.run(['backup', copy])).toMatchObject({ code: 0, stdout: '' })
    const elsewhere = { PLUMBLINE_DATA: join(home.folder, 'elsewhere') }
    expect(await home.run(['restore', copy], elsewhere)).toMatchObject({ code: 0 })
    expect(await reportOf(elsewhere.PLUMBLINE_DATA, 'checkout')).toEqual(await reportOf(home.data, 'checkout'))

    const refused = await home.run(['restore', copy], elsewhere)
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringMatching(/--force/) })
    writeFileSync(join(home.folder, 'half.tar'), readFileSync(copy).subarray(0, 100_000))
    const half = await home.run(['restore', join(home.folder, 'half.tar'), '--force'], elsewhere)
    expect(half).toMatchObject({ code: 1, stderr: expect.stringMatching(/not a whole backup/) })
    const letter = Buffer.alloc(2000, 'x')
    for (const text of [letter, Buffer.concat([readFileSync(copy).subarray(0, 100_000), letter])]) {
      writeFileSync(join(home.folder, 'letter.txt'), text)
      const other = await home.run(['restore', join(home.folder, 'letter.txt'), '--force'], elsewhere)
      expect(other).toMatchObject({ code: 1, stderr: expect.stringMatching(/^.* not a whole backup: .*\n$/) })
    }
    expect(await home.run(['restore', copy, '--force'], elsewhere)).toMatchObject({ code: 0 })
    expect(readdirSync(elsewhere.PLUMBLINE_DATA).some((name) => name.startsWith('database.before-'))).toBe(true)
  }, 120_000)

  test('a PostgreSQL is backed up with its own tool, which is named', async () => {
    const postgres = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }
    const outcome = await home.run(['backup', 'x.dump'], postgres)
    expect(outcome).toMatchObject({ code: 1, stderr: expect.stringMatching(/pg_dump .*"\$DATABASE_URL"/) })
    expect(existsSync(join(home.folder, 'x.dump'))).toBe(false)
  })

  describe('while the service runs on it, commands ask the service', () => {
    let service: Command
    beforeAll(async () => {
      service = home.start(['serve', '--port', '0'])
      await service.seen(/Plumbline is ready/)
    })
    afterAll(async () => {
      service.kill('SIGTERM')
      expect(await service.ended).toMatchObject({ code: 0, stdout: '' })
      expect(existsSync(join(home.data, 'service.json'))).toBe(false)
    })

    test('a table shows every phase, what signs mean, and why a value is not known', async () => {
      const { stdout } = await home.run(['report', 'mobile', ...AS_OF])
      const report = await reportOf(home.data, 'mobile')
      for (const { name } of report.rows) expect(stdout).toContain(name)
      expect(stdout).toMatch(/^Signs: a negative SV/m)
      expect(stdout).toContain('–')
      expect(stdout).toMatch(/^Why some values are not known \(–\)\n- .+ \(.+ of .+\)$/m)
      const lines = stdout.split('\n')
      const rule = lines.findIndex((line) => line.startsWith('───'))
      const widths = lines.slice(rule, rule + report.rows.length + 2).map((line) => line.length)
      expect(new Set(widths).size).toBe(1)
    })

    test('Markdown holds the same phases as table rows', async () => {
      const { stdout } = await home.run(['report', 'checkout', ...AS_OF, '--format', 'md'])
      expect(stdout).toMatch(/^# Checkout relaunch on 16 Apr 2026\n/)
      expect(stdout).toMatch(/^\| Phase \| Status \|/m)
      expect(stdout).toMatch(/^\| Discovery and design \|/m)
    })

    test('comma-separated values have a column for every key of a row, whatever is known', async () => {
      const csv = async (plan: string) =>
        (await home.run(['report', plan, ...AS_OF, '--format', 'csv'])).stdout.split('\r\n')
      const [heading = '', ...lines] = await csv('checkout')
      expect(heading.split(',').slice(0, 5)).toEqual(['id', 'parent', 'level', 'name', 'owner'])
      expect(heading).toContain(',scope.movedOut,')
      expect(heading).toContain(',judged.share,undefinedBecause')
      const report = await reportOf(home.data, 'checkout')
      expect(lines.slice(0, -1).map((line) => line.split(',')[0])).toEqual([
        ...report.rows.map(({ id }) => id),
        'checkout',
      ])
      expect((await csv('mobile'))[0]).toBe(heading)
    })

    test('the portfolio has a line for every plan, by its id or without', async () => {
      const { stdout } = await home.run(['report', '--portfolio', 'acme', ...AS_OF, '--format', 'json'])
      const portfolio = portfolioSchema.parse(JSON.parse(stdout))
      expect(portfolio.plans.map(({ id }) => id).sort()).toEqual(['checkout', 'data-platform', 'mobile'])
      const table = await home.run(['report', '--portfolio', ...AS_OF])
      expect(table).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Mobile app +\w/m) })
    })

    test('a number is explained down to its postings, which sum to it', async () => {
      const { stdout } = await home.run(['explain', 'checkout', 'earnedValue', ...AS_OF, '--format', 'json'])
      const explanation = explanationSchema.parse(JSON.parse(stdout))
      const sum = explanation.postings.reduce((total, { amount }) => total + amount, 0)
      expect(explanation.postings.length).toBeGreaterThan(100)
      expect(sum).toBeCloseTo(explanation.postingsTotal, 4)
      const table = await home.run(['explain', 'checkout', 'earnedValue', '--phase', 'discovery', ...AS_OF])
      expect(table).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Earned value/) })
      const wrong = await home.run(['explain', 'checkout', 'luck'])
      expect(wrong).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/no measure is named luck/i) })
    })

    test('items are listed whole, and by phase', async () => {
      const all = planItemsSchema.parse(
        JSON.parse((await home.run(['items', 'checkout', ...AS_OF, '--format', 'json'])).stdout),
      )
      expect(all.items.length).toBeGreaterThan(300)
      const csv = (await home.run(['items', 'checkout', '--phase', 'discovery', ...AS_OF, '--format', 'csv'])).stdout
      expect(csv).toMatch(/^subject,key,url,title,source,type,phase,state,/)
      expect(csv.trimEnd().split('\r\n').length - 1).toBe(all.items.filter(({ phase }) => phase === 'discovery').length)
      const unmapped = await home.run(['items', 'checkout', '--unmapped'])
      expect(unmapped).toMatchObject({ code: 0, stdout: expect.stringMatching(/that no rule takes/) })
    })

    test('a plan or source that does not exist is named', async () => {
      for (const args of [
        ['report', 'chekout'],
        ['items', 'chekout'],
        ['baseline', 'chekout', '--reason', 'x'],
      ]) {
        const outcome = await home.run(args)
        expect(outcome).toMatchObject({ code: 1, stdout: '' })
        expect(outcome.stderr).toMatch(/^No plan is named chekout: /)
      }
      const source = await home.run(['sync', 'wbe'])
      expect(source).toMatchObject({ code: 1, stderr: expect.stringMatching(/No source is named wbe: .*web/) })
    })

    test('a sync is done there, an apply too, and the doctor says what it cannot see', async () => {
      const synced = await home.run(['sync', 'web', 'core', '--once'])
      expect(synced).toMatchObject({
        code: 0,
        stderr: expect.stringMatching(/2 sources of 2 read: 0 items, 0 with news/),
      })
      const wrong = join(home.folder, 'wrong.yaml')
      writeFileSync(wrong, 'plans:\n  x: { nmae: X, phases: [] }\n')
      const applied = await home.run(['apply', '-f', wrong])
      expect(applied).toMatchObject({ code: 1, stdout: '' })
      expect(applied.stderr).toMatch(/wrong\.yaml:2:8: .*nmae/)
      const doctor = await home.run(['doctor'])
      expect(doctor).toMatchObject({ code: 0, stdout: expect.stringMatching(/! connections, books and audit trail: /) })
    })

    test('what needs the database itself is told who holds it', async () => {
      const outcome = await home.run(['export', '--all'])
      expect(outcome).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/in use: .*pid=\d+/) })
    })
  })

  test('a sync that is killed halfway and run again ends where an uninterrupted one ends', async () => {
    const data = await home.another()
    const here = { PLUMBLINE_DATA: data }
    await home.run(['apply', '-f', setup], { ...trackers.environment, ...here })
    const sync = home.start(['sync'], here)
    await sync.seen(/^app: .* items/m)
    sync.kill('SIGKILL')
    const killed = await sync.ended
    expect(killed.code).toBeNull()
    expect(killed.stderr).not.toMatch(/sources of 5 read/)

    const again = await home.run(['sync'], here)
    expect(again).toMatchObject({ code: 0, stderr: expect.stringMatching(/5 sources of 5 read/) })
    expect(again.stderr).not.toMatch(/: 0 items, 0 with news/)
    await freezeAll(data)
    for (const plan of ['checkout', 'mobile']) {
      const [mended, whole] = [await reportOf(data, plan), await reportOf(home.data, plan)]
      expect({ ...mended, ...volatile }).toEqual({ ...whole, ...volatile })
    }
    expect(await home.run(['doctor'], here)).toMatchObject({ code: 0 })
  }, 120_000)
})

/** When it was learned and frozen, and how often read: not what it says. */
const volatile = { knownAt: '', revision: 0, trust: null, baseline: null }

test('a tracker that does not answer is told, and the exit code says so', async () => {
  const here = { PLUMBLINE_DATA: await home.another() }
  const dead = { ...trackers.environment, JIRA_URL: 'http://127.0.0.1:9' }
  await home.run(['apply', '-f', setup], { ...dead, ...here })
  const outcome = await home.run(['sync', 'app', '--once'], here)
  expect(outcome).toMatchObject({ code: 1, stdout: '' })
  expect(outcome.stderr).toMatch(/^app: jira: .*127\.0\.0\.1:9/m)
  const doctor = await home.run(['doctor'], here)
  expect(doctor).toMatchObject({ code: 1 })
  expect(doctor.stdout).toMatch(/✗ connection acme-jira: /)
  expect(doctor.stdout).toMatch(/✗ source app: /)
})

test('whoever stops reading the output early causes no failure', () => {
  const program = join(import.meta.dirname, '../../../dist/server/cli.js')
  const { status, stderr } = spawnSync('sh', ['-c', `"${process.execPath}" "${program}" --help | head -1`], {
    encoding: 'utf8',
  })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
})
