import { describe, expect, test } from 'vitest'
import { jqlMinute } from '../../../src/trackers/jira/jql.ts'
import { list, smallSite, sourceOf, standUp } from './stand.ts'

const source = sourceOf({ project: 'CORE' })

describe('an account anywhere on earth misses nothing', () => {
  // Each crosses a change of the clock: back in autumn, forward in spring.
  test.each([
    { zone: 'Asia/Kathmandu', from: '2026-03-02T18:10:00Z', because: 'it is 5:45 ahead of UTC' },
    {
      zone: 'America/St_Johns',
      from: '2026-11-01T03:00:00Z',
      because: 'its clock goes back at 02:00, 2:30 behind UTC',
    },
    { zone: 'America/St_Johns', from: '2026-03-08T04:30:00Z', because: 'its clock goes forward' },
    { zone: 'Europe/Berlin', from: '2026-10-24T23:10:00Z', because: 'its clock goes back, 02:00 to 03:00 comes twice' },
    { zone: 'Australia/Lord_Howe', from: '2026-04-04T13:30:00Z', because: 'its clock goes back by half an hour' },
    { zone: 'Pacific/Kiritimati', from: '2026-03-02T18:10:00Z', because: 'it is 14 hours ahead' },
  ])('$zone from $from: $because', async ({ zone, from }) => {
    const state = smallSite(zone)
    let clock = Date.parse(from)
    const { server, client } = await standUp(state, { now: () => new Date(clock) })
    state.createIssue({ at: new Date(clock - 86_400_000).toISOString(), project: 'CORE', summary: 'First' })
    let { cursor } = await list(client, source, null)
    const known: string[] = []
    for (let step = 1; step <= 20; step += 1) {
      clock += 17 * 60_000 + 13_000
      const { id } = state.createIssue({ at: new Date(clock).toISOString(), project: 'CORE', summary: `Issue ${step}` })
      const listed = await list(client, source, cursor)
      expect([step, listed.ids.includes(id)]).toEqual([step, true])
      known.push(...listed.ids)
      cursor = listed.cursor
    }
    expect(new Set(known).size).toBeGreaterThanOrEqual(20)
    await server.close()
  })
})

test('a listing whose account does not tell its zone reads half a day more, and misses nothing', () => {
  expect(jqlMinute('2026-03-02T12:34:56Z', null)).toBe('2026-03-02 00:34')
  expect(jqlMinute('2026-03-02T12:34:56Z', 'Asia/Kathmandu')).toBe('2026-03-02 18:19')
})

test('an hour that comes twice is asked for from its first time, or from before it', () => {
  // Berlin, 25 October 2026: 02:00 to 03:00 is 00:00Z to 01:00Z and again 01:00Z to 02:00Z.
  expect(jqlMinute('2026-10-25T00:30:00Z', 'Europe/Berlin')).toBe('2026-10-25 01:30')
  expect(jqlMinute('2026-10-25T01:30:00Z', 'Europe/Berlin')).toBe('2026-10-25 02:30')
})

test('changes of one minute that fill several pages all come, on Data Center too', async () => {
  const state = smallSite('America/New_York')
  for (let number = 1; number <= 400; number += 1)
    state.createIssue({
      at: `2026-03-02T10:00:${String(Math.floor(number / 10)).padStart(2, '0')}.000Z`,
      project: 'CORE',
      summary: `Issue ${number}`,
    })
  for (const flavour of ['cloud', 'data-center'] as const) {
    const { server, client } = await standUp(state, { flavour, idsPerPage: 120 })
    const all = await list(client, source, null)
    expect(new Set(all.ids).size).toBe(400)
    const again = await list(client, source, { since: '2026-03-02T10:00:00.000Z', seen: {} })
    expect(new Set(again.ids).size).toBe(400)
    await server.close()
  }
})

test('an empty project is found empty, and what comes into it later is found', async () => {
  const state = smallSite()
  const { server, client } = await standUp(state)
  const empty = await list(client, source, null)
  expect(empty.ids).toEqual([])
  const { id } = state.createIssue({ at: '2026-03-02T10:00:00Z', project: 'CORE', summary: 'First' })
  expect((await list(client, source, empty.cursor)).ids).toEqual([id])
  await server.close()
})

test('a project that was renamed is read under its old key, one that is hidden is not found', async () => {
  const state = smallSite()
  const { id } = state.createIssue({ at: '2026-03-02T10:00:00Z', project: 'CORE', summary: 'First' })
  const { server, client, connect } = await standUp(state)
  state.renameProject('CORE', 'KERN')
  expect((await list(client, source, null)).ids).toEqual([id])
  const { items } = await client.pull(source, [id])
  expect(items.map((item) => [item.key, item.snapshot.presence])).toEqual([['KERN-1', 'present']])
  expect(client.concerns(source, 'KERN')).toBe(true)
  state.setVisible('KERN', false)
  await expect(list(connect(), source, null)).rejects.toMatchObject({ kind: 'notFound' })
  await server.close()
})

test('a query is listed in the order of the listing, whatever order it names itself', async () => {
  const state = smallSite()
  const { id } = state.createIssue({
    at: '2026-03-02T10:00:00Z',
    project: 'CORE',
    summary: 'Order by hand',
    labels: ['checkout'],
  })
  state.createIssue({ at: '2026-03-02T10:00:00Z', project: 'CORE', summary: 'Other' })
  const { server, client } = await standUp(state)
  const query = sourceOf({
    jql: 'labels = checkout AND summary ~ "order by hand" ORDER BY rank DESC'.replace('rank', 'created'),
  })
  expect((await list(client, query, null)).ids).toEqual([id])
  await server.close()
})
