import type { IsoDate } from '../../model/time.ts'
import { isIsoDate } from '../../model/time.ts'
import type { Account, ItemFields, Reference } from '../../model/work-item.ts'
import type { NormaliseContext } from './normalise-context.ts'
import type { RawIssue } from './raw.ts'
import { accountOf, at, listOf, textOf } from './raw.ts'
import { statusOf } from './states.ts'

/** The parts of an issue that history takes back step by step: closer to Jira's fields than to an item's. */
export interface Standing {
  title: string
  status: { id: string | null; name: string }
  resolution: string | null
  /** By field id. */
  points: Map<string, number | null>
  estimateSeconds: number | null
  type: string | null
  versions: readonly Reference[]
  components: readonly Reference[]
  sprints: readonly Reference[]
  parent: Reference | null
  labels: readonly string[]
  assignee: Account | null
  due: IsoDate | null
  projectId: string | null
}

/** How an issue stands now. */
export const standingOf = (issue: RawIssue, context: NormaliseContext): Standing => {
  const { fields } = issue
  const { points, epicLink, sprint } = context.fields
  const status = fields.status
  return {
    title: textOf(fields.summary),
    status: { id: idOf(status), name: textOf(at(status, 'name')) },
    resolution: fields.resolution ? textOf(at(fields.resolution, 'name')) : null,
    points: new Map(points.map((field) => [field.id, numberOf(fields[field.id])])),
    estimateSeconds: numberOf(fields.timeoriginalestimate),
    type: fields.issuetype ? textOf(at(fields.issuetype, 'name')) : null,
    versions: listOf(fields.fixVersions).map(named),
    components: listOf(fields.components).map(named),
    sprints: sprint ? listOf(fields[sprint.id]).map(sprintOf) : [],
    parent: parentOf(issue, epicLink ? fields[epicLink.id] : null, context),
    labels: listOf(fields.labels).map(textOf),
    assignee: accountOf(fields.assignee),
    due: dateOf(fields.duedate),
    projectId: idOf(fields.project),
  }
}

/** The item values that a standing means. */
export const itemFieldsOf = (standing: Standing, context: NormaliseContext): ItemFields => ({
  title: standing.title,
  status: statusOf(context.statuses, context.dropped, standing.status, standing.resolution),
  points:
    context.fields.points.map((field) => standing.points.get(field.id) ?? null).find((value) => value !== null) ?? null,
  estimateSeconds: standing.estimateSeconds,
  type: standing.type,
  milestones: sorted(standing.versions, (version) => version.id),
  parent: standing.parent,
  labels: sorted(standing.labels, (label) => label),
  components: sorted(
    standing.components.map((component) => component.key),
    (name) => name,
  ),
  sprints: sorted(
    standing.sprints.map((sprint) => sprint.key),
    (name) => name,
  ),
  assignees: standing.assignee === null ? [] : [standing.assignee],
  due: standing.due,
  presence:
    context.projectId === null || standing.projectId === null || standing.projectId === context.projectId
      ? 'present'
      : 'moved',
})

/** `null` = empty; 0 is a value. */
export const numberOf = (value: unknown): number | null => {
  if (value === null || value === undefined || value === '') return null
  const number = Number(value)
  return Number.isFinite(number) ? number : null
}

/** The date in `2026-03-02` or `2026-03-02 00:00:00.0`. */
export const dateOf = (value: unknown): IsoDate | null => {
  const date = typeof value === 'string' ? value.slice(0, 10) : ''
  return isIsoDate(date) ? date : null
}

const idOf = (value: unknown): string | null => {
  const id = at(value, 'id')
  return id === undefined || id === null ? null : String(id)
}

const named = (value: unknown): Reference => ({
  id: idOf(value) ?? textOf(at(value, 'name')),
  key: textOf(at(value, 'name')),
})

/** Cloud gives an object, Data Center the printed form of a Java one: `...Sprint@1f[id=7,state=CLOSED,name=Sprint 7,...]`. */
const sprintOf = (value: unknown): Reference => {
  if (typeof value !== 'string') return named(value)
  const id = /[[,]id=(\d+)/.exec(value)?.[1]
  const name = /[[,]name=(.*?)(?:,[a-zA-Z]+=|\]$)/.exec(value)?.[1]
  return { id: id ?? textOf(value), key: textOf(name ?? value) }
}

/** The parent issue, else the epic. Data Center tells the epic's key only: its id comes from the call that looked it up. */
const parentOf = (issue: RawIssue, epic: unknown, context: NormaliseContext): Reference | null => {
  const parent = issue.fields.parent
  const id = idOf(parent)
  if (id !== null) return { id, key: textOf(at(parent, 'key')) }
  if (typeof epic === 'string' && epic !== '') return { id: context.idOfKey.get(epic) ?? epic, key: textOf(epic) }
  return null
}

const sorted = <T>(values: readonly T[], by: (value: T) => string): T[] =>
  [...new Map(values.map((value) => [by(value), value])).entries()]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, value]) => value)
