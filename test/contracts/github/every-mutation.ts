import * as at from '../../../demo/stand-ins/github/mutations.ts'
import type { GitHubState } from '../../../demo/stand-ins/github/state.ts'

/** One of each thing that can happen in the stand-in, in order, by its users `ana` and `ben`. */
export const everyMutation = (state: GitHubState): void => {
  let minute = 0
  const deed = () => {
    minute += 1
    return { at: new Date(Date.parse('2026-03-02T08:00:00Z') + minute * 60_000).toISOString(), by: 'ana' }
  }
  at.createMilestone(state, { title: 'v1.0', createdAt: deed().at, dueOn: '2026-05-29', description: 'First' })
  at.createMilestone(state, { title: 'v2.0', createdAt: deed().at })
  const parent = at.openIssue(state, { ...deed(), title: 'Epic' })
  const issue = at.openIssue(state, {
    ...deed(),
    title: 'Story',
    labels: ['points: 5'],
    assignees: ['ben'],
    milestone: 1,
    parent: parent.number,
  })
  const { number } = issue
  at.labelIssue(state, number, 'bug', deed())
  at.unlabelIssue(state, number, 'bug', deed())
  at.assignIssue(state, number, 'ana', deed())
  at.unassignIssue(state, number, 'ben', deed())
  at.setMilestone(state, number, 2, deed())
  at.setMilestone(state, number, null, deed())
  at.retitleIssue(state, number, 'Story, told better', deed())
  at.setParent(state, number, null, deed())
  at.setParent(state, number, parent.number, deed())
  for (const reason of ['completed', 'not_planned', 'duplicate', null] as const) {
    at.closeIssue(state, number, { ...deed(), reason })
    at.reopenIssue(state, number, deed())
  }
  at.closeIssue(state, number, deed())
  at.editMilestone(state, 1, { ...deed(), title: 'v1.0 final', dueOn: '2026-06-05' })
  at.closeMilestone(state, 1, deed())
  const merged = at.openPullRequest(state, { ...deed(), title: 'Fix', milestone: 2, labels: ['bug'] })
  at.mergePullRequest(state, merged.number, deed())
  const deleted = at.openIssue(state, { ...deed(), title: 'Mistake' })
  at.deleteIssue(state, deleted.number, deed())
  const transferred = at.openIssue(state, { ...deed(), title: 'Not ours' })
  at.transferIssue(state, transferred.number, 'acme/other', deed())
}
