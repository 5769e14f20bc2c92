import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { portfolioSchema } from '../../../src/reports/shapes/portfolio.ts'
import { type Command, type Home, makeHome } from './cli.ts'

/** Starting takes some seconds on an idle machine; a busy one may need many. */
const LONG = 120_000

let home: Home
let data: { readonly PLUMBLINE_DATA: string }

beforeAll(async () => {
  home = await makeHome()
  data = { PLUMBLINE_DATA: join(home.folder, 'demo') }
})
afterAll(() => home?.close())

const RECORDED = resolve(import.meta.dirname, '../../../../shared/real')

const addressOf = async (demo: Command): Promise<string> => (await demo.seen(/^(http:\/\/localhost:\d+)\/$/m))[1]!

const portfolioAt = async (address: string) =>
  portfolioSchema.parse(await (await fetch(`${address}/api/v1/portfolio`)).json())

const stateOf = (folder: string) => JSON.parse(readFileSync(join(folder, 'demo.json'), 'utf8'))

test(
  'runs from nothing to a page with numbers, is interrupted, goes on, ends its weeks, and starts over when asked',
  async () => {
    const first = home.start(['demo', '--port', '0', '--speed', '1'], data)
    const address = await addressOf(first)
    const page = await fetch(`${address}/`)
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('Checkout relaunch')
    const before = await portfolioAt(address)
    expect(before.plans).toHaveLength(3)
    for (const { earnedValue, plannedValue, baseline } of before.plans)
      expect([earnedValue! > 0, plannedValue! > 0, baseline]).toEqual([true, true, 1])

    await first.seen(/It is (\S+)\.\n(?:.*\n)*It is (?!\1)\S+\.\n/)
    first.kill('SIGINT')
    expect(await first.ended).toMatchObject({ code: 0, stdout: `${address}/\n` })
    const halfway = stateOf(data.PLUMBLINE_DATA)
    expect(halfway.played).toBeGreaterThan(3_000)

    const second = home.start(['demo', '--port', '0', '--speed', '0'], data)
    const later = await addressOf(second)
    await second.seen(/the four weeks have passed/)
    const after = await portfolioAt(later)
    expect(after.asOf).toBe(halfway.anchor)
    expect(after.asOf > before.asOf).toBe(true)
    for (const [index, plan] of after.plans.entries())
      expect(plan.earnedValue!).toBeGreaterThan(before.plans[index]!.earnedValue!)
    const { ports, played } = stateOf(data.PLUMBLINE_DATA)
    expect(ports).toEqual(halfway.ports)
    expect(played).toBeGreaterThan(halfway.played)

    const twice = await home.run(['demo'], data)
    expect(twice).toMatchObject({ code: 1, stderr: expect.stringContaining(`The demo runs already: open ${later}`) })
    second.kill('SIGINT')
    const ended = await second.ended
    expect(ended).toMatchObject({ code: 0 })
    expect(ended.stderr).toMatch(/^Going on with the demo/)

    const fresh = home.start(['demo', '--fresh', '--port', '0', '--speed', '600'], data)
    const again = await portfolioAt(await addressOf(fresh))
    expect(again.plans.map(({ budgetAtCompletion }) => budgetAtCompletion)).toEqual(
      before.plans.map(({ budgetAtCompletion }) => budgetAtCompletion),
    )
    fresh.kill('SIGTERM')
    expect(await fresh.ended).toMatchObject({ code: 0 })
  },
  2 * LONG,
)

test(
  'interrupted while it prepares, it ends well, and the next run mends it',
  async () => {
    const here = { PLUMBLINE_DATA: join(home.folder, 'interrupted') }
    const first = home.start(['demo', '--port', '0'], here)
    await first.seen(/^app: .* items/m)
    first.kill('SIGINT')
    const stopped = await first.ended
    expect(stopped).toMatchObject({ code: 0, stdout: '' })
    expect(stopped.stderr).toMatch(/Stopped halfway; the next run goes on from here\.\n$/)

    const second = home.start(['demo', '--port', '0', '--speed', '600'], here)
    const { plans } = await portfolioAt(await addressOf(second))
    expect(plans.map(({ baseline }) => baseline)).toEqual([1, 1, 1])
    second.kill('SIGKILL')
    await second.ended
  },
  LONG,
)

test("nothing is touched in a folder that is not a demo's", async () => {
  const folder = join(home.folder, 'precious')
  mkdirSync(folder)
  writeFileSync(join(folder, 'thesis.txt'), 'years of work')
  const outcome = await home.run(['demo', '--fresh'], { PLUMBLINE_DATA: folder })
  expect(outcome).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/is left alone.*PLUMBLINE_DATA/) })
  expect(readFileSync(join(folder, 'thesis.txt'), 'utf8')).toBe('years of work')
  expect(existsSync(join(folder, 'demo.json'))).toBe(false)
})

test('a port that was asked for and is taken is an error', async () => {
  const taken = createServer()
  const port = await new Promise<number>((resolve) => {
    taken.listen(0, '127.0.0.1', () => resolve((taken.address() as { port: number }).port))
  })
  const outcome = await home.run(['demo', '--port', String(port)], { PLUMBLINE_DATA: join(home.folder, 'taken') })
  taken.close()
  expect(outcome).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(`ort ${port} is in use`) })
})

test('a folder without recordings is named, with what is looked for in it', async () => {
  const here = { PLUMBLINE_DATA: join(home.folder, 'unreal') }
  const outcome = await home.run(['demo', '--real', home.folder, '--port', '0'], here)
  expect(outcome).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/holds no recorded tracker data/),
  })
  expect(existsSync(here.PLUMBLINE_DATA)).toBe(false)
})

if (existsSync(join(RECORDED, 'github')))
  test(
    'recorded trackers are shown on the day on which their work was in full swing',
    async () => {
      const here = { PLUMBLINE_DATA: join(home.folder, 'real') }
      const demo = home.start(['demo', '--real', RECORDED, '--port', '0'], here)
      const { plans, asOf } = await portfolioAt(await addressOf(demo))
      expect(asOf).toBe('2014-11-28')
      for (const { baseline, percentComplete } of plans) {
        expect(baseline).toBe(1)
        expect(percentComplete).toBeGreaterThan(0)
      }
      demo.kill('SIGINT')
      expect(await demo.ended).toMatchObject({ code: 0 })
    },
    LONG,
  )
else process.stdout.write('left out: the demo of recorded trackers (none beside the checkout)\n')
