import {
  assignIssue,
  closeIssue,
  createGitHubState,
  labelIssue,
  openIssue,
  reopenIssue,
  setMilestone,
  setParent,
} from '../../demo/stand-ins/github/mutations.ts'
import type { GitHubState } from '../../demo/stand-ins/github/state.ts'
import { MILESTONES, PEOPLE } from './bench-setup.ts'

const FIRST_DAY_MS = Date.UTC(2025, 0, 6, 8)
const WORKED_DAYS = 400
const HOUR_MS = 3_600_000
const POINTS = [1, 2, 3, 5, 8]

/**
 * A repository of an ordinary team: estimates as labels, a milestone for most issues, work begun, done, some of it
 * reopened, every twelfth issue a sub-issue. About 7 events an issue; the same for the same number.
 */
export const makeRepository = (issues: number): GitHubState => {
  const state = createGitHubState({
    owner: 'acme',
    repo: 'bench',
    users: PEOPLE,
    createdAt: '2024-12-01T00:00:00Z',
    milestones: MILESTONES.map((title) => ({ title, createdAt: '2024-12-02T00:00:00Z', dueOn: '2026-06-30' })),
  })
  for (let index = 0; index < issues; index += 1) addIssue(state, index, issues)
  return state
}

const addIssue = (state: GitHubState, index: number, issues: number): void => {
  const by = PEOPLE[index % PEOPLE.length]!
  const begun = FIRST_DAY_MS + Math.floor((index / issues) * WORKED_DAYS) * 24 * HOUR_MS + (index % 50) * 60_000
  const deed = (hours: number) => ({ at: new Date(begun + hours * HOUR_MS).toISOString(), by })
  const label = `points: ${POINTS[index % POINTS.length]}`
  const { number } = openIssue(state, {
    title: `Work item ${index + 1}: the customer can see what was ordered`,
    body: 'As a customer I want to see what I ordered, so that I can order it again.\n'.repeat(3),
    at: deed(0).at,
    by,
    labels: [label, 'area: shop'],
  })
  if (index % 15 !== 0) setMilestone(state, number, 1 + (index % MILESTONES.length), deed(1))
  assignIssue(state, number, PEOPLE[(index + 1) % PEOPLE.length]!, deed(2))
  if (index % 12 === 11) setParent(state, number, number - 11, deed(3))
  if (index % 5 === 4) return
  labelIssue(state, number, 'in progress', deed(24))
  if (index % 5 === 3) return
  closeIssue(state, number, { ...deed(72), reason: index % 20 === 7 ? 'not_planned' : 'completed' })
  if (index % 25 !== 6) return
  reopenIssue(state, number, deed(96))
  closeIssue(state, number, deed(120))
}
