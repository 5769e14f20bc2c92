import { afterEach, expect, test } from 'vitest'
import * as at from '../../../demo/stand-ins/github/mutations.ts'
import type { GitHubState } from '../../../demo/stand-ins/github/state.ts'
import { type Stand, listAll, standUp } from './stand.ts'

let stand: Stand
afterEach(() => stand.github.close())

const SECOND = '2026-03-02T09:00:00Z'
const inOneSecond = (count: number): GitHubState =>
  at.createGitHubState({
    owner: 'acme',
    repo: 'web',
    users: ['ana'],
    issues: Array.from({ length: count }, (_, index) => ({ title: `Issue ${index}`, at: SECOND, by: 'ana' })),
  })
const idsOf = (state: GitHubState) => [...state.issues.values()].map((issue) => issue.nodeId)
const distinct = (ids: readonly string[]) => [...new Set(ids)].sort()

test('350 items updated in the same second all arrive, and the listing ends', async () => {
  const state = inOneSecond(350)
  stand = await standUp(state)
  const { ids } = await listAll(stand.client, stand.source)
  expect(distinct(ids)).toEqual(idsOf(state).sort())
  expect(stand.calls.length).toBeLessThan(15)
})

test('items that leave a crowded second while it is read hide no others', async () => {
  const state = inOneSecond(350)
  stand = await standUp(state)
  const ids: string[] = []
  let minute = 0
  for await (const page of stand.client.listChanged(stand.source, null)) {
    ids.push(...page.externalIds)
    minute += 1
    if (minute > 5) continue
    for (const number of [minute, minute + 20, minute + 40]) {
      at.retitleIssue(state, number, `Changed ${minute}`, { at: `2026-03-02T09:0${minute}:00Z`, by: 'ana' })
    }
  }
  expect(distinct(ids)).toEqual(idsOf(state).sort())
})

test('items that are deleted while they are listed hide no others', async () => {
  const state = at.createGitHubState({ owner: 'acme', repo: 'web', users: ['ana'] })
  for (let number = 1; number <= 320; number += 1) {
    const instant = new Date(Date.parse(SECOND) + number * 1000).toISOString()
    at.openIssue(state, { title: `Issue ${number}`, at: instant, by: 'ana' })
  }
  stand = await standUp(state)
  const ids: string[] = []
  let next = 1
  for await (const page of stand.client.listChanged(stand.source, null)) {
    ids.push(...page.externalIds)
    for (let count = 0; count < 10; count += 1, next += 1)
      at.deleteIssue(state, next, { at: '2026-03-03T00:00:00Z', by: 'ana' })
  }
  expect(idsOf(state).filter((id) => !ids.includes(id))).toEqual([])
})

test('an idle listing is one call, answered 304, that takes nothing from the quota; also after a crowded second', async () => {
  for (const count of [3, 250]) {
    stand = await standUp(inOneSecond(count))
    const first = await listAll(stand.client, stand.source)
    const before = stand.github.usage()
    stand.calls.length = 0
    const { ids } = await listAll(stand.client, stand.source, first.cursor)
    expect(ids).toEqual([])
    expect(stand.calls.map(({ operation, status }) => [operation, status])).toEqual([
      ['GET /repos/{owner}/{repo}/issues', 304],
    ])
    expect(stand.github.usage()).toMatchObject({ core: before.core, graphql: before.graphql })
    await stand.github.close()
  }
})

test('a change in a crowded second that was listed already is found', async () => {
  const state = inOneSecond(250)
  stand = await standUp(state)
  const { cursor } = await listAll(stand.client, stand.source)
  at.closeIssue(state, 7, { at: '2026-03-02T10:00:00Z', by: 'ana' })
  expect((await listAll(stand.client, stand.source, cursor)).ids).toEqual([state.issues.get(7)!.nodeId])
})

test('an item that changes twice within the second in which it is listed is listed again', async () => {
  const state = inOneSecond(2)
  let clock = new Date(SECOND)
  stand = await standUp(state, { now: () => clock })
  const { cursor } = await listAll(stand.client, stand.source)
  at.closeIssue(state, 1, { at: SECOND, by: 'ana' })
  clock = new Date(Date.parse(SECOND) + 60_000)
  expect((await listAll(stand.client, stand.source, cursor)).ids).toContain(state.issues.get(1)!.nodeId)
})

test('the cursor stays small, however long the listing', async () => {
  const state = at.createGitHubState({ owner: 'acme', repo: 'web', users: ['ana'] })
  for (let number = 1; number <= 1000; number += 1) {
    const instant = new Date(Date.parse(SECOND) + number * 10_000).toISOString()
    at.openIssue(state, { title: `Issue ${number}`, at: instant, by: 'ana' })
  }
  stand = await standUp(state)
  const { cursor } = await listAll(stand.client, stand.source)
  expect(JSON.stringify(cursor).length).toBeLessThan(6000)
})
