import { expect, test } from 'vitest'
import { checkConnection, checkSource, readSource } from '../../../src/trackers/github/settings.ts'

const connection = (url: string, settings = {}) => ({ id: 'acme', tracker: 'github', url, settings })
const source = (settings: Readonly<Record<string, unknown>>) => ({ id: 'web', connection: 'acme', settings })

test.each([
  { settings: { repository: 'acme/web' }, wrong: [] },
  { settings: { repository: 'acme/web.js', pullRequests: true, startedLabels: ['in progress'] }, wrong: [] },
  { settings: {}, wrong: ['repository: must be owner/name, e.g. acme/web'] },
  { settings: { repository: 'https://github.com/acme/web' }, wrong: ['repository: must be owner/name, e.g. acme/web'] },
  {
    settings: { repository: 'acme/web', pullRequest: true },
    wrong: ['pullRequest: unknown setting; did you mean pullRequests?'],
  },
  {
    settings: { repository: 'acme/web', estimateLabels: 'points' },
    wrong: [expect.stringContaining('one group for the number')],
  },
  {
    settings: { repository: 'acme/web', estimateLabels: '([' },
    wrong: [expect.stringContaining('one group for the number')],
  },
  {
    settings: { repository: 'acme/web', startedLabels: 'doing' },
    wrong: [expect.stringContaining('a list of label names')],
  },
])('$settings: $wrong.length wrong', ({ settings, wrong }) => {
  expect(checkSource(source(settings))).toEqual(wrong)
})

test('what does not pass the check is not read', () => {
  expect(() => readSource(source({ repository: 'web' }))).toThrow(/source=web are wrong: repository/)
})

test.each([
  { url: 'https://api.github.com', token: 't', wrong: [] },
  { url: 'https://github.acme.test/api/v3', token: 't', wrong: [] },
  { url: 'https://github.com', token: 't', wrong: ['url: this is the web site; the API is at https://api.github.com'] },
  { url: 'github', token: 't', wrong: [expect.stringContaining('must be an address')] },
  { url: 'https://api.github.com', token: undefined, wrong: [expect.stringContaining('token: missing')] },
])('$url with token $token: $wrong.length wrong', ({ url, token, wrong }) => {
  expect(checkConnection(connection(url), { token })).toEqual(wrong)
})

test('a misspelt connection setting is named', () => {
  expect(checkConnection(connection('https://api.github.com', { timeoutSecond: 3 }), { token: 't' })).toEqual([
    'timeoutSecond: unknown setting; did you mean timeoutSeconds?',
  ])
})

test('an address with a password in it is refused: addresses are shown', () => {
  expect(checkConnection(connection('https://ana:hunter2@github.test/api/v3'), { token: 't' })).toEqual([
    'url: no user or password belongs here; the token is enough',
  ])
})
