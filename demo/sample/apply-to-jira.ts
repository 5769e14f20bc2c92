import { createJiraState, type JiraState } from '../stand-ins/jira/state.ts'
import type { SampleEvent } from './events.ts'
import { personOf } from './people.ts'
import type { Sample } from './portfolio.ts'
import { ZONE } from './working-days.ts'

/** The sample's Jira site as a stand-in, empty at first. */
export interface JiraWorld {
  readonly state: JiraState
  /**
   * Acts one event out. Events of other trackers are passed over; give all of them in order.
   * @throws Error when an item gets another key than the sample says
   */
  readonly apply: (event: SampleEvent) => void
}

export const createJiraWorld = (sample: Pick<Sample, 'projects' | 'people'>): JiraWorld => {
  const state = createJiraState({
    projects: sample.projects.map(({ key, name }) => ({ key, name })),
    users: sample.people.flatMap((person) =>
      person.jira === null ? [] : [{ id: person.jira, displayName: person.name, email: person.email }],
    ),
    accountZone: ZONE,
  })
  const ids = new Map<string, string>()

  const apply = (event: SampleEvent): void => {
    if (event.tracker !== 'jira') return
    const happening = { at: event.at, by: accountOf(event.actor) }
    if (event.kind === 'createMilestone') {
      const date = event.due === null ? {} : { releaseDate: event.due }
      state.addVersion({ project: event.container, name: event.milestone, ...date }, happening)
      return
    }
    if (event.kind === 'rescheduleMilestone') {
      state.editVersion(event.container, event.milestone, { releaseDate: event.due }, happening)
      return
    }
    if (event.kind === 'closeMilestone') {
      state.editVersion(event.container, event.milestone, { released: true }, happening)
      return
    }
    if (event.kind === 'create') {
      const issue = state.createIssue({
        ...happening,
        project: event.container,
        summary: event.title,
        type: event.type,
        labels: event.labels,
        components: event.components,
        fixVersions: event.milestone === null ? [] : [event.milestone],
        ...(event.points === null ? {} : { points: event.points }),
        ...(event.parent === null ? {} : { parent: ids.get(event.parent)! }),
        ...(event.assignee === null ? {} : { assignee: accountOf(event.assignee) }),
        ...(event.due === null ? {} : { due: event.due }),
      })
      if (issue.key !== event.key) throw new Error(`${event.item} became ${issue.key}, the sample says ${event.key}`)
      ids.set(event.item, issue.id)
      return
    }
    const id = ids.get(event.item)
    if (id === undefined) throw new Error(`the sample speaks of ${event.item} before it exists`)
    switch (event.kind) {
      case 'estimate':
        state.setPoints(id, event.points, happening)
        break
      case 'start':
        state.transition(id, 'In Progress', happening)
        break
      case 'review':
        state.transition(id, 'In Review', happening)
        break
      case 'complete':
        state.transition(id, 'Done', happening)
        break
      case 'drop':
        state.transition(id, 'Done', {
          ...happening,
          resolution: event.reason === 'duplicate' ? 'Duplicate' : "Won't Do",
        })
        break
      case 'reopen':
        state.transition(id, 'To Do', happening)
        break
      case 'setMilestone':
        state.setFixVersions(id, event.milestone === null ? [] : [event.milestone], happening)
        break
      case 'setParent':
        state.setParent(id, event.parent === null ? null : ids.get(event.parent)!, happening)
        break
      case 'label':
        state.setLabels(id, [...state.issue(id).labels, event.label], happening)
        break
      case 'unlabel':
        state.setLabels(
          id,
          state.issue(id).labels.filter((label) => label !== event.label),
          happening,
        )
        break
      case 'assign':
        state.assign(id, event.person === null ? null : accountOf(event.person), happening)
        break
      case 'logWork':
        {
          const work = { author: accountOf(event.person), started: event.startedAt, seconds: event.seconds }
          state.logWork(id, work, happening)
        }
        break
      case 'rename':
        state.rename(id, event.title, happening)
        break
      case 'delete':
        state.deleteIssue(id, happening)
        break
      case 'move':
        {
          state.moveIssue(id, event.to, happening)
          const { key } = state.issue(id)
          if (key !== event.key) throw new Error(`${event.item} moved to ${key}, the sample says ${event.key}`)
        }
        break
    }
  }
  return { state, apply }
}

const accountOf = (id: string): string => {
  const account = personOf(id).jira
  if (account === null) throw new Error(`${id} has no account in Jira`)
  return account
}
