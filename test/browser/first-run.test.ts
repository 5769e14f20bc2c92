import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createGitHubState, closeIssue, openIssue } from '../../demo/stand-ins/github/mutations.ts'
import { type StandInGitHub, startGitHub } from '../../demo/stand-ins/github/server.ts'
import type { Service } from '../../src/runtime/serve.ts'
import { launchBrowser } from '../support/browser.ts'
import { type TestStore, openTestStore } from '../support/databases.ts'
import { startTestService } from '../support/service.ts'

let store: TestStore
let github: StandInGitHub
let service: Service
let browser: Browser
let page: Page

beforeAll(async () => {
  store = await openTestStore('pglite')
  const state = createGitHubState({
    owner: 'acme',
    repo: 'garden',
    users: ['mia'],
    milestones: [
      { title: 'Beds', createdAt: '2026-08-03T08:00:00Z', dueOn: '2026-10-30' },
      { title: 'Greenhouse', createdAt: '2026-08-03T08:00:00Z', dueOn: '2027-01-29' },
    ],
  })
  for (let number = 1; number <= 24; number += 1)
    openIssue(state, {
      title: `Bed ${number}`,
      at: '2026-08-04T08:00:00Z',
      by: 'mia',
      labels: ['points: 2'],
      milestone: number <= 16 ? 1 : 2,
    })
  for (let number = 1; number <= 10; number += 1)
    closeIssue(state, number, { at: `2026-09-${String(number + 10)}T08:00:00Z`, by: 'mia', reason: 'completed' })
  github = await startGitHub({ state, token: 'gh-token', now: () => new Date() })
  service = await startTestService(store)
  browser = await launchBrowser()
  page = await (await browser.newContext()).newPage()
})
afterAll(async () => {
  await browser?.close()
  await service?.close()
  await github?.close()
  await store?.close()
})

test('the first run leads from nothing to a plan with a baseline: connect, choose, draft, freeze', async () => {
  await page.goto(service.url)
  expect(page.url()).toMatch(/\/setup/)
  await page.getByLabel(/name of the connection/i).fill('acme-github')
  await page.getByLabel(/address of the tracker/i).fill(github.url)
  await page.getByLabel('Token', { exact: false }).first().fill('wrong-token')
  await page.getByRole('button', { name: 'Connect' }).click()
  expect(await page.locator('main').textContent()).toMatch(/token/i)
  expect(page.url()).toMatch(/\/setup(\?|$)/)

  await page.getByLabel('Token', { exact: false }).first().fill('gh-token')
  await page.getByRole('button', { name: 'Connect' }).click()
  await page.waitForURL(/\/setup\/acme-github\/sources/)
  await page.getByLabel(/acme\/garden/).check()
  await page.getByRole('button').last().click()
  await page.waitForURL(/\/setup\/acme-github\/draft/)

  await expect.poll(() => draftText(), { timeout: 20_000 }).toContain('Greenhouse')
  expect(await page.locator('textarea[name="yaml"]').inputValue()).toContain('Beds')
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  await page.getByRole('button', { name: /apply/i }).click()
  await page.waitForURL(/\/plans\/[^/]+\/baseline/)

  await page.getByLabel(/reason/i).fill('Agreed by the garden committee')
  await page.getByRole('button', { name: /freeze/i }).click()
  await page.waitForURL(/\/plans\/[^/]+$/)
  const text = (await page.locator('main').textContent())!
  expect(text).toContain('Agreed by the garden committee')
  expect(text).toContain('Beds')
  expect(text).toContain('Greenhouse')
})

/** The draft waits for the first read of the tracker. */
const draftText = async (): Promise<string> => {
  const area = page.locator('textarea[name="yaml"]')
  if ((await area.count()) > 0) {
    const text = await area.inputValue()
    if (text.includes('Greenhouse')) return text
  }
  await page.reload()
  return ''
}
