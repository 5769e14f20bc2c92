import { expect, test } from 'vitest'
import { faultOf, messagesOf, quotaOf } from '../../../src/trackers/jira/answers.ts'

const now = new Date('2026-06-01T00:00:00Z')
const connection = {
  id: 'acme-jira',
  baseUrl: 'https://acme.test',
  deployment: 'cloud',
  email: 'pmo@acme.test',
  token: 'secret-token',
  timeoutMs: 1000,
} as const
const answered = (status: number, headers: Record<string, string>) =>
  faultOf({ connection, operation: 'GET /x', status, headers: new Headers(headers), text: '{}', now })

test('a redirect is no answer: it is told where it leads, without what may be secret in that', () => {
  const fault = answered(302, { location: 'https://ana:pw@login.test/sso?ticket=12345', 'content-type': 'text/html' })
  expect(fault?.kind).toBe('unavailable')
  expect(fault?.message).toContain('location=https://login.test/sso;')
  expect(fault?.message).not.toMatch(/pw|12345/)
})

test.each(['99999999999999999999', 'Fri, 31 Dec 9999 23:59:59 GMT', '31536000'])(
  'Retry-After: %s keeps nobody waiting longer than a day',
  (after) => {
    const fault = answered(429, { 'retry-after': after })
    expect([fault?.kind, fault?.retryAt]).toEqual(['rateLimited', new Date('2026-06-02T00:00:00Z')])
  },
)

test('a reset that no calendar has is told as a day from now', () => {
  const quota = quotaOf(new Headers({ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '99999999999999999' }), now)
  expect(quota?.resetAt).toBe('2026-06-02T00:00:00.000Z')
})

test('what Jira says cannot steer a terminal', () => {
  const said = { errorMessages: ['no\u001b]0;title\u0007'], errors: { jql: 'a\r\n\u009b31m way' } }
  expect(messagesOf(JSON.stringify(said))).toBe('no ]0;title  a 31m way')
})
