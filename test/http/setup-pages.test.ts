import { afterAll, beforeAll, expect, test } from 'vitest'
import type { StandInGitHub } from '../../demo/stand-ins/github/server.ts'
import { listConnections } from '../../src/store/connections.ts'
import { listSources } from '../../src/store/sources.ts'
import { type TestStore, eachDatabase, openTestStore } from '../support/databases.ts'
import { type TestApp, openApp } from './open-app.ts'
import { NOW, startSmallGitHub } from './small-world.ts'

eachDatabase((kind) => {
  let store: TestStore
  let github: StandInGitHub
  let opened: TestApp
  beforeAll(async () => {
    store = await openTestStore(kind)
    github = (await startSmallGitHub()).github
    opened = await openApp(store, { now: () => NOW })
  })
  afterAll(async () => {
    await github?.close()
    await store?.close()
  })

  const post = (path: string, fields: readonly (readonly [string, string])[]) =>
    opened.app.request(path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
      body: new URLSearchParams(fields.map(([name, value]) => [name, value])).toString(),
    })
  const connect = (different: Readonly<Record<string, string>> = {}) =>
    post(
      '/setup',
      Object.entries({
        tracker: 'github',
        id: 'acme-github',
        url: github.url,
        token: 'gh-token',
        webhookSecret: 'hook',
        timeoutSeconds: '10',
        ...different,
      }),
    )
  const went = (answer: Response) => [answer.status, answer.headers.get('location')]

  test('a wrong entry is shown beside its field, and nothing is stored', async () => {
    for (const [entry, says] of [
      [{ id: 'Acme GitHub' }, 'lower-case letters'],
      [{ url: 'https://github.com' }, 'the API is at https://api.github.com'],
      [{ token: '' }, 'create a fine-grained token'],
      [{ token: 'expired' }, 'token'],
      [{ timeoutSeconds: 'soon' }, 'must be a number'],
    ] as const) {
      const answer = await connect(entry)
      expect(answer.status).toBe(422)
      const html = await answer.text()
      expect(html).toContain(says)
      expect(html).not.toContain('gh-token')
    }
    expect(await listConnections(store.db)).toEqual([])
  })

  test('connect, choose, draft, freeze: from nothing to a report', async () => {
    expect(went(await connect())).toEqual([303, '/setup/acme-github/sources'])
    const choices = await (await opened.app.request('/setup/acme-github/sources')).text()
    expect(choices).toContain('value="acme/web"')

    const none = await post('/setup/acme-github/sources', [['other', '']])
    expect([none.status, await none.text()]).toEqual([422, expect.stringContaining('Choose at least one')])
    const wrong = await post('/setup/acme-github/sources', [['other', 'no-slash']])
    expect([wrong.status, await wrong.text()]).toEqual([422, expect.stringContaining('owner/name')])

    const chosen = await post('/setup/acme-github/sources', [['source', 'acme/web']])
    expect(went(chosen)).toEqual([303, '/setup/acme-github/draft'])
    expect((await listSources(store.db)).map(({ id, itemsSeen }) => [id, itemsSeen])).toEqual([['web', 12]])
    expect(await (await opened.app.request('/setup/acme-github/sources')).text()).toMatch(/value="acme\/web" checked/)

    const draft = await (await opened.app.request('/setup/acme-github/draft')).text()
    const yaml = /<textarea[^>]*>([\s\S]*?)<\/textarea>/.exec(draft)![1]!.replaceAll('&quot;', '"')
    expect(yaml).toContain('finish: 2026-06-30')

    const broken = await post('/setup/acme-github/draft', [
      ['yaml', yaml.replace('finish:', 'finihs:')],
      ['action', 'apply'],
    ])
    const told = await broken.text()
    expect([broken.status, told.slice(told.indexOf('role="alert"'), told.indexOf('role="alert"') + 600)]).toEqual([
      422,
      expect.stringMatching(/finihs.*did you mean \S*finish/s),
    ])

    const checked = await post('/setup/acme-github/draft', [
      ['yaml', yaml],
      ['action', 'check'],
    ])
    expect([checked.status, await checked.text()]).toEqual([200, expect.stringContaining('+ plan acme-web')])
    expect((await opened.app.request('/plans/acme-web')).status).toBe(404)

    const applied = await post('/setup/acme-github/draft', [
      ['yaml', yaml],
      ['action', 'apply'],
    ])
    expect(went(applied)).toEqual([303, '/plans/acme-web/baseline'])
    expect(opened.wakes()).toBeGreaterThan(0)
    expect(await (await opened.app.request('/plans/acme-web/baseline')).text()).toContain('As approved')

    const silent = await post('/plans/acme-web/baseline', [['name', 'As approved']])
    expect([silent.status, await silent.text()]).toEqual([422, expect.stringContaining('Say why')])
    const tomorrow = await post('/plans/acme-web/baseline', [
      ['name', 'As approved'],
      ['reason', 'agreed on Monday'],
      ['asOf', '2026-06-17'],
    ])
    expect([tomorrow.status, await tomorrow.text()]).toEqual([422, expect.stringContaining('still to come')])
    const frozen = await post('/plans/acme-web/baseline', [
      ['name', 'As approved'],
      ['reason', 'agreed on Monday'],
      ['asOf', ''],
    ])
    expect(went(frozen)).toEqual([303, '/plans/acme-web'])
    const plan = await (await opened.app.request('/plans/acme-web')).text()
    expect(plan).toContain('As approved')
    expect(opened.errors).toEqual([])
  })

  test('a draft that names a variable of the service is told that it is not set', async () => {
    const answer = await post('/setup/acme-github/draft', [
      ['yaml', `plans:\n  x: { name: "\${PLUMBLINE_SECRET}", phases: [] }\n`],
      ['action', 'check'],
    ])
    expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining('PLUMBLINE_SECRET is not set')])
  })
})
