import { afterEach, expect, test } from 'vitest'
import * as at from '../../../demo/stand-ins/github/mutations.ts'
import { type Stand, standUp } from './stand.ts'

let stand: Stand
afterEach(() => stand.github.close())

const state = () =>
  at.createGitHubState({
    owner: 'acme',
    repo: 'web',
    users: ['ana'],
    issues: [{ title: 'One', at: '2026-05-01T00:00:00Z', by: 'ana' }],
  })

test('a fine-grained token does not tell its rights', async () => {
  stand = await standUp(state())
  expect(await stand.client.identify()).toEqual({ name: 'ana', scopes: null, remarks: [] })
})

test.each([
  { scopes: ['read:org', 'read:user'], remarks: [] },
  { scopes: ['repo', 'workflow', 'read:org'], remarks: [expect.stringContaining('may also write (repo, workflow)')] },
])('a classic token with $scopes', async ({ scopes, remarks }) => {
  stand = await standUp(state(), { scopes })
  expect(await stand.client.identify()).toEqual({ name: 'ana', scopes, remarks })
})

test('repositories are found, as source settings', async () => {
  stand = await standUp(state())
  expect(await stand.client.discover()).toEqual([
    { title: 'acme/web', settings: { repository: 'acme/web' }, lastActivity: '2026-05-01T00:00:00.000Z' },
  ])
})

test('a scope concerns its repository, whatever its case; an unknown one concerns all', async () => {
  stand = await standUp(state())
  const concerns = (scope: string | null) => stand.client.concerns(stand.source, scope)
  expect([concerns('Acme/Web'), concerns('acme/other'), concerns(null)]).toEqual([true, false, true])
})
