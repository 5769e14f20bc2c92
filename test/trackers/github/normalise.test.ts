import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { execute } from '../../../demo/stand-ins/github/graphql.ts'
import { queryRoot } from '../../../demo/stand-ins/github/graphql-objects.ts'
import * as at from '../../../demo/stand-ins/github/mutations.ts'
import type { GitHubState } from '../../../demo/stand-ins/github/state.ts'
import { type Fact, byOccurrence } from '../../../src/model/fact.ts'
import type { ItemField } from '../../../src/model/work-item.ts'
import { normalise } from '../../../src/trackers/github/normalise.ts'
import { ITEMS } from '../../../src/trackers/github/queries.ts'
import { readSource } from '../../../src/trackers/github/settings.ts'
import { type ItemNode, itemNode } from '../../../src/trackers/github/shapes.ts'
import { daysOf } from './stand.ts'

const settingsOf = (more: Readonly<Record<string, unknown>> = {}) =>
  readSource({ id: 'web', connection: 'acme', settings: { repository: 'acme/web', ...more } })

/** An issue as GraphQL answers it; `events` get ids, and midnights of May 2026 from the 2nd on. */
const issue = (change: Readonly<Record<string, unknown>> = {}, events: readonly object[] = []): ItemNode =>
  itemNode.parse({
    __typename: 'Issue',
    id: 'I_1',
    number: 1,
    title: 'Pay by card',
    url: 'https://github.test/acme/web/issues/1',
    createdAt: '2026-05-01T00:00:00Z',
    updatedAt: '2026-05-20T00:00:00Z',
    closedAt: null,
    author: { login: 'ana' },
    repository: { nameWithOwner: 'acme/web' },
    milestone: null,
    labels: list([]),
    assignees: list([]),
    parent: null,
    issueState: 'OPEN',
    stateReason: null,
    timelineItems: list(
      events.map((event, index) => ({
        id: `E_${index}`,
        createdAt: `2026-05-${String(index + 2).padStart(2, '0')}T00:00:00Z`,
        actor: null,
        ...event,
      })),
    ),
    ...change,
  })

const list = (nodes: readonly object[]) => ({ pageInfo: { hasNextPage: false, endCursor: null }, nodes })
const labels = (...names: string[]) => list(names.map((name) => ({ name })))
const closed = { issueState: 'CLOSED', stateReason: 'COMPLETED', closedAt: '2026-05-09T08:00:00Z' }
const none = new Map()

describe('done or dropped', () => {
  test.each([
    { stateReason: 'COMPLETED', name: 'Closed', state: 'done' },
    { stateReason: null, name: 'Closed', state: 'done' },
    { stateReason: 'NOT_PLANNED', name: 'Closed as not planned', state: 'dropped' },
    { stateReason: 'DUPLICATE', name: 'Closed as duplicate', state: 'dropped' },
  ])('closed with reason $stateReason is $state', ({ stateReason, name, state }) => {
    const node = issue({ ...closed, stateReason }, [{ __typename: 'ClosedEvent', stateReason }])
    const item = normalise(node, settingsOf(), none)
    expect(item.snapshot.status).toEqual({ name, state })
    expect(daysOf(item.history, 'status').at(-1)).toEqual(['2026-05-02', { name, state }])
  })

  test('a reason corrected later counts for the last closing', () => {
    const event = { __typename: 'ClosedEvent', stateReason: 'COMPLETED' }
    const node = issue({ ...closed, stateReason: 'NOT_PLANNED' }, [event, { __typename: 'ReopenedEvent' }, event])
    const states = normalise(node, settingsOf(), none).history.flatMap((fact) =>
      fact.field === 'status' ? [fact.value.state] : [],
    )
    expect(states).toEqual(['todo', 'done', 'todo', 'dropped'])
  })

  test('closed without an event, as in the early years: closedAt dates it', () => {
    const item = normalise(issue(closed), settingsOf(), none)
    expect(daysOf(item.history, 'status').at(-1)).toEqual(['2026-05-09', { name: 'Closed', state: 'done' }])
    expect(item.completeHistory).toContain('status')
  })

  test('closed, and neither event nor closedAt tell when: no day is invented', () => {
    const item = normalise(issue({ ...closed, closedAt: null }), settingsOf(), none)
    expect(item.snapshot.status.state).toBe('done')
    expect(daysOf(item.history, 'status')).toEqual([['2026-05-01', { name: 'Open', state: 'todo' }]])
    expect(item.completeHistory).not.toContain('status')
  })

  test('an open item is under way from the label that the source names', () => {
    const events = [
      { __typename: 'AssignedEvent', assignee: { login: 'ben' } },
      { __typename: 'LabeledEvent', label: { name: 'In Progress' } },
      { __typename: 'ClosedEvent', stateReason: 'COMPLETED' },
    ]
    const node = issue({ ...closed, labels: labels('In Progress'), assignees: list([{ login: 'ben' }]) }, events)
    const history = normalise(node, settingsOf({ startedLabels: ['in progress'] }), none).history
    expect(daysOf(history, 'status')).toEqual([
      ['2026-05-01', { name: 'Open', state: 'todo' }],
      ['2026-05-03', { name: 'In Progress', state: 'doing' }],
      ['2026-05-04', { name: 'Closed', state: 'done' }],
    ])
    const without = normalise(node, settingsOf(), none).history
    expect(daysOf(without, 'status').map(([day]) => day)).toEqual(['2026-05-01', '2026-05-04'])
  })
})

describe('estimates', () => {
  test.each([
    { label: 'points: 5', points: 5 },
    { label: 'size/3', points: 3 },
    { label: 'Estimate: 8', points: 8 },
    { label: 'sp:2', points: 2 },
    { label: 'story points = 0.5', points: 0.5 },
    { label: 'points: 0', points: 0 },
    { label: 'size/M', points: null },
    { label: 'checkpoints: 5', points: null },
    { label: 'points', points: null },
  ])('label "$label" means $points points', ({ label, points }) => {
    expect(normalise(issue({ labels: labels(label) }), settingsOf(), none).snapshot.points).toBe(points)
  })

  test('the largest of several counts', () => {
    const node = issue({ labels: labels('points: 3', 'points: 13', 'points: 5') })
    expect(normalise(node, settingsOf(), none).snapshot.points).toBe(13)
  })

  test('a pattern of one’s own', () => {
    const own = settingsOf({ estimateLabels: '^effort-(\\d+)$' })
    expect(normalise(issue({ labels: labels('effort-21', 'points: 3') }), own, none).snapshot.points).toBe(21)
  })
})

describe('what events leave out', () => {
  test('a label that was deleted from the repository leaves no event: the history is not called complete', () => {
    const item = normalise(issue({}, [{ __typename: 'LabeledEvent', label: { name: 'api' } }]), settingsOf(), none)
    expect([item.snapshot.labels, daysOf(item.history, 'labels')]).toEqual([[], [['2026-05-02', ['api']]]])
    expect(item.completeHistory).not.toContain('labels')
    expect(item.completeHistory).toContain('milestones')
  })

  test('a label without an event was there from the start', () => {
    const item = normalise(issue({ labels: labels('api') }), settingsOf(), none)
    expect(daysOf(item.history, 'labels')).toEqual([['2026-05-01', ['api']]])
  })

  test('a replaced milestone told the wrong way round stays replaced', () => {
    const second = { createdAt: '2026-05-06T00:00:00Z' }
    const node = issue({ milestone: { id: 'MI_2', title: 'v2' } }, [
      { __typename: 'MilestonedEvent', milestoneTitle: 'v2', ...second },
      { __typename: 'DemilestonedEvent', milestoneTitle: 'v1', ...second },
    ])
    const item = normalise(node, settingsOf(), new Map([['v1', { id: 'MI_1', key: 'v1' }]]))
    expect(daysOf(item.history, 'milestones')).toEqual([
      ['2026-05-01', [{ id: 'MI_1', key: 'v1' }]],
      ['2026-05-06', [{ id: 'MI_2', key: 'v2' }]],
    ])
    expect(item.completeHistory).toContain('milestones')
  })

  test('a milestone that is gone is known by the title it had', () => {
    const events = [
      { __typename: 'MilestonedEvent', milestoneTitle: 'old plan' },
      { __typename: 'DemilestonedEvent', milestoneTitle: 'old plan' },
    ]
    const item = normalise(issue({}, events), settingsOf(), none)
    expect(daysOf(item.history, 'milestones')).toEqual([
      ['2026-05-02', [{ id: 'old plan', key: 'old plan' }]],
      ['2026-05-03', []],
    ])
  })

  test('accounts that no longer exist, and parents out of sight, are passed over', () => {
    const node = issue({ author: null }, [
      { __typename: 'AssignedEvent', assignee: null },
      { __typename: 'ParentIssueAddedEvent', parent: null },
    ])
    const item = normalise(node, settingsOf(), none)
    expect(item.history.map((fact) => fact.key)).toEqual(['created', 'first:title', 'first:status'])
  })

  test('U+0000 in a title or label becomes U+FFFD', () => {
    const { snapshot } = normalise(issue({ title: 'a\0b', labels: labels('c\0') }), settingsOf(), none)
    expect([snapshot.title, snapshot.labels]).toEqual(['a\uFFFDb', ['c\uFFFD']])
  })
})

/** What a field was at an instant, by its facts. */
const valueAt = (history: readonly Fact[], field: ItemField, instant: string): unknown =>
  [...history]
    .sort(byOccurrence)
    .filter((fact) => fact.field === field && Date.parse(fact.occurredAt) <= Date.parse(instant))
    .at(-1)?.value

const DEEDS: readonly ((state: GitHubState, number: number, deed: at.Deed) => void)[] = [
  (state, number, deed) => at.closeIssue(state, number, deed),
  (state, number, deed) => at.closeIssue(state, number, { ...deed, reason: 'not_planned' }),
  at.reopenIssue,
  (state, number, deed) => at.labelIssue(state, number, 'api', deed),
  (state, number, deed) => at.unlabelIssue(state, number, 'api', deed),
  (state, number, deed) => at.labelIssue(state, number, 'points: 5', deed),
  (state, number, deed) => at.unlabelIssue(state, number, 'points: 5', deed),
  (state, number, deed) => at.assignIssue(state, number, 'ben', deed),
  (state, number, deed) => at.unassignIssue(state, number, 'ben', deed),
  (state, number, deed) => at.setMilestone(state, number, 1, deed),
  (state, number, deed) => at.setMilestone(state, number, 2, deed),
  (state, number, deed) => at.setMilestone(state, number, null, deed),
  (state, number, deed) => at.setParent(state, number, 1, deed),
  (state, number, deed) => at.setParent(state, number, null, deed),
  (state, number, deed) => at.retitleIssue(state, number, `Title of ${deed.at}`, deed),
]

test('whatever happens to an item, its facts say at every moment what it was then', () => {
  const moves = fc.array(fc.nat(DEEDS.length - 1), { maxLength: 25 })
  fc.assert(
    fc.property(moves, (turns) => {
      const state = at.createGitHubState({
        owner: 'acme',
        repo: 'web',
        users: ['ana', 'ben'],
        milestones: ['v1', 'v2'].map((title) => ({ title, createdAt: '2026-01-01T00:00:00Z' })),
        issues: ['Epic', 'Story'].map((title) => ({ title, at: '2026-01-02T00:00:00Z', by: 'ana' })),
      })
      const own = state.issues.get(2)!
      const expected = turns.map((turn, index) => {
        const instant = new Date(Date.parse('2026-01-03T00:00:00Z') + index * 3_600_000).toISOString()
        DEEDS[turn]!(state, 2, { at: instant, by: 'ana' })
        const milestone = own.milestone === null ? [] : [`v${own.milestone}`]
        return {
          instant,
          state: own.state,
          labels: [...own.labels].sort(),
          assigned: own.assignees.length,
          milestone,
          parent: own.parent,
          title: own.title,
        }
      })
      const answer = execute(ITEMS, { ids: [own.nodeId] }, queryRoot(state)).data as { nodes: unknown[] }
      const titles = new Map(
        [...state.milestones.values()].map(({ nodeId, title }) => [title, { id: nodeId, key: title }]),
      )
      const item = normalise(itemNode.parse(answer.nodes[0]), settingsOf(), titles)
      const told = expected.map(({ instant }) => {
        const value = (field: ItemField) => valueAt(item.history, field, instant)
        const status = value('status') as { state: string }
        return {
          instant,
          state: status.state === 'todo' ? 'open' : 'closed',
          labels: value('labels') ?? [],
          assigned: ((value('assignees') ?? []) as string[]).length,
          milestone: ((value('milestones') ?? []) as { key: string }[]).map(({ key }) => key),
          parent: value('parent') ? 1 : null,
          title: value('title'),
        }
      })
      expect(told).toEqual(expected)
      expect(item.completeHistory).toHaveLength(7)
    }),
    { numRuns: 200 },
  )
})
