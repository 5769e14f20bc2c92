import { createServer } from 'node:http'
import { afterEach, beforeEach, expect, test } from 'vitest'
import * as at from '../../../demo/stand-ins/github/mutations.ts'
import type { GitHubState } from '../../../demo/stand-ins/github/state.ts'
import { receive } from '../../../src/trackers/github/receive.ts'
import type { Delivery } from '../../../src/trackers/tracker.ts'
import { type Stand, listAll, standUp } from './stand.ts'

let state: GitHubState
let stand: Stand
beforeEach(async () => {
  const issues = ['One', 'Two', 'Three'].map((title) => ({ title, at: '2026-05-01T00:00:00Z', by: 'ana' }))
  state = at.createGitHubState({ owner: 'acme', repo: 'web', users: ['ana'], issues })
  stand = await standUp(state)
})
afterEach(() => stand.github.close())

const deed = { at: '2026-05-02T00:00:00Z', by: 'ana' }
const get = (path: string) =>
  fetch(`${stand.github.url}${path}`, {
    headers: { authorization: `Bearer ${stand.github.token}` },
    redirect: 'manual',
  })
const ask = async (query: string) => {
  const headers = { authorization: `Bearer ${stand.github.token}` }
  const response = await fetch(`${stand.github.url}/graphql`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ query }),
  })
  return response.json()
}

test('mutations are delivered in order, signed, after a ping; a redelivery keeps its id', async () => {
  const received: Delivery[] = []
  const door = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
      received.push({ headers, body: Buffer.concat(chunks) })
      response.writeHead(received.length === 2 ? 503 : 202).end()
    })
  })
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve))
  const address = door.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  stand.github.subscribe({ url: `http://127.0.0.1:${address.port}/webhooks/acme`, secret: 's3cret' })
  at.closeIssue(state, 2, deed)
  at.deleteIssue(state, 3, deed)
  await stand.github.delivered()
  expect(stand.github.deliveries.map(({ delivery, status }) => [delivery.event, delivery.action, status])).toEqual([
    ['ping', '', 202],
    ['issues', 'closed', 503],
    ['issues', 'deleted', 202],
  ])
  expect(await stand.github.redeliver(stand.github.deliveries[1]!.delivery)).toBe(202)
  const verdicts = await Promise.all(received.map((delivery) => receive(delivery, { webhookSecret: 's3cret' })))
  const ids = verdicts.map((verdict) => (verdict.verdict === 'accepted' ? verdict.deliveryId : 'refused'))
  expect(ids[3]).toBe(ids[1])
  expect(new Set(ids).size).toBe(3)
  door.close()
})

test('a number that was deleted answers 410, one that was transferred 301', async () => {
  at.deleteIssue(state, 1, deed)
  at.transferIssue(state, 2, 'acme/other', deed)
  expect((await get('/repos/acme/web/issues/1')).status).toBe(410)
  expect((await get('/repos/acme/web/issues/2')).status).toBe(301)
  expect((await get('/repos/acme/web/issues/3')).status).toBe(200)
})

test('lists are paged and filtered as asked', async () => {
  at.closeIssue(state, 1, deed)
  const numbers = async (query: string) =>
    ((await (await get(`/repos/acme/web/issues?${query}`)).json()) as { number: number }[]).map(({ number }) => number)
  expect(await numbers('')).toEqual([3, 2])
  expect(await numbers('state=closed')).toEqual([1])
  expect(await numbers('state=all&sort=updated&direction=asc')).toEqual([2, 3, 1])
  expect(await numbers('state=all&since=2026-05-02T00:00:00Z')).toEqual([1])
  const first = await get('/repos/acme/web/issues?state=all&direction=asc&per_page=2')
  expect(first.headers.get('link')).toMatch(/page=2>; rel="next".*page=2>; rel="last"/)
})

test('GraphQL refuses fields that it does not have, and lists without a length', async () => {
  expect(await ask('{ repository(owner: "acme", name: "web") { issuez } }')).toEqual({
    errors: [{ message: "Field 'issuez' doesn't exist on type 'Repository'" }],
  })
  expect(await ask('{ repository(owner: "acme", name: "web") { issues { nodes { id } } } }')).toMatchObject({
    errors: [{ type: 'MISSING_PAGINATION_BOUNDARIES' }],
  })
  expect(await ask('{ repository(owner: "acme", name: "no") { issues { totalCount } } }')).toMatchObject({
    data: { repository: null },
    errors: [{ type: 'NOT_FOUND', path: ['repository'] }],
  })
})

test('addresses in answers lead to a page', async () => {
  const { items } = await stand.client.pull(stand.source, [state.issues.get(1)!.nodeId])
  const response = await fetch(items[0]!.url)
  expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('<h1>One</h1>')])
})

test('ten thousand issues are listed and pulled with their history', async () => {
  for (let number = 4; number <= 10_000; number += 1) {
    const instant = new Date(Date.parse('2026-01-01T00:00:00Z') + number * 1000).toISOString()
    at.openIssue(state, { title: `Issue ${number}`, at: instant, by: 'ana', labels: ['points: 2'] })
  }
  const { ids } = await listAll(stand.client, stand.source)
  const { items } = await stand.client.pull(stand.source, ids)
  expect(items).toHaveLength(10_000)
  expect(stand.calls.length).toBeLessThanOrEqual(400)
}, 60_000)
