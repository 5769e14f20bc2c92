import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestStore, eachDatabase, openTestStore } from '../support/databases.ts'
import { type TestApp, openApp } from './open-app.ts'
import { type SmallWorld, openSmallWorld } from './small-world.ts'

eachDatabase((kind) => {
  let store: TestStore
  let world: SmallWorld
  let opened: TestApp
  beforeAll(async () => {
    store = await openTestStore(kind)
    world = await openSmallWorld(store)
    opened = await openApp(store, world.sync)
  })
  afterAll(async () => {
    await world?.end()
    await store?.close()
  })

  const open = async (path: string): Promise<{ readonly answer: Response; readonly html: string }> => {
    const answer = await opened.app.request(path, { headers: { accept: 'text/html' } })
    return { answer, html: await answer.text() }
  }

  const PAGES = [
    { path: '/', shows: ['Web shop', 'All plans'] },
    { path: '/portfolios/retail', shows: ['Retail', 'Web shop'] },
    { path: '/plans/shop', shows: ['Web shop', 'Build', 'Launch', 'Baseline 1'] },
    { path: '/plans/shop?asOf=2026-06-10&period=week&baseline=1', shows: ['Web shop', '2026-06-10'] },
    { path: '/plans/shop?as-of=2026-06-10', shows: ['2026-06-10'] },
    { path: '/plans/shop/phases/build', shows: ['Build'] },
    { path: '/plans/shop/items', shows: ['Work 1', 'Work 10'] },
    { path: '/plans/shop/items?state=&phase=build&search=Work+7', shows: ['Work 7'] },
    { path: '/plans/shop/items?state=unmapped', shows: ['Work 11', 'Work 12'] },
    { path: '/plans/shop/phases/build/items?state=done', shows: ['Work 2'] },
    { path: '/plans/shop/explain/earnedValue', shows: ['Earned value', 'Work 3'] },
    { path: '/plans/shop/explain/percentComplete?phase=build', shows: ['complete', 'Build', 'Work 3'] },
    { path: '/sources', shows: ['acme/web', 'acme-github'] },
    { path: '/setup', shows: ['Connect a tracker', 'acme-github'] },
    { path: '/setup?tracker=jira', shows: ['Jira'] },
    { path: '/setup/acme-github/sources', shows: ['ana', 'acme/web'] },
    { path: '/setup/acme-github/draft', shows: ['phases:', 'v1'] },
    { path: '/plans/shop/baseline', shows: ['Freeze the baseline', 'Build'] },
  ]

  test.each(PAGES)('$path shows $shows', async ({ path, shows }) => {
    const { answer, html } = await open(path)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/)
    for (const words of shows) expect(html).toContain(words)
    expect(opened.errors).toEqual([])
  })

  test('a list of items shows those that the filters leave, and no others', async () => {
    const { html } = await open('/plans/shop/items?search=Work+7')
    expect(html).toContain('Work 7')
    expect(html).not.toContain('Work 8')
  })

  test('pages run no script and no style that stands in them, and are kept by no cache', async () => {
    for (const { path } of PAGES) {
      const { answer, html } = await open(path)
      expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'")
      expect(answer.headers.get('content-security-policy')).not.toContain('unsafe-inline')
      expect(answer.headers.get('cache-control')).toBe('private, no-cache')
      expect(answer.headers.get('referrer-policy')).toBe('same-origin')
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
      const scripts = [...html.matchAll(/<script([^>]*)>/g)].map(([, attributes]) => attributes)
      expect(scripts.length).toBeGreaterThan(0)
      for (const attributes of scripts) expect(attributes).toMatch(/src="\/|type="application\/json"/)
      expect(html).not.toMatch(/<style|\sstyle="|\son\w+="/)
    }
  })

  const WRONG = [
    { path: '/plans/nope', status: 404, says: 'no plan is named nope' },
    { path: '/plans/shop/phases/nope', status: 404, says: 'no phase nope' },
    { path: '/plans/shop/phases/nope/items', status: 404, says: 'no phase nope' },
    { path: '/plans/shop/explain/nope', status: 404, says: 'no measure is named nope' },
    { path: '/portfolios/nope', status: 404, says: 'no portfolio is named nope' },
    { path: '/plans/shop/baselines', status: 404, says: 'there is nothing at' },
    { path: '/setup/nope/sources', status: 404, says: 'no connection is named nope' },
    { path: '/plans/shop?asof=2026-06-01', status: 422, says: '<code>asof</code> is not known here' },
    { path: '/plans/shop?asOf=2026-02-30', status: 422, says: '<code>asOf</code> write a date' },
    { path: '/plans/shop?asOf=2026-06-16', status: 422, says: 'lies in the future' },
    { path: '/plans/shop?knownAt=2026-06-01', status: 422, says: '<code>knownAt</code> write a whole instant' },
    { path: '/plans/shop?baseline=two', status: 422, says: '<code>baseline</code>' },
    { path: '/plans/shop?baseline=7', status: 404, says: 'no baseline 7' },
    { path: '/plans/shop?period=year', status: 422, says: 'week or month' },
    { path: '/plans/shop?asOf=2026-06-01&asOf=2026-06-02', status: 422, says: 'once' },
    { path: '/plans/shop/items?cursor=x%27', status: 422, says: 'next' },
  ]

  test.each(WRONG)('$path is answered $status and says "$says"', async ({ path, status, says }) => {
    const { answer, html } = await open(path)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/)
    expect(html).toContain(says)
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  test('what is known at a moment is asked with that moment', async () => {
    const { html } = await open('/plans/shop?knownAt=2026-06-15T10:00:00%2B00:00')
    expect(html).toContain('2026-06-15T10:00:00.000Z')
  })

  test('the icon that browsers ask for by themselves leads to the one that there is', async () => {
    const answer = await opened.app.request('/favicon.ico')
    expect([answer.status, answer.headers.get('location')]).toEqual([301, '/favicon.svg'])
  })
})

describe('with nothing set up', () => {
  let store: TestStore
  beforeAll(async () => {
    store = await openTestStore('postgres')
  })
  afterAll(() => store?.close())

  test('the first page leads to the set-up', async () => {
    const { app } = await openApp(store)
    const answer = await app.request('/')
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/setup'])
    expect(await (await app.request('/setup')).text()).toContain('Connect a tracker')
    expect(await (await app.request('/sources')).text()).toContain('No source yet')
  })

  test('a bug is logged whole and told to nobody', async () => {
    const today = (): string => {
      throw new TypeError('secret-detail')
    }
    const broken = await openApp(store, {}, { today })
    const page = await broken.app.request('/', { headers: { accept: 'text/html' } })
    expect(page.status).toBe(500)
    expect(await page.text()).not.toContain('secret-detail')
    const document = await broken.app.request('/api/v1/portfolio')
    expect(document.status).toBe(500)
    expect(await document.json()).toEqual({
      type: 'about:blank',
      title: 'Something went wrong here',
      status: 500,
      detail: 'http: this is a fault of Plumbline; it has been logged',
      instance: '/api/v1/portfolio',
    })
    expect(broken.errors).toHaveLength(2)
    expect(String((broken.errors[0]!.fields.err as Error).stack)).toContain('secret-detail')
  })
})
