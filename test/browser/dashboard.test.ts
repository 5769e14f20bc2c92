import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { freezeBaseline } from '../../src/plan/freeze-baseline.ts'
import type { Service } from '../../src/runtime/serve.ts'
import { runDue } from '../../src/sync/run-due.ts'
import { launchBrowser } from '../support/browser.ts'
import { type TestStore, openTestStore } from '../support/databases.ts'
import { type SampleWorld, openSampleWorld } from '../support/sample-world.ts'
import { startTestService } from '../support/service.ts'

const STATUS_DATE = '2026-10-23'
const PAGES = [
  '/',
  '/plans/checkout',
  '/plans/checkout/phases/build',
  '/plans/checkout/items',
  '/plans/checkout/phases/build/items?state=doing',
  '/plans/checkout/explain/costPerformanceIndex',
  '/plans/checkout/explain/earnedValue?phase=payments',
  '/plans/mobile',
  '/sources',
  '/setup',
]

let store: TestStore
let world: SampleWorld
let service: Service
let browser: Browser
let context: BrowserContext
let page: Page
let complaints: string[]

beforeAll(async () => {
  store = await openTestStore('postgres')
  world = await openSampleWorld(store)
  await runDue(world.tools)
  for (const baseline of world.sample.baselines)
    await freezeBaseline(store, { ...baseline, actor: 'test', now: new Date(`${STATUS_DATE}T12:00:00Z`) })
  service = await startTestService(store, STATUS_DATE)
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await service?.close()
  await world?.close()
  await store?.close()
})

const open = async (path: string, options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> => {
  complaints = []
  context = await browser.newContext(options)
  page = await context.newPage()
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('request', (request) => {
    if (!request.url().startsWith(service.url) && !request.url().startsWith('data:')) complaints.push(request.url())
  })
  const answer = await page.goto(`${service.url}${path}`, { waitUntil: 'load' })
  expect(answer?.status(), path).toBe(200)
  return page
}
afterEach(async () => {
  await context?.close()
})

describe('an executive', () => {
  test('reads on one page how the three plans stand', async () => {
    await open('/')
    const text = await page.locator('main').textContent()
    expect(text).toContain('Checkout relaunch')
    expect(text).toMatch(/Data platform[\s\S]*off track/i)
    expect(text).toMatch(/Mobile app[\s\S]*off track/i)
    expect(complaints).toEqual([])
  })

  test('opens a plan, a phase and its items from there', async () => {
    await open('/')
    await page.getByRole('link', { name: 'Checkout relaunch' }).first().click()
    await page.waitForURL(/\/plans\/checkout/)
    await page.getByRole('link', { name: 'Payment service' }).first().click()
    await page.waitForURL(/\/plans\/checkout\/phases\/payments/)
    await page.getByRole('link', { name: /items/i }).first().click()
    await page.waitForURL(/\/plans\/checkout\/phases\/payments\/items/)
    expect(await page.locator('main tbody tr').count()).toBeGreaterThan(20)
    expect(complaints).toEqual([])
  })
})

describe('a PMO', () => {
  test('opens numbers of the plan down to formula, baseline rows and ledger lines', async () => {
    await open('/plans/checkout')
    const addresses = await page
      .locator('main a[href*="/explain/"]')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href')!))
    expect(new Set(addresses).size).toBeGreaterThan(40)
    for (const measure of ['earnedValue', 'actualCost', 'scope.added', 'costPerformanceIndex', 'finishVarianceDays']) {
      const address = addresses.find((href) => href.includes(`/explain/${measure}`))
      expect(address, measure).toBeDefined()
      const answer = await page.goto(`${service.url}${address}`)
      expect(answer?.status(), measure).toBe(200)
    }
    expect(complaints).toEqual([])
  })

  test('prints the plan without losing a column', async () => {
    await open('/plans/checkout')
    await page.emulateMedia({ media: 'print' })
    const cut = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    expect(cut).toBeLessThanOrEqual(0)
    expect((await page.pdf({ format: 'A4', landscape: true })).length).toBeGreaterThan(20_000)
  })
})

describe('everybody', () => {
  test.each(PAGES)('finds %s accessible, in light and in dark', async (path) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await open(path, { colorScheme })
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
      expect(complaints).toEqual([])
      await context.close()
    }
  })

  test.each(PAGES)('reads %s on a phone without scrolling sideways', async (path) => {
    await open(path, { viewport: { width: 360, height: 740 }, isMobile: true })
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(wider).toBeLessThanOrEqual(0)
  })

  test('has charts, tables and links without JavaScript', async () => {
    await open('/plans/checkout', { javaScriptEnabled: false })
    expect(await page.locator('main svg').count()).toBeGreaterThanOrEqual(3)
    expect(await page.locator('main table').count()).toBeGreaterThanOrEqual(2)
    expect(await page.locator('main a[href*="/explain/"]').count()).toBeGreaterThan(40)
  })
})

describe('a change in a tracker', () => {
  test('comes in by its webhook and is on the open page by itself, without a reload', async () => {
    world.subscribe(service.url)
    await open('/plans/checkout')
    const before = await page.locator('main').textContent()
    await page.evaluate(() => {
      ;(window as unknown as { stayed: boolean }).stayed = true
    })
    const next = world.sample.events.find((event) => event.at >= world.sample.liveFrom)!
    world.play(new Date(Date.parse(next.at) + 5 * 86_400_000).toISOString())
    await page.waitForFunction((text) => document.querySelector('main')!.textContent !== text, before, {
      timeout: 5_000,
    })
    expect(await page.evaluate(() => (window as unknown as { stayed?: boolean }).stayed)).toBe(true)
    expect(complaints).toEqual([])
  })
})
