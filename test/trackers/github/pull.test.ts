import { afterEach, expect, test } from 'vitest'
import * as at from '../../../demo/stand-ins/github/mutations.ts'
import { type Stand, daysOf, listAll, standUp } from './stand.ts'

let stand: Stand
afterEach(() => stand.github.close())

const repository = (issues = 0) =>
  at.createGitHubState({
    owner: 'acme',
    repo: 'web',
    users: ['ana', 'ben'],
    milestones: [
      { title: 'v1.0', createdAt: '2026-01-01T00:00:00Z', dueOn: '2026-03-31' },
      { title: 'v2.0', createdAt: '2026-01-01T00:00:00Z' },
    ],
    issues: Array.from({ length: issues }, (_, index) => ({
      title: `Issue ${index + 1}`,
      at: new Date(Date.parse('2026-01-05T09:00:00Z') + index * 60_000).toISOString(),
      by: 'ana',
    })),
  })

const on = (day: string, by = 'ana') => ({ at: `2026-${day}T10:00:00Z`, by })

test('an item arrives with its present values and its whole history', async () => {
  const state = repository()
  const epic = at.openIssue(state, { title: 'Checkout', at: '2026-01-10T09:00:00Z', by: 'ana' })
  const { number } = at.openIssue(state, {
    title: 'Pay by card',
    at: '2026-01-12T09:00:00Z',
    by: 'ana',
    labels: ['points: 3'],
    milestone: 1,
  })
  at.assignIssue(state, number, 'ben', on('01-15'))
  at.labelIssue(state, number, 'points: 8', on('01-20'))
  at.unlabelIssue(state, number, 'points: 3', on('01-20'))
  at.closeIssue(state, number, on('02-01'))
  at.reopenIssue(state, number, on('02-03', 'ben'))
  at.setMilestone(state, number, 2, on('02-04'))
  at.setParent(state, number, epic.number, on('02-05'))
  at.retitleIssue(state, number, 'Pay by any card', on('02-06'))
  at.closeIssue(state, number, { ...on('02-10'), reason: 'not_planned' })
  stand = await standUp(state)

  const { ids } = await listAll(stand.client, stand.source)
  const { items, missing } = await stand.client.pull(stand.source, ids)
  const item = items.find(({ key }) => key === 'acme/web#2')!
  const version = (number: 1 | 2) => {
    const milestone = state.milestones.get(number)!
    return [{ id: milestone.nodeId, key: milestone.title }]
  }

  expect(missing).toEqual([])
  expect(item.snapshot).toEqual({
    title: 'Pay by any card',
    status: { name: 'Closed as not planned', state: 'dropped' },
    points: 8,
    estimateSeconds: null,
    type: null,
    milestones: version(2),
    parent: { id: epic.nodeId, key: 'acme/web#1' },
    labels: ['points: 8'],
    components: [],
    sprints: [],
    assignees: ['github:ben'],
    due: null,
    presence: 'present',
  })
  const { history } = item
  expect(daysOf(history, 'created')).toEqual([['2026-01-12', null]])
  expect(daysOf(history, 'title')).toEqual([
    ['2026-01-12', 'Pay by card'],
    ['2026-02-06', 'Pay by any card'],
  ])
  expect(daysOf(history, 'status')).toEqual([
    ['2026-01-12', { name: 'Open', state: 'todo' }],
    ['2026-02-01', { name: 'Closed', state: 'done' }],
    ['2026-02-03', { name: 'Open', state: 'todo' }],
    ['2026-02-10', { name: 'Closed as not planned', state: 'dropped' }],
  ])
  expect(daysOf(history, 'points')).toEqual([
    ['2026-01-12', 3],
    ['2026-01-20', 8],
  ])
  expect(daysOf(history, 'milestones')).toEqual([
    ['2026-01-12', version(1)],
    ['2026-02-04', []],
    ['2026-02-04', version(2)],
  ])
  expect(daysOf(history, 'parent')).toEqual([['2026-02-05', { id: epic.nodeId, key: 'acme/web#1' }]])
  expect(daysOf(history, 'assignees')).toEqual([['2026-01-15', ['github:ben']]])
  expect(item.completeHistory).toContain('status')
  expect(new Set(history.map((fact) => fact.key)).size).toBe(history.length)
})

test('a thousand items with their history cost at most 40 calls', async () => {
  stand = await standUp(repository(1000))
  const { ids, total } = await listAll(stand.client, stand.source)
  const { items } = await stand.client.pull(stand.source, ids)
  expect([total, new Set(ids).size, items.length]).toEqual([1000, 1000, 1000])
  expect(stand.calls.length).toBeLessThanOrEqual(40)
})

test('a history longer than one page arrives whole', async () => {
  const state = repository(1)
  for (let round = 0; round < 130; round += 1) {
    const instant = new Date(Date.parse('2026-02-01T00:00:00Z') + round * 3_600_000).toISOString()
    if (round % 2 === 0) at.closeIssue(state, 1, { at: instant, by: 'ana' })
    else at.reopenIssue(state, 1, { at: instant, by: 'ana' })
  }
  stand = await standUp(state)
  const { items } = await stand.client.pull(stand.source, [state.issues.get(1)!.nodeId])
  expect(items[0]?.history.filter((fact) => fact.field === 'status')).toHaveLength(131)
})

test('what was deleted, transferred or never was is missing; the rest arrives', async () => {
  const state = repository(3)
  const ids = [1, 2, 3].map((number) => state.issues.get(number)!.nodeId)
  at.deleteIssue(state, 1, on('02-01'))
  at.transferIssue(state, 2, 'acme/other', on('02-02'))
  stand = await standUp(state)
  const { items, missing } = await stand.client.pull(stand.source, [...ids, 'I_nonsense'])
  expect(items.map(({ key }) => key)).toEqual(['acme/web#3'])
  expect(missing).toEqual([ids[0], ids[1], 'I_nonsense'])
})

test('pull requests stay out, unless the source wants them', async () => {
  const state = repository(1)
  const { number, nodeId } = at.openPullRequest(state, { title: 'Fix it', at: '2026-01-06T00:00:00Z', by: 'ben' })
  at.mergePullRequest(state, number, on('01-09'))
  const refused = at.openPullRequest(state, { title: 'Break it', at: '2026-01-07T00:00:00Z', by: 'ben' })
  at.closeIssue(state, refused.number, on('01-10'))
  stand = await standUp(state)
  const without = await listAll(stand.client, stand.source)
  expect([without.ids, without.total]).toEqual([[state.issues.get(1)!.nodeId], 1])
  expect((await stand.client.pull(stand.source, [nodeId])).missing).toEqual([nodeId])

  const source = { ...stand.source, settings: { ...stand.source.settings, pullRequests: true } }
  const { ids, total } = await listAll(stand.client, source)
  const { items } = await stand.client.pull(source, ids)
  expect(total).toBe(3)
  expect(items.map(({ snapshot }) => [snapshot.type, snapshot.status.name, snapshot.status.state])).toEqual([
    [null, 'Open', 'todo'],
    ['Pull request', 'Merged', 'done'],
    ['Pull request', 'Closed without merging', 'dropped'],
  ])
  expect(daysOf(items[1]!.history, 'status').at(-1)).toEqual(['2026-01-09', { name: 'Merged', state: 'done' }])
})

test('a milestone renamed since is found again by its item', async () => {
  const state = repository(1)
  at.setMilestone(state, 1, 1, on('01-10'))
  at.editMilestone(state, 1, { ...on('01-12'), title: 'v1.0 final' })
  stand = await standUp(state)
  const { items } = await stand.client.pull(stand.source, [state.issues.get(1)!.nodeId])
  const renamed = [{ id: state.milestones.get(1)!.nodeId, key: 'v1.0 final' }]
  expect(items[0]?.snapshot.milestones).toEqual(renamed)
  expect(daysOf(items[0]!.history, 'milestones')).toEqual([['2026-01-10', renamed]])
})

test('a query that is too much for GitHub is asked in halves; a server that is down is not asked for long', async () => {
  const state = repository(50)
  stand = await standUp(state)
  const ids = [...state.issues.values()].map((issue) => issue.nodeId)
  stand.github.failNext({ kind: 'status', status: 502 })
  expect((await stand.client.pull(stand.source, ids)).items).toHaveLength(50)
  expect(stand.calls.map(({ status }) => status)).toEqual([502, 200, 200])

  stand.calls.length = 0
  stand.github.failNext({ kind: 'status', status: 502 }, { times: 99 })
  await expect(stand.client.pull(stand.source, ids)).rejects.toMatchObject({ kind: 'unavailable' })
  expect(stand.calls).toHaveLength(4)
})
