import { expect, test } from 'vitest'
import { createGitHubWorld } from '../../../demo/sample/apply-to-github.ts'
import { createJiraWorld } from '../../../demo/sample/apply-to-jira.ts'
import { samplePortfolio } from '../../../demo/sample/portfolio.ts'
import { replay } from './replay.ts'

const sample = samplePortfolio({ seed: 1, anchor: '2026-11-22' })
const world = replay(sample.events)
const present = [...world.items.values()].filter((item) => !item.gone)

test('the stand-in GitHub ends where the script ends', () => {
  const { states, apply } = createGitHubWorld(sample)
  for (const event of sample.events) apply(event)
  const expected = present.filter((item) => item.container.includes('/'))
  expect(expected.length).toBeGreaterThan(400)
  expect([...states.values()].reduce((sum, state) => sum + state.issues.size, 0)).toBe(expected.length)
  for (const item of expected) {
    const state = states.get(item.container)!
    const issue = state.issues.get(Number(item.key.split('#')[1]))!
    expect(issue.title).toBe(item.title)
    expect(issue.state).toBe(item.state === 'done' || item.state === 'dropped' ? 'closed' : 'open')
    if (item.state === 'done') expect(issue.stateReason).toBe('completed')
    if (item.state === 'dropped') expect(['not_planned', 'duplicate']).toContain(issue.stateReason)
    expect(issue.milestone === null ? null : state.milestones.get(issue.milestone)!.title).toBe(item.milestone)
    expect(issue.labels.filter((label) => label.startsWith('points: '))).toEqual(
      item.points === null ? [] : [`points: ${item.points}`],
    )
  }
})

test('the stand-in Jira ends where the script ends', () => {
  const { state, apply } = createJiraWorld(sample)
  for (const event of sample.events) apply(event)
  const expected = present.filter((item) => !item.container.includes('/'))
  expect(expected.length).toBeGreaterThan(500)
  expect(state.issues.size).toBe(expected.length)
  for (const item of expected) {
    const issue = state.issue(item.key)
    expect(issue.key).toBe(item.key)
    expect(issue.summary).toBe(item.title)
    expect(state.statuses.find(({ id }) => id === issue.statusId)!.category === 'done').toBe(
      item.state === 'done' || item.state === 'dropped',
    )
    expect(issue.resolution).toEqual(
      item.state === 'done'
        ? 'Done'
        : item.state === 'dropped'
          ? expect.stringMatching(/^(Won't Do|Duplicate)$/)
          : null,
    )
    expect(issue.fixVersions.map((id) => state.versions.find((version) => version.id === id)!.name)).toEqual(
      item.milestone === null ? [] : [item.milestone],
    )
    expect(issue.parent).toBe(item.parent === null ? null : state.issue(world.items.get(item.parent)!.key).id)
    expect([...issue.numbers.values()]).toEqual(item.points === null ? [] : [item.points])
  }
  const seconds = [...state.issues.values()]
    .flatMap((issue) => issue.worklogs)
    .reduce((sum, worklog) => sum + worklog.seconds, 0)
  expect(seconds).toBe(world.logged.reduce((sum, entry) => sum + entry.seconds, 0))
})
