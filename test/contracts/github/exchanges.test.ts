import { afterAll, beforeAll, expect, test } from 'vitest'
import * as at from '../../../demo/stand-ins/github/mutations.ts'
import type { Exchange } from '../../../demo/stand-ins/github/server.ts'
import { ITEMS, MORE_EVENTS, TOTALS } from '../../../src/trackers/github/queries.ts'
import { type Stand, listAll, standUp } from '../../trackers/github/stand.ts'
import { everyMutation } from './every-mutation.ts'
import { answerObjections, queryObjections, restObjections } from './published.ts'

/** All that the client asks, and all that the stand-in answers, through every kind of item there is. */
const exchanges: Exchange[] = []
let stand: Stand

beforeAll(async () => {
  const state = at.createGitHubState({ owner: 'acme', repo: 'web', users: ['ana', 'ben'] })
  everyMutation(state)
  for (let index = 0; index < 150; index += 1) {
    at.openIssue(state, { title: `Issue ${index}`, at: '2026-04-01T00:00:00Z', by: 'ana', body: 'Text' })
  }
  const { number } = at.openIssue(state, { title: 'Busy', at: '2026-04-02T00:00:00Z', by: 'ana' })
  for (let index = 0; index < 120; index += 1) {
    const deed = { at: new Date(Date.parse('2026-04-03T00:00:00Z') + index * 60_000).toISOString(), by: 'ben' }
    if (index % 2 === 0) at.closeIssue(state, number, { ...deed, reason: 'duplicate' })
    else at.reopenIssue(state, number, deed)
  }
  stand = await standUp(state, { onExchange: (exchange) => exchanges.push(exchange), settings: { pullRequests: true } })
  const { client, source } = stand
  await client.identify()
  await client.discover()
  await client.listMilestones(source)
  const { ids, cursor } = await listAll(client, source)
  await client.pull(source, [...ids, 'I_nothing'])
  await listAll(client, source, cursor)
  await stand
    .connect({ token: 'wrong' })
    .identify()
    .catch(() => {})
  await client.listMilestones({ ...source, settings: { repository: 'acme/nothing' } }).catch(() => {})
  for (const path of ['', '/issues/3', '/issues/999']) {
    await fetch(`${stand.github.url}/repos/acme/web${path}`, {
      headers: { authorization: `Bearer ${stand.github.token}` },
    })
  }
})
afterAll(() => stand.github.close())

test('the exchange covers every operation, and its good and bad ends', () => {
  const kinds = new Set(exchanges.map(({ method, path, status }) => `${method} ${path} ${status}`))
  expect([...kinds].sort()).toEqual([
    'GET /repos/acme/nothing/milestones 404',
    'GET /repos/acme/web 200',
    'GET /repos/acme/web/issues 200',
    'GET /repos/acme/web/issues 304',
    'GET /repos/acme/web/issues/3 200',
    'GET /repos/acme/web/issues/999 404',
    'GET /repos/acme/web/milestones 200',
    'GET /user 200',
    'GET /user 401',
    'GET /user/repos 200',
    'POST /graphql 200',
  ])
})

test('every REST call and answer is as published', () => {
  const rest = exchanges.filter(({ path }) => path !== '/graphql')
  expect(rest.length).toBeGreaterThan(10)
  expect(rest.flatMap(restObjections)).toEqual([])
})

test('every GraphQL query is valid in the published schema', () => {
  expect([ITEMS, MORE_EVENTS, TOTALS].flatMap(queryObjections)).toEqual([])
})

test('every GraphQL answer is as published, and all three queries were answered', async () => {
  const asked = new Set<string>()
  const wrong: string[] = []
  for (const { path, requestBody, body } of exchanges) {
    if (path !== '/graphql') continue
    const { query, variables } = requestBody as { query: string; variables: Record<string, unknown> }
    asked.add(query)
    wrong.push(...(await answerObjections(query, variables, (body as { data: unknown }).data)))
  }
  expect(wrong).toEqual([])
  expect([...asked].sort()).toEqual([ITEMS, MORE_EVENTS, TOTALS].sort())
})

test('a dishonest exchange would be found', async () => {
  const good = exchanges.find(({ path, status }) => path.endsWith('/issues') && status === 200)!
  const [first] = good.body as Record<string, unknown>[]
  const without = Object.fromEntries(Object.entries(first!).filter(([name]) => name !== 'number'))
  expect(restObjections({ ...good, body: [without] })).toHaveLength(1)
  expect(restObjections({ ...good, query: new URLSearchParams('order=asc') })).toEqual([
    'GET /repos/{owner}/{repo}/issues has no parameter order',
  ])
  expect(restObjections({ ...good, query: new URLSearchParams('direction=up') })).toHaveLength(1)
  expect(queryObjections('{ repository(owner: "a", name: "b") { issuez } }')).toHaveLength(1)
  expect(await answerObjections(TOTALS, { owner: 'a', name: 'b' }, { repository: { issues: null } })).not.toEqual([])
})
