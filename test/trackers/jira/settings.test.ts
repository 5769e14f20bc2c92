import { expect, test } from 'vitest'
import { jira } from '../../../src/trackers/jira/jira.ts'
import { withoutOrder } from '../../../src/trackers/jira/settings.ts'

const connection = (settings: Record<string, unknown>, url = 'https://acme.atlassian.net') => ({
  id: 'a',
  tracker: 'jira',
  url,
  settings,
})
const source = (settings: Record<string, unknown>) => ({ id: 's', connection: 'a', settings })

test.each([
  { settings: { email: 'pmo@acme.test' }, token: 'x', wrong: [] },
  { settings: {}, token: 'x', wrong: [] },
  { settings: { emial: 'pmo@acme.test' }, token: 'x', wrong: [/^emial: .*email/] },
  { settings: { email: 'pmo' }, token: 'x', wrong: [/^email/] },
  { settings: { deployment: 'server' }, token: 'x', wrong: [/^deployment/] },
  { settings: { deployment: 'cloud' }, token: 'x', wrong: [/^email/] },
  { settings: { email: 'pmo@acme.test' }, token: undefined, wrong: [/^token: .*API token/] },
  { settings: {}, token: undefined, wrong: [/^token: .*personal access token/] },
])('connection $settings with token $token', ({ settings, token, wrong }) => {
  const found = jira.checkConnection(connection(settings), token === undefined ? {} : { token })
  expect(found).toHaveLength(wrong.length)
  for (const [index, pattern] of wrong.entries()) expect(found[index]).toMatch(pattern)
})

test('an address with a password in it is refused: addresses are shown', () => {
  const found = jira.checkConnection(connection({}, 'https://ana:hunter2@jira.test'), { token: 'x' })
  expect(found).toEqual([expect.stringMatching(/^url: no user or password/)])
})

test('an address that is none is refused before anything is called', () => {
  expect(jira.checkConnection(connection({}, 'acme'), { token: 'x' })).toEqual([expect.stringMatching(/^url/)])
  const tools = { fetch, now: () => new Date(0), onCall: () => {}, log: () => {} }
  expect(() => jira.connect(connection({}, 'acme'), { token: 'x' }, tools)).toThrow(/url: "acme"/)
})

test.each([
  { settings: { project: 'CORE' }, wrong: [] },
  { settings: { jql: 'labels = checkout ORDER BY rank' }, wrong: [] },
  { settings: { board: 7, storyPoints: 'auto' }, wrong: [] },
  { settings: { project: 'CORE', jql: 'project = CORE' }, wrong: [/one of project/] },
  { settings: { jql: 'order by created' }, wrong: [/^jql/] },
  { settings: { project: 'a b' }, wrong: [/^project/] },
  { settings: { filter: 'mine' }, wrong: [/^filter/] },
  { settings: { project: 'CORE', storyPoint: 'auto' }, wrong: [/storyPoints/] },
  { settings: { project: 'CORE', dropped: 'Obsolete' }, wrong: [/^dropped/] },
])('source $settings', ({ settings, wrong }) => {
  const found = jira.checkSource(source(settings))
  expect(found).toHaveLength(wrong.length)
  for (const [index, pattern] of wrong.entries()) expect(found[index]).toMatch(pattern)
})

test('only a real ORDER BY is taken off a query', () => {
  expect(withoutOrder('project = CORE ORDER BY rank')).toBe('project = CORE')
  expect(withoutOrder('summary ~ "order by hand" order  by created desc')).toBe('summary ~ "order by hand"')
})
