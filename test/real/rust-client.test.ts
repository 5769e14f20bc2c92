import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PulledItem } from '../../src/model/fact.ts'
import { github } from '../../src/trackers/github/github.ts'
import type { TrackerCall, TrackerClient } from '../../src/trackers/tracker.ts'
import type { Replay } from '../../demo/real/listen.ts'
import type { RecordedIssue } from '../../demo/real/rust-recording.ts'
import { serveRust } from '../../demo/real/serve-rust.ts'
import { withRust } from './recorded.ts'

withRust((rust) => {
  describe('1,738 issues and pull requests of rust-lang/rust', () => {
    let replay: Replay
    let client: TrackerClient
    let items: readonly PulledItem[]
    let recorded: ReadonlyMap<string, RecordedIssue>
    const calls: TrackerCall[] = []
    const settings = { repository: 'rust-lang/rust' }
    const source = { id: 'rust', connection: 'rust', settings }

    const readAll = async (wanted: typeof source) => {
      const ids: string[] = []
      for await (const page of client.listChanged(wanted, null)) ids.push(...page.externalIds)
      const { items: pulled, missing } = await client.pull(wanted, ids)
      expect(missing).toEqual([])
      return { ids, items: pulled }
    }

    beforeAll(async () => {
      replay = await serveRust(rust)
      const connection = { id: 'rust', tracker: 'github', url: replay.url, settings: {} }
      const tools = {
        fetch,
        now: () => new Date('2026-01-01T00:00:00Z'),
        onCall: (call: TrackerCall) => void calls.push(call),
        log: () => {},
      }
      client = github.connect(connection, { token: replay.token }, tools)
      recorded = new Map(rust.issues.map((issue) => [issue.node_id, issue]))
      items = (await readAll(source)).items
    })
    afterAll(() => replay.close())

    test('every issue arrives once, no pull request does, in fewer than 40 calls a thousand', () => {
      const issues = rust.issues.filter((issue) => !issue.pull_request)
      expect(items.map((item) => item.externalId).sort()).toEqual(issues.map((issue) => issue.node_id).sort())
      expect([items.length, rust.issues.length]).toEqual([1728, 1738])
      expect(calls.length).toBeLessThanOrEqual(1.728 * 40)
    })

    test('pull requests arrive where the source wants them: merged is done, closed is dropped', async () => {
      const wanted = { ...source, settings: { ...settings, pullRequests: true } }
      const all = await readAll(wanted)
      const pulls = all.items.filter((item) => item.snapshot.type === 'Pull request')
      expect([all.items.length, pulls.length]).toEqual([1738, 10])
      for (const { externalId, snapshot } of pulls) {
        const merged = !!recorded.get(externalId)?.pull_request?.merged_at
        expect(snapshot.status.state).toBe(merged ? 'done' : 'dropped')
      }
    })

    test('each is done since the second in which it was closed, and was to do from its creation', () => {
      for (const { externalId, history } of items) {
        const issue = recorded.get(externalId)!
        const states = history.flatMap((fact) =>
          fact.field === 'status' ? [[Date.parse(fact.occurredAt), fact.value.state]] : [],
        )
        expect(states).toEqual([
          [Date.parse(issue.created_at), 'todo'],
          [Date.parse(issue.closed_at!), 'done'],
        ])
      }
    })

    test('titles, labels, assignees and milestones are as recorded', () => {
      for (const { externalId, key, snapshot } of items) {
        const issue = recorded.get(externalId)!
        expect({ key, ...snapshot }).toMatchObject({
          key: `rust-lang/rust#${issue.number}`,
          title: issue.title,
          labels: issue.labels.map(({ name }) => name).sort(),
          assignees: issue.assignees.map(({ login }) => `github:${login}`).sort(),
          milestones: [{ id: issue.milestone!.node_id, key: issue.milestone!.title }],
        })
      }
    })

    test('milestones are due on the day that their page shows', async () => {
      const milestones = await client.listMilestones(source)
      const due = Object.fromEntries(milestones.map((milestone) => [milestone.title, milestone.due]))
      expect(milestones).toHaveLength(17)
      expect(due).toMatchObject({
        '0.1 first supported public release': '2012-01-31',
        '0.3': '2012-05-26',
        '0.8': '2013-10-01',
        '1.0': '2015-05-15',
        '1.6': '2016-01-21',
        'Edition 2018 RC 2': '2018-10-25',
        'old 1.0 milestone': null,
      })
    })

    test('pulling again gives the same', async () => {
      const ids = items.slice(0, 120).map((item) => item.externalId)
      expect((await client.pull(source, ids)).items).toEqual(items.slice(0, 120))
    })
  })
})
