import type { Milestone } from '../../model/work-item.ts'
import { dateOf } from './present.ts'
import { at, textOf } from './raw.ts'

/**
 * A project version as a milestone. Jira notes the day of a release, not the hour: noon in UTC is that day from
 * Honolulu to Auckland.
 */
export const milestoneOf = (version: unknown, projectUrl: string): Milestone => {
  const id = textOf(at(version, 'id'))
  const due = dateOf(at(version, 'releaseDate'))
  const released = at(version, 'released') === true
  return {
    id,
    title: textOf(at(version, 'name')),
    url: `${projectUrl}/versions/${id}`,
    start: dateOf(at(version, 'startDate')),
    due,
    closedAt: released && due !== null ? `${due}T12:00:00.000Z` : null,
    state: released || at(version, 'archived') === true ? 'closed' : 'open',
  }
}
