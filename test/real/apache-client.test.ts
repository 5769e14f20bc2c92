import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PulledItem } from '../../src/model/fact.ts'
import type { WorkState } from '../../src/model/work-item.ts'
import { jira } from '../../src/trackers/jira/jira.ts'
import type { TrackerCall, TrackerClient } from '../../src/trackers/tracker.ts'
import { type ApacheIssue, statusesOf } from '../../demo/real/apache-recording.ts'
import type { Replay } from '../../demo/real/listen.ts'
import { serveApache } from '../../demo/real/serve-apache.ts'
import { withApache } from './recorded.ts'

// Resolutions of that site with which something was closed without being done.
const DROPPED = ['Duplicate', 'Invalid', "Won't Fix", 'Cannot Reproduce', 'Not a Problem', 'Incomplete', 'Later']

test('an issue served as a Data Center does is pulled with its history', async () => {
  const status = { id: '5', name: 'Resolved', statusCategory: { key: 'done' } }
  const replay = await serveApache({
    issues: [
      {
        id: '7',
        key: 'AB-1',
        fields: {
          project: { id: '1', key: 'AB', name: 'Abacus' },
          status,
          resolution: { name: 'Fixed' },
          fixVersions: [],
          created: '2012-01-05T12:00:00.000+0000',
          updated: '2012-01-06T14:00:00.000+0100',
        },
        changelog: {
          total: 1,
          histories: [
            { id: '70', created: '2012-01-06T14:00:00.000+0100', items: [{ field: 'status', from: '3', to: '5' }] },
          ],
        },
      },
    ],
  })
  const tools = { fetch, now: () => new Date('2026-01-01T00:00:00Z'), onCall: () => {}, log: () => {} }
  const connection = { id: 'apache', tracker: 'jira', url: replay.url, settings: {} }
  const client = jira.connect(connection, { token: replay.token }, tools)
  const { items } = await client.pull({ id: 'ab', connection: 'apache', settings: { project: 'AB' } }, ['7'])
  await replay.close()
  const statuses = items[0]!.history.filter((fact) => fact.field === 'status')
  expect(statuses.map((fact) => [fact.occurredAt, fact.value])).toEqual([
    ['2012-01-05T12:00:00.000Z', { name: 'In Progress', state: 'doing' }],
    ['2012-01-06T13:00:00.000Z', { name: 'Resolved', state: 'done' }],
  ])
})

withApache((apache) => {
  describe('501 issues of issues.apache.org', () => {
    let replay: Replay
    let client: TrackerClient
    let items: PulledItem[]
    const calls: TrackerCall[] = []
    const source = {
      id: 'apache',
      connection: 'apache',
      settings: {
        jql: 'project in (CB, DRILL, CLIMATE, FLEX, TEZ, ANY23, JENA, GORA, ONAMI, DIRECTMEMORY, HELIX, TWILL, STORM, KNOX, MTOMCAT, S4, INFRA, ROL, BLUR, CURATOR, RAT)',
      },
    }

    beforeAll(async () => {
      replay = await serveApache(apache)
      const connection = { id: 'apache', tracker: 'jira', url: replay.url, settings: {} }
      const tools = {
        fetch,
        now: () => new Date('2026-01-01T00:00:00Z'),
        onCall: (call: TrackerCall) => void calls.push(call),
        log: () => {},
      }
      client = jira.connect(connection, { token: replay.token }, tools)
      items = []
      for await (const page of client.listChanged(source, null))
        items.push(...(await client.pull(source, page.externalIds)).items)
    })
    afterAll(() => replay.close())

    const issueOf = (item: PulledItem): ApacheIssue => apache.issues.find((issue) => issue.id === item.externalId)!

    test('all of them come, in at most 25 calls per 1,000', () => {
      expect(new Set(items.map((item) => item.externalId))).toEqual(new Set(apache.issues.map((issue) => issue.id)))
      expect(calls.length).toBeLessThanOrEqual(25 * (apache.issues.length / 1000))
    })

    test('each stands as its status and resolution say', () => {
      const counts = { todo: 0, doing: 0, done: 0, dropped: 0 }
      for (const item of items) counts[item.snapshot.status.state] += 1
      const expected = { todo: 0, doing: 0, done: 0, dropped: 0 }
      for (const { fields } of apache.issues) expected[stateOf(fields.status, fields.resolution?.name ?? null)] += 1
      expect(counts).toEqual(expected)
      expect(counts).toEqual({ todo: 5, doing: 0, done: 403, dropped: 93 })
    })

    test('each was finished when it last entered a done status from another', () => {
      const categories = new Map([...statusesOf(apache)].map(([id, status]) => [id, status.statusCategory.key]))
      let compared = 0
      for (const item of items) {
        const expected = lastEntryIntoDone(issueOf(item), categories)
        if (expected === null) continue
        compared += 1
        expect([item.key, lastFinish(item)]).toEqual([item.key, expected])
      }
      expect(compared).toBeGreaterThan(480)
    })

    test('history begins as the issue was created and ends as it stands', () => {
      for (const item of items) {
        const last = new Map(item.history.map((fact) => [fact.field, fact.value]))
        for (const field of item.completeHistory)
          if (last.has(field))
            expect([item.key, field, last.get(field)]).toEqual([item.key, field, item.snapshot[field]])
        expect(item.history.every((fact) => fact.occurredAt >= item.createdAt || fact.field === 'worklog')).toBe(true)
      }
      const opened = items.filter((item) =>
        item.history.some(
          (fact) => fact.key === 'created:status' && fact.field === 'status' && fact.value.name === 'Open',
        ),
      )
      expect(opened.length).toBeGreaterThan(490)
    })

    test('versions are those of the issues', async () => {
      for (const item of items) {
        const ids = issueOf(item).fields.fixVersions.map((version) => version.id)
        expect(item.snapshot.milestones.map((version) => version.id)).toEqual(ids.sort())
      }
      const milestones = await client.listMilestones({ ...source, settings: { project: 'CB' } })
      const dated = milestones.filter((milestone) => milestone.due !== null)
      const expected = new Map(
        apache.issues
          .filter((issue) => issue.fields.project.key === 'CB')
          .flatMap((issue) => issue.fields.fixVersions.map((version) => [version.id, version])),
      )
      expect(milestones).toHaveLength(expected.size)
      expect(dated).toHaveLength([...expected.values()].filter((version) => version.releaseDate).length)
    })

    test('22 worklogs and 56 changes of due dates are there', () => {
      const facts = items.flatMap((item) => item.history)
      expect(facts.filter((fact) => fact.field === 'worklog')).toHaveLength(22)
      expect(facts.filter((fact) => fact.field === 'due' && !fact.key.startsWith('created'))).toHaveLength(56)
    })

    test('issues that came from another project were not in this one before', async () => {
      const flex = { ...source, settings: { project: 'FLEX' } }
      const ids = apache.issues.filter((issue) => issue.fields.project.key === 'FLEX').map((issue) => issue.id)
      const moved = (await client.pull(flex, ids)).items.filter((item) =>
        item.history.some((fact) => fact.field === 'presence' && fact.value === 'present'),
      )
      const expected = apache.issues.filter(
        (issue) =>
          issue.fields.project.key === 'FLEX' &&
          issue.changelog.histories.some((history) =>
            history.items.some((item) => item.field === 'Project' && item.to === issue.fields.project.id),
          ),
      )
      expect(moved.map((item) => item.key).sort()).toEqual(expected.map((issue) => issue.key).sort())
      expect(moved.length).toBeGreaterThan(0)
    })
  })
})

const stateOf = (status: ApacheIssue['fields']['status'], resolution: string | null): WorkState => {
  const { key } = status.statusCategory
  if (key === 'done') return resolution !== null && DROPPED.includes(resolution) ? 'dropped' : 'done'
  return key === 'indeterminate' ? 'doing' : 'todo'
}

/** Read off the changelog alone. */
const lastEntryIntoDone = (issue: ApacheIssue, categories: ReadonlyMap<string, string>): string | null => {
  let at: string | null = null
  for (const history of issue.changelog.histories.toSorted(
    (a, b) => Date.parse(a.created) - Date.parse(b.created) || Number(a.id) - Number(b.id),
  ))
    for (const item of history.items)
      if (
        item.field === 'status' &&
        categories.get(item.to ?? '') === 'done' &&
        categories.get(item.from ?? '') !== 'done'
      )
        at = new Date(history.created).toISOString()
  return issue.fields.status.statusCategory.key === 'done' ? at : null
}

const lastFinish = (item: PulledItem): string | null => {
  let at: string | null = null
  let before = false
  for (const fact of item.history) {
    if (fact.field !== 'status') continue
    const ended = fact.value.state === 'done' || fact.value.state === 'dropped'
    if (ended && !before) at = fact.occurredAt
    before = ended
  }
  return at
}
