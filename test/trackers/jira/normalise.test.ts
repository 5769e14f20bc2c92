import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { NormaliseContext } from '../../../src/trackers/jira/normalise-context.ts'
import { normalise } from '../../../src/trackers/jira/normalise.ts'
import { type RawHistory, type RawIssue, instantOf } from '../../../src/trackers/jira/raw.ts'
import {
  DROPPED_RESOLUTIONS,
  emptyStatusBook,
  learnStatus,
  normalName,
  statusOf,
} from '../../../src/trackers/jira/states.ts'

const statuses = emptyStatusBook()
const STATUSES = [
  { id: '1', name: 'To Do', statusCategory: { key: 'new' } },
  { id: '3', name: 'In Progress', statusCategory: { key: 'indeterminate' } },
  { id: '5', name: 'Done', statusCategory: { key: 'done' } },
]
for (const status of STATUSES) learnStatus(statuses, status)

const field = (id: string, name: string) => ({ id, name, custom: true, type: null })
const context: NormaliseContext = {
  baseUrl: 'https://acme.test',
  statuses,
  dropped: new Set(DROPPED_RESOLUTIONS.map(normalName)),
  fields: {
    points: [field('customfield_1', 'Story Points')],
    epicLink: field('customfield_2', 'Epic Link'),
    sprint: field('customfield_3', 'Sprint'),
  },
  projectId: null,
  idOfKey: new Map([['CORE-9', '90']]),
}
const issue = (parts: Partial<RawIssue>): RawIssue => ({
  id: '7',
  key: 'CORE-7',
  historyComplete: true,
  histories: [],
  worklogs: [],
  ...parts,
  fields: {
    summary: 'Pay',
    status: STATUSES[0],
    created: '2026-03-02T10:00:00.000+0000',
    updated: '2026-03-02T10:00:00.000+0000',
    ...parts.fields,
  },
})

test.each([
  { written: '2026-03-02T10:00:00.000+0545', instant: '2026-03-02T04:15:00.000Z' },
  { written: '2026-03-02T10:00:00.000-0330', instant: '2026-03-02T13:30:00.000Z' },
  { written: '2026-03-02T10:00:00Z', instant: '2026-03-02T10:00:00.000Z' },
  { written: 1492070429000, instant: '2017-04-13T08:00:29.000Z' },
  { written: 1492070429, instant: '2017-04-13T08:00:29.000Z' },
  { written: new Date(1492070429), instant: '2017-04-13T08:00:29.000Z' },
  { written: new Date(1492070429000), instant: '2017-04-13T08:00:29.000Z' },
  { written: 'soon', instant: null },
  { written: null, instant: null },
])('$written is $instant', ({ written, instant }) => expect(instantOf(written)).toBe(instant))

test.each([
  { name: 'Done', resolution: 'Done', state: 'done' },
  { name: 'Done', resolution: null, state: 'done' },
  { name: 'Done', resolution: 'Won’t do', state: 'dropped' },
  { name: 'Done', resolution: 'CANNOT REPRODUCE', state: 'dropped' },
  { name: 'In Progress', resolution: 'Duplicate', state: 'doing' },
  { name: 'Resolved long ago', resolution: null, state: 'done' },
  { name: 'In review', resolution: null, state: 'doing' },
  { name: 'Triage', resolution: null, state: 'todo' },
])('$name, resolved as $resolution, is $state', ({ name, resolution, state }) =>
  expect(statusOf(statuses, context.dropped, { id: null, name }, resolution).state).toBe(state),
)

test('an issue that is not done and yet carries a date of resolution is not done', () => {
  const item = normalise(
    issue({ fields: { status: STATUSES[1], resolutiondate: '2026-03-01T00:00:00.000+0000' } }),
    context,
  )
  expect(item.snapshot.status).toEqual({ name: 'In Progress', state: 'doing' })
})

describe('forms of Data Center', () => {
  test('an epic that is named by key has the id that was looked up', () => {
    expect(normalise(issue({ fields: { customfield_2: 'CORE-9' } }), context).snapshot.parent).toEqual({
      id: '90',
      key: 'CORE-9',
    })
  })
  test('a sprint that is printed as a Java object has its name, commas and all', () => {
    const printed =
      'com.atlassian.greenhopper.service.sprint.Sprint@1f[id=7,rapidViewId=2,state=CLOSED,name=Sprint 7, the last,startDate=<null>]'
    expect(normalise(issue({ fields: { customfield_3: [printed] } }), context).snapshot.sprints).toEqual([
      'Sprint 7, the last',
    ])
  })
  test('a story that was a sub-task and got an epic in the same breath has each in its time', () => {
    const items = [
      { field: 'Epic Link', fieldtype: 'custom', from: null, fromString: null, to: '90', toString: 'CORE-9' },
      { field: 'Parent', fieldtype: 'jira', from: '50', fromString: 'CORE-5', to: null, toString: null },
    ]
    for (const order of [items, items.toReversed()]) {
      const histories = [{ id: '1', created: '2026-03-03T10:00:00.000+0000', items: order }]
      const { history } = normalise(issue({ histories, fields: { customfield_2: 'CORE-9' } }), context)
      expect(history.filter((fact) => fact.field === 'parent').map((fact) => fact.value)).toEqual([
        { id: '50', key: 'CORE-5' },
        { id: '90', key: 'CORE-9' },
      ])
    }
  })
})

test('a change without a written side is read, though every object has a toString', () => {
  const histories = [
    { id: '1', created: 1772531000000, items: [{ field: 'assignee', fieldtype: 'jira', from: 'ana', to: null }] },
  ]
  const { history } = normalise(issue({ histories }), context)
  expect(history.filter((fact) => fact.field === 'assignees').map((fact) => fact.value)).toEqual([['jira:ana'], []])
})

test('history in any order, told twice, gives the same item; its last facts are the present', () => {
  const version = fc.constantFrom('10', '11', '12')
  const change = fc.oneof(
    fc.record({ field: fc.constant('Fix Version'), add: fc.boolean(), version }),
    fc.record({ field: fc.constant('status'), to: fc.constantFrom('1', '3', '5') }),
  )
  fc.assert(
    fc.property(fc.array(change, { maxLength: 12 }), fc.infiniteStream(fc.nat()), (changes, random) => {
      // A little Jira: applies the changes and writes the changelog.
      let status = '1'
      const versions = new Set<string>()
      const histories = changes.flatMap((one, index): RawHistory[] => {
        const created = `2026-03-03T10:00:${String(Math.floor(index / 3)).padStart(2, '0')}.000+0100`
        const head = { id: String(100 + index), created }
        if ('to' in one) {
          if (one.to === status) return []
          const item = { field: 'status', fieldtype: 'jira', from: status, fromString: 'x', to: one.to, toString: 'y' }
          status = one.to
          return [{ ...head, items: [item] }]
        }
        if (one.add === versions.has(one.version)) return []
        const side = { from: null, fromString: null, to: null, toString: null }
        const item = one.add
          ? { ...side, to: one.version, toString: `v${one.version}` }
          : { ...side, from: one.version, fromString: `v${one.version}` }
        if (one.add) versions.add(one.version)
        else versions.delete(one.version)
        return [{ ...head, items: [{ field: one.field, fieldtype: 'jira', ...item }] }]
      })
      const fields = {
        status: STATUSES.find((one) => one.id === status),
        fixVersions: [...versions].map((id) => ({ id, name: `v${id}` })),
      }
      const item = normalise(issue({ histories, fields }), context)
      const shuffled = histories
        .map((history) => ({ history, place: random.next().value }))
        .sort((a, b) => a.place - b.place)
      expect(normalise(issue({ histories: shuffled.map(({ history }) => history), fields }), context)).toEqual(item)
      expect(item.completeHistory).toHaveLength(12)
      expect(new Set(item.history.map((fact) => fact.key)).size).toBe(item.history.length)
      expect(
        item.history.filter(
          (fact) => fact.field === 'milestones' || (fact.field === 'status' && fact.key !== 'created:status'),
        ),
      ).toHaveLength(histories.length)
    }),
  )
})
