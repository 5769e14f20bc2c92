import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { type TestStore, eachDatabase, openTestStore } from '../support/databases.ts'
import { type TestApp, openApp } from './open-app.ts'
import { SETUP, type SmallWorld, openSmallWorld } from './small-world.ts'

interface Operation {
  readonly operationId: string
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>
  >
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

const YAML = { 'content-type': 'application/yaml' }
const JSON_BODY = { 'content-type': 'application/json' }

/** One true example for every documented operation; the last test tells when one is missing. */
const EXAMPLES: readonly {
  readonly id: string
  readonly path: string
  readonly status: number
  readonly send?: { readonly headers: Readonly<Record<string, string>>; readonly body: string }
}[] = [
  { id: 'readPortfolio', path: '/portfolio', status: 200 },
  { id: 'readPortfolio', path: '/portfolio?portfolio=retail&asOf=2026-06-10', status: 200 },
  { id: 'listPlans', path: '/plans', status: 200 },
  { id: 'readVariance', path: '/plans/shop/report', status: 200 },
  { id: 'readVariance', path: '/plans/shop/report?asOf=2026-06-10&period=week&baseline=1', status: 200 },
  { id: 'readVariance', path: '/plans/shop/report?asOf=2026-05-20', status: 200 },
  { id: 'readCurves', path: '/plans/shop/curves?phase=build', status: 200 },
  { id: 'listItems', path: '/plans/shop/items', status: 200 },
  { id: 'listItems', path: '/plans/shop/items?unmapped=true', status: 200 },
  { id: 'listItems', path: '/plans/shop/items?phase=build&state=done&search=work', status: 200 },
  { id: 'explainMeasure', path: '/plans/shop/explain/earnedValue?phase=build', status: 200 },
  { id: 'explainMeasure', path: '/plans/shop/explain/current.scheduleVariance', status: 200 },
  { id: 'listBaselines', path: '/plans/shop/baselines', status: 200 },
  { id: 'listSources', path: '/sources', status: 200 },
  {
    id: 'applySetup',
    path: '/setup?dryRun=true',
    status: 200,
    send: { headers: YAML, body: 'plans:\n  other: { name: Other, phases: [{ id: one, name: One }] }\n' },
  },
  {
    id: 'freezeBaseline',
    path: '/plans/shop/baselines',
    status: 201,
    send: { headers: JSON_BODY, body: '{"reason":"change 7 accepted","asOf":"2026-06-08"}' },
  },
  { id: 'syncSource', path: '/sources/web/sync', status: 202, send: { headers: JSON_BODY, body: '{"wait":true}' } },
  { id: 'syncSource', path: '/sources/web/sync', status: 202, send: { headers: {}, body: '' } },
]

eachDatabase((kind) => {
  let store: TestStore
  let world: SmallWorld
  let opened: TestApp
  let document: Document
  let ajv: Ajv2020
  beforeAll(async () => {
    store = await openTestStore(kind)
    world = await openSmallWorld(store)
    opened = await openApp(store, world.sync)
    document = await (await opened.app.request('/api/v1/openapi.json')).json()
    ajv = new Ajv2020({ strict: false, validateFormats: false })
    ajv.addSchema(document, 'openapi.json')
  })
  afterAll(async () => {
    await opened?.settled()
    await world?.end()
    await store?.close()
  })

  const ask = (path: string, init: RequestInit = {}) => opened.app.request(`/api/v1${path}`, init)
  const operationOf = (
    id: string,
  ): { readonly path: string; readonly method: string; readonly operation: Operation } => {
    for (const [path, methods] of Object.entries(document.paths))
      for (const [method, operation] of Object.entries(methods))
        if (operation.operationId === id) return { path, method, operation }
    throw new Error(`${id} is not documented`)
  }
  const validatorOf = (id: string, status: number, type: string): ValidateFunction => {
    const { path, method } = operationOf(id)
    const pointer = ['paths', path, method, 'responses', String(status), 'content', type, 'schema']
      .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
      .join('/')
    return ajv.getSchema(`openapi.json#/${pointer}`)!
  }

  test.each(EXAMPLES)('$id: $path answers as the document says', async ({ id, path, status, send }) => {
    const { method } = operationOf(id)
    const answer = await ask(path, { method: method.toUpperCase(), ...send })
    const body = await answer.json()
    expect([answer.status, status === answer.status ? null : body]).toEqual([status, null])
    const validate = validatorOf(id, status, 'application/json')
    expect([validate(body), validate.errors]).toEqual([true, null])
    expect(opened.errors).toEqual([])
  })

  test('every documented operation has an example here', () => {
    const documented = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    )
    expect([...new Set(documented)].sort()).toEqual([...new Set(EXAMPLES.map(({ id }) => id))].sort())
  })

  test('a report has an ETag, and is not sent again while it says the same', async () => {
    for (const { path } of EXAMPLES.filter(({ send }) => send === undefined)) {
      const first = await ask(path)
      const tag = first.headers.get('etag')
      expect(tag).toMatch(/^W\/"[0-9a-f]+"$/)
      const again = await ask(path, { headers: { 'if-none-match': tag! } })
      expect([again.status, await again.text()]).toEqual([304, ''])
      const other = await ask(path, { headers: { 'if-none-match': '"another"' } })
      expect(other.status).toBe(200)
    }
  })

  test('lists come page by page, and nothing is lost between', async () => {
    const keys: string[] = []
    let cursor = ''
    for (let pages = 0; pages < 20; pages += 1) {
      const answer = await ask(`/plans/shop/items?limit=3${cursor}`)
      const page = (await answer.json()) as { items: { key: string }[]; next: string | null }
      keys.push(...page.items.map(({ key }) => key))
      expect(page.items.length).toBeLessThanOrEqual(3)
      if (page.next === null) break
      cursor = `&cursor=${page.next}`
    }
    expect(keys).toHaveLength(10)
    expect(new Set(keys).size).toBe(10)
    const lines: number[] = []
    let next: string | null = ''
    for (let pages = 0; next !== null && pages < 20; pages += 1) {
      const answer = await ask(`/plans/shop/explain/scope.done?limit=1${next === '' ? '' : `&cursor=${next}`}`)
      const page = (await answer.json()) as {
        postings: { amount: number }[]
        postingsTotal: number
        next: string | null
      }
      lines.push(...page.postings.map(({ amount }) => amount))
      next = page.next
      expect(page.postingsTotal).toBe(3)
    }
    expect(lines.reduce((sum, amount) => sum + amount, 0)).toBe(3)
    const baselines = (await (await ask('/plans/shop/baselines?limit=1')).json()) as {
      baselines: object[]
      next: string
    }
    expect(baselines).toMatchObject({ baselines: [{ number: 1, reason: 'agreed' }], next: '1' })
    const rest = await (await ask(`/plans/shop/baselines?cursor=${baselines.next}`)).json()
    expect(rest).toMatchObject({ baselines: [{ number: 2, reason: 'change 7 accepted' }], next: null })
  })

  const WRONG = [
    { path: '/plans/nope/report', status: 404, errors: undefined, says: 'no plan is named nope' },
    { path: '/plans/shop/curves?phase=nope', status: 404, errors: undefined, says: 'no phase nope' },
    { path: '/plans/nope/baselines', status: 404, errors: undefined, says: 'no plan is named nope' },
    { path: '/nothing', status: 404, errors: undefined, says: 'there is nothing at /api/v1/nothing' },
    { path: '/portfolio?portfolio=nope', status: 404, errors: undefined, says: 'no portfolio is named nope' },
    { path: '/plans/shop/report?asOf=2026-06-16', status: 422, errors: undefined, says: 'lies in the future' },
    { path: '/plans/shop/report?asOf=2026-13-01', status: 422, errors: ['asOf'], says: 'asOf: write a date' },
    { path: '/plans/shop/report?knownAt=2026-06-01', status: 422, errors: ['knownAt'], says: 'whole instant' },
    { path: '/plans/shop/report?knownAt=2026-06-01T00:00:00', status: 422, errors: ['knownAt'], says: 'its zone' },
    {
      path: '/plans/shop/report?baseline=0&period=year',
      status: 422,
      errors: ['baseline', 'period'],
      says: 'whole number',
    },
    { path: '/plans/shop/report?as=1&of=2', status: 422, errors: ['as', 'of'], says: 'asOf, knownAt' },
    { path: '/plans/shop/report?asOf=0001-01-01', status: 422, errors: ['asOf'], says: 'asOf: write a date' },
    {
      path: '/plans/shop/report?knownAt=9999-12-31T23:59:59-23:59',
      status: 422,
      errors: ['knownAt'],
      says: 'before the year 10000',
    },
    { path: '/plans/shop/report?asOf=2026-06-01&asOf=2026-06-02', status: 422, errors: ['asOf'], says: 'once' },
    { path: '/plans/shop/items?limit=5000', status: 422, errors: ['limit'], says: 'up to 1000' },
    { path: '/plans/shop/items?cursor=abc', status: 422, errors: ['cursor'], says: 'next' },
    { path: '/plans/shop/items?state=finished', status: 422, errors: ['state'], says: 'todo, doing, done' },
    { path: '/plans/shop/explain/earnedValue?cursor=1', status: 422, errors: ['cursor'], says: 'next' },
    { path: '/plans?limit=x', status: 422, errors: ['limit'], says: 'whole number' },
    { path: '/sources?all=1', status: 422, errors: ['all'], says: 'all: is not known here' },
  ]

  test.each(WRONG)('$path is answered $status: $says', async ({ path, status, errors, says }) => {
    const answer = await ask(path)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    const body = (await answer.json()) as { detail: string; errors?: { at: string }[] }
    expect(body).toMatchObject({
      type: 'about:blank',
      status,
      title: expect.any(String),
      instance: `/api/v1${path.split('?')[0]}`,
    })
    expect(answer.status).toBe(status)
    expect(body.detail).toContain(says)
    expect(body.errors?.map(({ at }) => at)).toEqual(errors)
    const validate = validatorOf('readVariance', 422, 'application/problem+json')
    expect([validate(body), validate.errors]).toEqual([true, null])
  })

  const BODIES = [
    { path: '/plans/shop/baselines', body: '{', status: 422, says: 'write JSON' },
    { path: '/plans/shop/baselines', body: '{}', status: 422, says: 'reason: write why it is frozen' },
    {
      path: '/plans/shop/baselines',
      body: '{"reason":"x","resaon":"y"}',
      status: 422,
      says: 'resaon: is not known here',
    },
    { path: '/plans/shop/baselines', body: '{"reason":"x","asOf":"2027-01-01"}', status: 422, says: 'still to come' },
    { path: '/plans/nope/baselines', body: '{"reason":"x"}', status: 404, says: 'no plan is named nope' },
    { path: '/sources/nope/sync', body: '{}', status: 404, says: 'no source is named nope' },
    { path: '/sources/web/sync', body: '{"full":"yes"}', status: 422, says: 'full: write true or false' },
    { path: '/setup', body: 'plans:\n  x:\n    nmae: X\n', status: 422, says: 'setup.yaml:3:5' },
    { path: '/setup', body: 'plans: {{', status: 422, says: 'setup.yaml:1' },
    { path: '/setup?dryrun=true', body: '', status: 422, says: 'dryrun: is not known here; there are dryRun' },
  ]

  test.each(BODIES)('POST $path with $body is answered $status: $says', async ({ path, body, status, says }) => {
    const answer = await ask(path, { method: 'POST', headers: JSON_BODY, body })
    const problem = (await answer.json()) as { detail: string }
    expect([answer.status, problem.detail]).toEqual([status, expect.stringContaining(says)])
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(opened.errors).toEqual([])
  })

  test('a set-up is tried, applied, and the second time changes nothing; what would be removed is asked about', async () => {
    const { app } = await openApp(store, world.sync, {
      environment: { GITHUB_URL: world.github.url, GITHUB_TOKEN: 'gh-token', GITHUB_HOOK: 'github-hook-secret' },
    })
    const apply = async (query: string, text: string) => {
      const answer = await app.request(`/api/v1/setup${query}`, { method: 'POST', headers: YAML, body: text })
      return [answer.status, await answer.json()] as const
    }
    const next = SETUP.replace('finish: 2026-06-30', 'finish: 2026-07-03')
    const [, tried] = await apply('?dryRun=true', next)
    expect(tried).toMatchObject({ dryRun: true, changes: [{ thing: 'phase', id: 'build', field: 'finish' }] })
    const [, applied] = await apply('', next)
    expect(applied).toMatchObject({ dryRun: false, changes: [{ text: expect.stringContaining('2026-07-03') }] })
    expect(await apply('', next)).toEqual([200, { dryRun: false, changes: [] }])
    const without = next.replace(/ {6}- \{ id: launch.*\n/, '')
    const [status, refused] = await apply('', without)
    expect([status, refused]).toMatchObject([409, { detail: expect.stringContaining('would remove') }])
    const [, removed] = await apply('?allowRemovals=true', without)
    expect(removed).toMatchObject({ changes: [{ kind: 'removed', id: 'launch' }] })
  })
})

describe('the document', () => {
  let store: TestStore
  beforeAll(async () => {
    store = await openTestStore('postgres')
  })
  afterAll(() => store?.close())

  test('is OpenAPI 3.1 that holds together', async () => {
    const { app } = await openApp(store)
    const text = await (await app.request('/api/v1/openapi.json')).text()
    const document = JSON.parse(text)
    expect(document.openapi).toBe('3.1.0')
    expect(document.info).toMatchObject({ title: 'Plumbline', version: '1.2.3' })
    expect(document.servers).toEqual([{ url: '/api/v1' }])
    const ajv = new Ajv2020({ strict: false, validateFormats: false })
    ajv.addSchema(document, 'openapi.json')
    const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference]) => reference!)
    expect(references.length).toBeGreaterThan(0)
    for (const reference of references) expect(ajv.getSchema(`openapi.json${reference}`)).toBeTypeOf('function')
    const ids = new Set<string>()
    for (const [path, methods] of Object.entries<Record<string, Record<string, never>>>(document.paths)) {
      expect(path).toMatch(/^\//)
      for (const operation of Object.values(methods) as Record<string, unknown>[]) {
        expect(operation.summary).toBeTypeOf('string')
        ids.add(String(operation.operationId))
        const parameters = (operation.parameters ?? []) as {
          name: string
          in: string
          required: boolean
          schema: object
        }[]
        const inPath = parameters.filter((parameter) => parameter.in === 'path')
        expect(inPath.map(({ name }) => name).sort()).toEqual(
          [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).sort(),
        )
        for (const { required, in: place, schema } of parameters) {
          expect(required).toBe(place === 'path')
          expect(() => ajv.compile(schema)).not.toThrow()
        }
        for (const [status, { description }] of Object.entries(
          operation.responses as Record<string, { description: string }>,
        )) {
          expect(status).toMatch(/^[2-5]\d\d$/)
          expect(description).not.toBe('')
        }
      }
    }
    expect(ids.size).toBe(Object.values<object>(document.paths).flatMap((methods) => Object.keys(methods)).length)
  })
})
