import { afterEach, describe, expect, test } from 'vitest'
import { createJiraState } from '../../../demo/stand-ins/jira/state.ts'
import type { PulledItem } from '../../../src/model/fact.ts'
import type { ItemField } from '../../../src/model/work-item.ts'
import { TROUBLES, smallSite, sourceOf, standUp } from './stand.ts'

const source = sourceOf({ project: 'CORE' })
const on = (day: string) => ({ at: `2026-${day}T09:00:00.000Z`, by: '5b10ac8d' })
const open: { close: () => Promise<void> }[] = []
afterEach(async () => {
  for (const server of open.splice(0)) await server.close()
})

const stand = async (...args: Parameters<typeof standUp>) => {
  const made = await standUp(...args)
  open.push(made.server)
  return made
}

/** Day and value of every fact of a field. */
const told = (item: PulledItem, field: ItemField) =>
  item.history.filter((fact) => fact.field === field).map((fact) => [fact.occurredAt.slice(5, 10), fact.value])

const states = (item: PulledItem) =>
  item.history.flatMap((fact) =>
    fact.field === 'status' ? [`${fact.occurredAt.slice(5, 10)} ${fact.value.name} ${fact.value.state}`] : [],
  )

describe.each(['cloud', 'data-center'] as const)('on %s', (flavour) => {
  test('a life of an issue is told as it was, field by field', async () => {
    const state = smallSite('America/St_Johns')
    const epic = state.createIssue({ ...on('03-01'), project: 'CORE', type: 'Epic', summary: 'Checkout' })
    const { key, id } = state.createIssue({
      ...on('03-02'),
      project: 'CORE',
      summary: 'Pay',
      points: 3,
      fixVersions: ['1.0'],
      labels: ['b', 'a'],
      estimateSeconds: 7200,
    })
    state.setPoints(key, 5, on('03-03'))
    state.setParent(key, epic.key, on('03-04'))
    state.setFixVersions(key, ['1.0', '2.0'], on('03-05'))
    state.setFixVersions(key, ['2.0'], on('03-06'))
    state.setLabels(key, [], on('03-07'))
    state.setSprint(key, ['Sprint 1'], on('03-08'))
    state.setSprint(key, ['Sprint 1', 'Sprint 2, the long one'], on('03-09'))
    state.assign(key, '5b10ac8e', on('03-10'))
    state.setDue(key, '2026-04-01', on('03-11'))
    state.setEstimate(key, 3600, on('03-12'))
    state.rename(key, 'Pay by card', on('03-13'))
    state.setType(key, 'Bug', on('03-14'))
    state.setComponents(key, ['api'], on('03-15'))
    const { client } = await stand(state, { flavour })
    const [item] = (await client.pull(source, [id])).items
    const version = (name: string) => ({ id: state.versions.find((one) => one.name === name)!.id, key: name })
    expect(told(item!, 'points')).toEqual([
      ['03-02', 3],
      ['03-03', 5],
    ])
    expect(told(item!, 'parent')).toEqual([['03-04', { id: epic.id, key: 'CORE-1' }]])
    expect(told(item!, 'milestones')).toEqual([
      ['03-02', [version('1.0')]],
      ['03-05', [version('1.0'), version('2.0')]],
      ['03-06', [version('2.0')]],
    ])
    expect(told(item!, 'labels')).toEqual([
      ['03-02', ['a', 'b']],
      ['03-07', []],
    ])
    expect(told(item!, 'sprints')).toEqual([
      ['03-08', ['Sprint 1']],
      ['03-09', ['Sprint 1', 'Sprint 2, the long one']],
    ])
    expect(told(item!, 'assignees')).toEqual([['03-10', ['jira:5b10ac8e']]])
    expect(told(item!, 'due')).toEqual([['03-11', '2026-04-01']])
    expect(told(item!, 'estimateSeconds')).toEqual([
      ['03-02', 7200],
      ['03-12', 3600],
    ])
    expect(told(item!, 'title')).toEqual([
      ['03-02', 'Pay'],
      ['03-13', 'Pay by card'],
    ])
    expect(told(item!, 'type')).toEqual([
      ['03-02', 'Story'],
      ['03-14', 'Bug'],
    ])
    expect(told(item!, 'components')).toEqual([['03-15', ['api']]])
    expect(item!.snapshot).toMatchObject({
      points: 5,
      title: 'Pay by card',
      sprints: ['Sprint 1', 'Sprint 2, the long one'],
      presence: 'present',
    })
    expect(item!.completeHistory).toHaveLength(12)
    expect(item!.history.every((fact) => !fact.assumed)).toBe(true)
    expect(item!.history.find((fact) => fact.field === 'points' && fact.value === 5)).toMatchObject({
      actor: 'jira:5b10ac8d',
    })
  })

  test('category and resolution decide: done, dropped, opened again, done after all', async () => {
    const state = smallSite()
    const { key, id } = state.createIssue({ ...on('03-02'), project: 'CORE', summary: 'Pay' })
    state.transition(key, 'In Progress', on('03-03'))
    state.transition(key, 'Done', { ...on('03-04'), resolution: "Won't Do" })
    state.transition(key, 'To Do', on('03-05'))
    state.transition(key, 'Done', on('03-06'))
    state.transition(key, 'Closed', on('03-07'))
    const { client } = await stand(state, { flavour })
    const [item] = (await client.pull(source, [id])).items
    expect(states(item!)).toEqual([
      '03-02 To Do todo',
      '03-03 In Progress doing',
      '03-04 Done dropped',
      '03-05 To Do todo',
      '03-06 Done done',
      '03-07 Closed done',
    ])
  })

  test('worklogs come all, however many, each once, with its own day and author', async () => {
    const state = smallSite()
    const { key, id } = state.createIssue({ ...on('03-02'), project: 'CORE', summary: 'Pay' })
    const other = state.createIssue({ ...on('03-02'), project: 'CORE', summary: 'Pay less' })
    for (let number = 1; number <= 23; number += 1)
      state.logWork(key, { author: '5b10ac8e', started: on('03-03').at, seconds: number * 60 }, on('03-20'))
    const edited = state.logWork(other.key, { author: '5b10ac8d', started: on('03-03').at, seconds: 60 }, on('03-04'))
    const deleted = state.logWork(other.key, { author: '5b10ac8d', started: on('03-03').at, seconds: 60 }, on('03-04'))
    state.editWorklog(other.key, edited.id, { seconds: 90, started: on('03-02').at }, on('03-05'))
    state.deleteWorklog(other.key, deleted.id, on('03-06'))
    const { client } = await stand(state, { flavour })
    const { items } = await client.pull(source, [id, other.id])
    const logs = items.map((item) => item.history.flatMap((fact) => (fact.field === 'worklog' ? [fact.value] : [])))
    expect(logs[0]).toHaveLength(23)
    expect(logs[0]!.reduce((sum, log) => sum + (log.seconds ?? 0), 0)).toBe(60 * 276)
    expect(logs[1]).toEqual([{ id: edited.id, account: 'jira:5b10ac8d', startedAt: on('03-02').at, seconds: 90 }])
  })

  test('an issue that left its project is moved, one that came was not here before, a deleted one is missing', async () => {
    const state = smallSite()
    const left = state.createIssue({ ...on('03-02'), project: 'CORE', summary: 'Goes' })
    const came = state.createIssue({ ...on('03-02'), project: 'OPS', summary: 'Comes' })
    const gone = state.createIssue({ ...on('03-02'), project: 'CORE', summary: 'Vanishes' })
    const stays = state.createIssue({ ...on('03-02'), project: 'CORE', summary: 'Stays' })
    state.moveIssue(left.key, 'OPS', on('03-05'))
    state.moveIssue(came.key, 'CORE', on('03-06'))
    state.deleteIssue(gone.key, on('03-07'))
    const { client } = await stand(state, { flavour })
    const { items, missing } = await client.pull(source, [left.id, came.id, gone.id, stays.id])
    const byId = new Map(items.map((item) => [item.externalId, item]))
    expect(missing).toEqual([gone.id])
    expect([byId.get(left.id)!.key, byId.get(left.id)!.snapshot.presence]).toEqual(['OPS-2', 'moved'])
    expect(told(byId.get(left.id)!, 'presence')).toEqual([['03-05', 'moved']])
    expect(told(byId.get(came.id)!, 'presence')).toEqual([
      ['03-02', 'moved'],
      ['03-06', 'present'],
    ])
    expect(told(byId.get(stays.id)!, 'presence')).toEqual([])
  })

  test('an item that no longer answers a query has moved out of it, and is not missing', async () => {
    const state = smallSite()
    const inside = state.createIssue({ ...on('03-02'), project: 'CORE', summary: 'In', labels: ['checkout'] })
    const outside = state.createIssue({ ...on('03-02'), project: 'CORE', summary: 'Out' })
    const { client } = await stand(state, { flavour })
    const { items, missing } = await client.pull(sourceOf({ jql: 'labels = checkout' }), [inside.id, outside.id, '99'])
    expect(items.map((item) => [item.externalId, item.snapshot.presence])).toEqual([
      [inside.id, 'present'],
      [outside.id, 'moved'],
    ])
    expect(missing).toEqual(['99'])
  })

  test('a field that Jira changed in silence is not called complete', async () => {
    const state = smallSite()
    const { key, id } = state.createIssue({ ...on('03-02'), project: 'CORE', summary: 'Pay' })
    state.setFixVersions(key, ['1.0'], on('03-03'))
    state.issue(key).fixVersions = []
    const { client } = await stand(state, { flavour })
    const [item] = (await client.pull(source, [id])).items
    expect(item!.completeHistory).not.toContain('milestones')
    expect(item!.completeHistory).toContain('status')
    expect(item!.snapshot.milestones).toEqual([])
  })

  test('versions are milestones with their dates; released ones are closed on their day', async () => {
    const { client, server } = await stand(smallSite(), { flavour })
    expect(await client.listMilestones(source)).toEqual([
      {
        id: '10001',
        title: '1.0',
        url: `${server.url}/projects/CORE/versions/10001`,
        start: '2026-03-02',
        due: '2026-04-30',
        closedAt: '2026-04-30T12:00:00.000Z',
        state: 'closed',
      },
      {
        id: '10002',
        title: '2.0',
        url: `${server.url}/projects/CORE/versions/10002`,
        start: null,
        due: '2026-06-26',
        closedAt: null,
        state: 'open',
      },
      {
        id: '10003',
        title: '3.0',
        url: `${server.url}/projects/CORE/versions/10003`,
        start: null,
        due: null,
        closedAt: null,
        state: 'open',
      },
    ])
  })

  test('who we are and what could be read is told', async () => {
    const state = smallSite()
    state.createIssue({ ...on('03-02'), project: 'OPS', summary: 'Newest' })
    const { client } = await stand(state, { flavour })
    expect(await client.identify()).toMatchObject({ name: 'Ana K.', scopes: ['BROWSE_PROJECTS'], remarks: [] })
    const found = await client.discover()
    expect(found.map((one) => one.settings)).toEqual(expect.arrayContaining([{ project: 'CORE' }, { project: 'OPS' }]))
    if (flavour === 'cloud') expect(found[0]).toMatchObject({ title: 'Operations (OPS)', lastActivity: on('03-02').at })
  })

  test.each([
    { trouble: 'forbidden', kind: 'forbidden' },
    { trouble: 'not-found', kind: 'notFound' },
    { trouble: 'unauthenticated', kind: 'unauthenticated' },
    { trouble: 'never-ends', kind: 'unavailable' },
    { trouble: TROUBLES.reset, kind: 'unavailable' },
  ] as const)('$trouble is a $kind fault that is forgotten afterwards', async ({ trouble, kind }) => {
    const state = smallSite()
    const { id } = state.createIssue({ ...on('03-02'), project: 'CORE', summary: 'Pay' })
    const { client, server } = await stand(state, { flavour, timeoutSeconds: 0.2 })
    server.trouble({ kind: trouble, path: '/search' })
    await expect(client.pull(source, [id])).rejects.toMatchObject({ name: 'Fault', kind })
    expect((await client.pull(source, [id])).items).toHaveLength(1)
  })
})

test('a full backfill with history costs at most 25 calls per 1,000 issues, an idle poll one', async () => {
  const state = smallSite()
  for (let number = 1; number <= 1000; number += 1) {
    const { key } = state.createIssue({ ...on('03-02'), project: 'CORE', summary: `Issue ${number}` })
    state.transition(key, 'In Progress', on('03-03'))
    state.transition(key, 'Done', on('03-04'))
  }
  for (const flavour of ['cloud', 'data-center'] as const) {
    const { client, calls } = await stand(state, { flavour })
    const items: PulledItem[] = []
    let cursor = null
    for await (const page of client.listChanged(source, null)) {
      items.push(...(await client.pull(source, page.externalIds)).items)
      cursor = page.cursor
    }
    expect(items.filter((item) => states(item).length === 3)).toHaveLength(1000)
    expect(calls.length).toBeLessThanOrEqual(25)
    calls.length = 0
    for await (const page of client.listChanged(source, cursor)) expect(page.externalIds).toEqual([])
    expect(calls).toHaveLength(1)
  }
})

test('story points are found where a project keeps them, and where the settings say', async () => {
  const state = createJiraState({
    projects: [{ key: 'CORE' }, { key: 'TEAM', teamManaged: true }],
    users: [{ id: 'ana', displayName: 'Ana' }],
  })
  const classic = state.createIssue({ ...on('03-02'), project: 'CORE', summary: 'Classic', points: 3 })
  const team = state.createIssue({ ...on('03-02'), project: 'TEAM', summary: 'Team', points: 0 })
  state.setPoints(team.key, 8, on('03-03'))
  const { client } = await stand(state)
  const both = await client.pull(sourceOf({ jql: 'project in (CORE, TEAM)' }), [classic.id, team.id])
  expect(both.items.map((item) => told(item, 'points'))).toEqual([
    [['03-02', 3]],
    [
      ['03-02', 0],
      ['03-03', 8],
    ],
  ])
  const named = await client.pull(sourceOf({ jql: 'project in (CORE, TEAM)', storyPoints: 'customfield_10016' }), [
    classic.id,
    team.id,
  ])
  expect(named.items.map((item) => item.snapshot.points)).toEqual([null, 8])
})

test('a changelog that Data Center cut short is asked for whole', async () => {
  const state = smallSite()
  const { key, id } = state.createIssue({ ...on('03-02'), project: 'CORE', summary: 'Pay' })
  for (let points = 1; points <= 30; points += 1) state.setPoints(key, points, on('03-03'))
  const { client, calls } = await stand(state, { flavour: 'data-center', embeddedHistories: 5 })
  const [item] = (await client.pull(source, [id])).items
  expect(told(item!, 'points')).toHaveLength(30)
  expect(calls.map((call) => call.operation)).toContain('GET /rest/api/2/issue/{id}')
})

test('a Data Center below a context path is found there', async () => {
  const state = smallSite()
  const { id } = state.createIssue({ ...on('03-02'), project: 'CORE', summary: 'Pay' })
  const { client } = await stand(state, { flavour: 'data-center', basePath: '/jira' })
  const [item] = (await client.pull(source, [id])).items
  expect(item!.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/jira\/browse\/CORE-1$/)
})

test('a rate limit tells when to come back', async () => {
  const { client, server, calls } = await stand(smallSite())
  server.trouble({ kind: 'rate-limited', retryAfterSeconds: 47 })
  await expect(client.listMilestones(source)).rejects.toMatchObject({
    kind: 'rateLimited',
    retryAt: new Date('2026-06-01T00:00:47Z'),
  })
  expect(calls[0]).toMatchObject({
    status: 429,
    quota: { remaining: 0, limit: 100, resetAt: '2026-06-01T00:00:47.000Z' },
  })
})

test('a token that is not accepted is named with what to do', async () => {
  const cloud = await stand(smallSite())
  await expect(cloud.connect('wrong').identify()).rejects.toThrow(/e-mail and API token were not accepted/)
  const dataCenter = await stand(smallSite(), { flavour: 'data-center' })
  await expect(dataCenter.connect('wrong').identify()).rejects.toThrow(/personal access token was not accepted/)
})

test('a status that was renamed keeps its past under its new name', async () => {
  const state = smallSite()
  const { key, id } = state.createIssue({ ...on('03-02'), project: 'CORE', summary: 'Pay' })
  state.transition(key, 'In Review', on('03-03'))
  state.transition(key, 'Done', on('03-04'))
  state.renameStatus('In Review', 'Being tested')
  const { client } = await stand(state)
  const [item] = (await client.pull(source, [id])).items
  expect(states(item!)).toEqual(['03-02 To Do todo', '03-03 Being tested doing', '03-04 Done done'])
})
