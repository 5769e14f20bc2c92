import { afterEach, beforeEach, expect, test } from 'vitest'
import * as at from '../../../demo/stand-ins/github/mutations.ts'
import { Fault } from '../../../src/model/fault.ts'
import { faultOf as readFault, quotaOf } from '../../../src/trackers/github/faults.ts'
import { NOW, type Stand, listAll, standUp } from './stand.ts'

let stand: Stand
beforeEach(async () => {
  const issue = { title: 'One', at: '2026-05-01T00:00:00Z', by: 'ana' }
  stand = await standUp(at.createGitHubState({ owner: 'acme', repo: 'web', users: ['ana'], issues: [issue] }))
})
afterEach(() => stand.github.close())

const faultOf = async (work: Promise<unknown>): Promise<Fault> => {
  const fault = await work.then(
    () => null,
    (error: unknown) => error,
  )
  if (!(fault instanceof Fault)) throw new Error(`no fault: ${String(fault)}`)
  return fault
}
const inSeconds = (seconds: number) => new Date(NOW.getTime() + seconds * 1000)

test('a token that GitHub refuses is named by its connection', async () => {
  const fault = await faultOf(stand.connect({ token: 'expired' }).identify())
  expect(fault.kind).toBe('unauthenticated')
  expect(fault.message).toContain('the token of connection=acme-github was refused')
  expect(fault.message).not.toContain('expired-')
})

test.each([
  { fault: { kind: 'secondaryLimit', retryAfterSeconds: 17 } as const, seconds: 17 },
  { fault: { kind: 'secondaryLimit', status: 429, retryAfterSeconds: 5 } as const, seconds: 5 },
  { fault: { kind: 'secondaryLimit', retryAfterSeconds: null } as const, seconds: 60 },
  { fault: { kind: 'primaryLimit' } as const, seconds: 3600 },
])('$fault.kind says when to come back: in $seconds s', async ({ fault, seconds }) => {
  stand.github.failNext(fault, { on: /GET/ })
  const rest = await faultOf(stand.client.listMilestones(stand.source))
  expect([rest.kind, rest.retryAt]).toEqual(['rateLimited', inSeconds(seconds)])
  stand.github.failNext(fault, { on: /graphql/ })
  const graphql = await faultOf(stand.client.pull(stand.source, ['I_1']))
  expect([graphql.kind, graphql.retryAt]).toEqual(['rateLimited', inSeconds(seconds)])
})

test('a used-up quota is a rate limit until the hour is over, and the calls tell how much is left', async () => {
  await stand.github.close()
  let clock = NOW
  stand = await standUp(at.createGitHubState({ owner: 'acme', repo: 'web', users: ['ana'] }), {
    quota: 2,
    now: () => clock,
  })
  await stand.client.identify()
  await stand.client.identify()
  expect(stand.calls.at(-1)?.quota).toEqual({ remaining: 0, limit: 2, resetAt: inSeconds(3600).toISOString() })
  const fault = await faultOf(stand.client.identify())
  expect([fault.kind, fault.retryAt]).toEqual(['rateLimited', inSeconds(3600)])
  clock = fault.retryAt!
  expect((await stand.client.identify()).name).toBe('ana')
})

test('a refusal that is no limit is forbidden', async () => {
  stand.github.failNext({ kind: 'forbidden' })
  const fault = await faultOf(stand.client.listMilestones(stand.source))
  expect(fault.kind).toBe('forbidden')
  expect(fault.message).toMatch(/repository=acme\/web .*grant it read access/)
})

test('a repository that is not there is named', async () => {
  const source = { ...stand.source, settings: { repository: 'acme/gone' } }
  for (const work of [() => listAll(stand.client, source), () => stand.client.listMilestones(source)]) {
    const fault = await faultOf(work())
    expect([fault.kind, fault.message]).toEqual(['notFound', expect.stringContaining('repository=acme/gone')])
  }
})

test('a renamed repository is told with its new name', async () => {
  stand.github.state.formerNames.push('acme/shop')
  const source = { ...stand.source, settings: { repository: 'acme/shop' } }
  const fault = await faultOf(stand.client.listMilestones(source))
  expect(fault.kind).toBe('notFound')
  expect(fault.message).toContain('repository=acme/shop is now acme/web')
})

test('a server that does not answer in time is unavailable', async () => {
  stand.github.failNext({ kind: 'slow', milliseconds: 5000 })
  const fault = await faultOf(stand.connect({ timeoutSeconds: 0.05 }).identify())
  expect([fault.kind, fault.message]).toEqual(['unavailable', expect.stringContaining('no answer within 0.05 s')])
  expect(stand.calls.at(-1)).toMatchObject({ operation: 'GET /user', status: 0, quota: null })
})

test('a server that is not there at all is unavailable', async () => {
  const fault = await faultOf(stand.connect({ url: 'http://127.0.0.1:1' }).identify())
  expect([fault.kind, fault.message]).toEqual(['unavailable', expect.stringContaining('the connection failed')])
})

test('Enterprise Server is reached under /api/v3, and its GraphQL under /api/graphql', async () => {
  const client = stand.connect({ url: `${stand.github.url}/api/v3/` })
  const { ids } = await listAll(client, stand.source)
  expect((await client.pull(stand.source, ids)).items.map(({ key }) => key)).toEqual(['acme/web#1'])
})

test.each(['99999999999999999999', '-1e300', '1e300', '31536000'])(
  'Retry-After: %s is an instant, a day from now at the latest',
  (after) => {
    const context = { connection: 'acme-github', repository: null, operation: 'GET /user', now: NOW }
    const { kind, retryAt } = readFault(429, { 'retry-after': after }, {}, context)
    expect(kind).toBe('rateLimited')
    expect(retryAt?.getTime()).toBeLessThanOrEqual(inSeconds(86_400).getTime())
  },
)

test('a reset that no calendar has is told all the same', () => {
  expect(quotaOf({ 'x-ratelimit-reset': '99999999999999999' })?.resetAt).toBe('9999-12-31T23:59:59.000Z')
})

test('what GitHub says cannot steer a terminal', () => {
  const context = { connection: 'acme-github', repository: null, operation: 'GET /user', now: NOW }
  const { message } = readFault(403, {}, { message: 'no\u001b]0;title\u0007\r\n\u009b31m way' }, context)
  expect(message).toContain('"no ]0;title 31m way"')
})
