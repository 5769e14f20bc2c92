import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Home, makeHome } from './cli.ts'

const SETUP = `connections:
  hub: { tracker: github, url: https://api.github.com, token: "\${HUB_TOKEN}" }
sources:
  web: { connection: hub, repository: acme/web }
resources:
  ana: { rate: 95/h, capacity: 6h/d, accounts: ["github:ana-k"] }
plans:
  checkout:
    name: Checkout relaunch
    timezone: Europe/Berlin
    currency: EUR
    unit: points
    phases:
      - { id: build, name: "=Build, \\"all\\"", start: 2026-03-02, finish: 2026-06-26, size: 120, budget: 180000, owner: ana, map: [{ source: web, milestone: v2 }] }
      - { id: launch, name: Launch, start: 2026-06-29, finish: 2026-07-10, after: [{ phase: build }] }
portfolios:
  retail: { name: Retail, plans: [checkout] }
`
const TOKEN = { HUB_TOKEN: 'a token that must not be shown' }

let home: Home
beforeAll(async () => {
  home = await makeHome()
})
afterAll(() => home?.close())

const file = (name: string, text: string): string => {
  const path = join(home.folder, name)
  writeFileSync(path, text)
  return path
}

describe('apply', () => {
  test('shows what it would do and does nothing, then does it, then has nothing to do', async () => {
    const path = file('checkout.yaml', SETUP)
    const dry = await home.run(['apply', '-f', path, '--dry-run'], TOKEN)
    expect(dry).toMatchObject({ code: 0, stderr: expect.stringMatching(/7 changes would be made; nothing was/) })
    expect(dry.stdout).toContain('+ phase checkout/build\n')

    const first = await home.run(['apply', '-f', path], TOKEN)
    expect(first).toMatchObject({ code: 0, stdout: dry.stdout, stderr: '7 changes made.\n' })

    const second = await home.run(['apply', '-f', path], TOKEN)
    expect(second).toEqual({ code: 0, stdout: '', stderr: 'Nothing changes: everything is set up so already.\n' })
    expect(dry.stdout + first.stdout).not.toContain(TOKEN.HUB_TOKEN)
  })

  test('what was exported is applied again as it is, and holds no token', async () => {
    const all = await home.run(['export', '--all'])
    expect(all).toMatchObject({ code: 0, stderr: '' })
    expect(all.stdout).toContain('$' + '{HUB_TOKEN}')
    expect(all.stdout).not.toContain(TOKEN.HUB_TOKEN)
    const again = await home.run(['apply', '-f', file('exported.yaml', all.stdout)], TOKEN)
    expect(again).toEqual({ code: 0, stdout: '', stderr: 'Nothing changes: everything is set up so already.\n' })

    const empty = { PLUMBLINE_DATA: await home.another() }
    await home.run(['apply', '-f', file('exported.yaml', all.stdout)], { ...TOKEN, ...empty })
    expect((await home.run(['export', '--all', '--to', 'yaml'], empty)).stdout).toBe(all.stdout)
  })

  test('one plan is exported alone', async () => {
    const { stdout } = await home.run(['export', 'checkout'])
    expect(stdout).toMatch(/^plans:\n {2}checkout:\n/)
    expect(stdout).not.toContain('connections:')
  })

  test('every mistake is named by file, line and column, and nothing is changed', async () => {
    const wrong = SETUP.replace('unit: points', 'unti: points').replace(
      'source: web, milestone',
      'source: wbe, milestone',
    )
    const outcome = await home.run(['apply', '-f', file('wrong.yaml', wrong)], TOKEN)
    expect(outcome).toMatchObject({ code: 1, stdout: '' })
    expect(outcome.stderr).toMatch(/wrong\.yaml:12:5: .*unti.*unit/)
    expect(outcome.stderr).toMatch(/wrong\.yaml:14:\d+: .*wbe.*web/)
    expect(outcome.stderr.match(/wrong\.yaml:/g)).toHaveLength(2)
    expect(outcome.stderr).not.toMatch(/\n\s+at /)
    expect((await home.run(['apply', '-f', file('checkout.yaml', SETUP)], TOKEN)).stderr).toMatch(/^Nothing changes/)
  })

  test('a removal needs a yes, and without anybody to ask nothing is changed', async () => {
    const less = file('less.yaml', SETUP.replace(/ {6}- \{ id: launch.*\n/, ''))
    const asked = await home.run(['apply', '-f', less], TOKEN)
    expect(asked).toMatchObject({ code: 1, stdout: '' })
    expect(asked.stderr).toMatch(/--yes/)
    expect(asked.stderr).toMatch(/- phase checkout\/launch/)
    const agreed = await home.run(['apply', '-f', less, '--yes'], TOKEN)
    expect(agreed).toMatchObject({ code: 0, stdout: '- phase checkout/launch\n' })
    const back = await home.run(['apply', '-f', file('checkout.yaml', SETUP)], TOKEN)
    expect(back).toMatchObject({ code: 0, stdout: '+ phase checkout/launch\n' })
  })

  test('a file that is not there, and a token that is not set, are named', async () => {
    const missing = await home.run(['apply', '-f', 'nowhere.yaml'])
    expect(missing).toMatchObject({ code: 1, stdout: '' })
    expect(missing.stderr).toMatch(/nowhere\.yaml cannot be read/)
    const unset = await home.run(['apply', '-f', file('checkout.yaml', SETUP)])
    expect(unset.stderr).toMatch(/checkout\.yaml:2:\d+: .*HUB_TOKEN/)
  })
})

describe('wrong usage', () => {
  test.each([
    { args: ['reprot'], says: /unknown command 'reprot'\n?.*report/s },
    { args: ['report', 'checkout', '--as-of', '30.6.2026'], says: /YYYY-MM-DD/ },
    { args: ['report', 'checkout', '--format', 'pdf'], says: /table, json, csv, md/ },
    { args: ['baseline', 'checkout'], says: /--reason/ },
    { args: ['apply'], says: /--file/ },
  ])('$args exits 2 and says what is right', async ({ args, says }) => {
    const outcome = await home.run(args)
    expect(outcome).toMatchObject({ code: 2, stdout: '' })
    expect(outcome.stderr).toMatch(says)
  })

  test('the version is that of package.json', async () => {
    const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8'))
    expect(await home.run(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
  })

  test('help lists the commands that exist, on stdout', async () => {
    const { code, stdout } = await home.run(['--help'])
    expect(code).toBe(0)
    for (const name of ['serve', 'demo', 'apply', 'sync', 'baseline', 'report', 'explain', 'items', 'export', 'doctor'])
      expect(stdout).toMatch(new RegExp(`^ {2}${name} `, 'm'))
    expect(stdout).not.toMatch(/^ {2}(bridge|forecast|import|token) /m)
  })

  test('wrong settings are all named at once', async () => {
    const outcome = await home.run(['export', '--all'], { PORT: 'many', PLUMBLINE_SECRET: 'short' })
    expect(outcome.code).toBe(1)
    expect(outcome.stderr).toMatch(/PORT: .*\n?.*PLUMBLINE_SECRET: /s)
    expect(outcome.stderr).not.toContain('short')
  })
})
