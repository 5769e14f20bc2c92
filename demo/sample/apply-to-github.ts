import {
  assignIssue,
  closeIssue,
  closeMilestone,
  createGitHubState,
  createMilestone,
  deleteIssue,
  editMilestone,
  labelIssue,
  openIssue,
  reopenIssue,
  retitleIssue,
  setMilestone,
  setParent,
  transferIssue,
  unassignIssue,
  unlabelIssue,
} from '../stand-ins/github/mutations.ts'
import { type GitHubState, issueOf } from '../stand-ins/github/state.ts'
import type { CreateItem, SampleEvent } from './events.ts'
import { personOf } from './people.ts'
import type { Sample } from './portfolio.ts'

/** The sample's repositories as stand-ins, empty at first. */
export interface GitHubWorld {
  /** `acme/web` -> its state. */
  readonly states: ReadonlyMap<string, GitHubState>
  /**
   * Acts one event out. Events of other trackers are passed over; give all of them in order.
   * @throws Error when an item gets another number than the sample says
   */
  readonly apply: (event: SampleEvent) => void
}

/** Teams tell in labels what GitHub has no field for. */
const STARTED = 'in progress'

export const createGitHubWorld = (sample: Pick<Sample, 'repositories' | 'people'>): GitHubWorld => {
  const users = sample.people.flatMap((person) => (person.github ? [person.github.login] : []))
  const states = new Map(
    sample.repositories.map((name) => {
      const [owner = '', repo = ''] = name.split('/')
      return [name, createGitHubState({ owner, repo, users })]
    }),
  )
  const numbers = new Map<string, number>()
  const stateOf = (repository: string): GitHubState => {
    const state = states.get(repository)
    if (!state) throw new Error(`the sample has no repository ${repository}`)
    return state
  }
  const milestoneNumber = (state: GitHubState, title: string): number => {
    const found = [...state.milestones.values()].find((milestone) => milestone.title === title)
    if (!found) throw new Error(`the sample has no milestone ${title} in ${state.owner}/${state.repo}`)
    return found.number
  }
  const enter = (item: string, key: string, number: number): void => {
    if (!key.endsWith(`#${number}`)) throw new Error(`${item} became number ${number}, the sample says ${key}`)
    numbers.set(item, number)
  }

  const apply = (event: SampleEvent): void => {
    if (event.tracker !== 'github') return
    const state = stateOf(event.container)
    const deed = { at: event.at, by: loginOf(event.actor) }
    if (event.kind === 'createMilestone') {
      const due = event.due === null ? {} : { dueOn: event.due }
      createMilestone(state, {
        title: event.milestone,
        description: event.text,
        createdAt: event.at,
        creator: deed.by,
        ...due,
      })
      return
    }
    if (event.kind === 'rescheduleMilestone') {
      editMilestone(state, milestoneNumber(state, event.milestone), { ...deed, dueOn: event.due })
      return
    }
    if (event.kind === 'closeMilestone') {
      closeMilestone(state, milestoneNumber(state, event.milestone), deed)
      return
    }
    if (event.kind === 'create') {
      const milestone = event.milestone === null ? {} : { milestone: milestoneNumber(state, event.milestone) }
      const parent = event.parent === null ? {} : { parent: numbers.get(event.parent)! }
      const assignees = event.assignee === null ? [] : [loginOf(event.assignee)]
      const issue = openIssue(state, {
        ...deed,
        title: event.title,
        body: event.text,
        labels: labelsOf(event),
        assignees,
        ...milestone,
        ...parent,
      })
      enter(event.item, event.key, issue.number)
      return
    }
    const number = numbers.get(event.item)
    if (number === undefined) throw new Error(`the sample speaks of ${event.item} before it exists`)
    switch (event.kind) {
      case 'estimate':
        for (const label of issueOf(state, number).labels.filter((name) => name.startsWith('points: ')))
          unlabelIssue(state, number, label, deed)
        if (event.points !== null) labelIssue(state, number, `points: ${event.points}`, deed)
        break
      case 'start':
        labelIssue(state, number, STARTED, deed)
        break
      case 'complete':
        closeIssue(state, number, deed)
        break
      case 'drop':
        closeIssue(state, number, {
          ...deed,
          reason: event.reason === 'duplicate' ? 'duplicate' : 'not_planned',
        })
        break
      case 'reopen':
        reopenIssue(state, number, deed)
        break
      case 'setMilestone':
        setMilestone(state, number, event.milestone === null ? null : milestoneNumber(state, event.milestone), deed)
        break
      case 'setParent':
        setParent(state, number, event.parent === null ? null : numbers.get(event.parent)!, deed)
        break
      case 'label':
        labelIssue(state, number, event.label, deed)
        break
      case 'unlabel':
        unlabelIssue(state, number, event.label, deed)
        break
      case 'assign':
        for (const login of [...issueOf(state, number).assignees]) unassignIssue(state, number, login, deed)
        if (event.person !== null) assignIssue(state, number, loginOf(event.person), deed)
        break
      case 'rename':
        retitleIssue(state, number, event.title, deed)
        break
      case 'delete':
        deleteIssue(state, number, deed)
        break
      case 'move':
        {
          const { title, body, labels, assignees } = issueOf(state, number)
          transferIssue(state, number, event.to, deed)
          const issue = openIssue(stateOf(event.to), {
            ...deed,
            title,
            ...(body === null ? {} : { body }),
            labels,
            assignees,
          })
          enter(event.item, event.key, issue.number)
        }
        break
    }
  }
  return { states, apply }
}

const labelsOf = ({ labels, type, points }: CreateItem): readonly string[] => [
  ...labels,
  ...(type === 'Bug' ? ['bug'] : []),
  ...(points === null ? [] : [`points: ${points}`]),
]

const loginOf = (id: string): string => {
  const login = personOf(id).github?.login
  if (login === undefined) throw new Error(`${id} has no account on GitHub`)
  return login
}
