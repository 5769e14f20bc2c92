import type { ItemField, Reference } from '../../model/work-item.ts'
import type { NormaliseContext } from './normalise-context.ts'
import { type Standing, dateOf, numberOf } from './present.ts'
import { type RawChange, textOf, writtenSide } from './raw.ts'

type Side = 'from' | 'to'

/** A change that means something to an item: which of its fields, and how to bring a standing to either side of it. */
export interface Change {
  readonly field: ItemField
  apply(standing: Standing, side: Side): void
}

/** Reads one entry of a changelog; `null` when no field of ours is concerned. */
export const readChange = (raw: RawChange, context: NormaliseContext): Change | null => {
  const id = (side: Side): string | null =>
    raw[side] === null || raw[side] === undefined || raw[side] === '' ? null : textOf(raw[side])
  const text = (side: Side): string | null => writtenSide(raw, side)
  const set = (field: ItemField, write: (standing: Standing, side: Side) => void): Change => ({ field, apply: write })

  switch (systemFieldOf(raw, context)) {
    case 'summary':
      return set('title', (standing, side) => {
        standing.title = text(side) ?? ''
      })
    case 'status':
      return set('status', (standing, side) => {
        standing.status = { id: id(side), name: text(side) ?? '' }
      })
    case 'resolution':
      return set('status', (standing, side) => {
        standing.resolution = text(side)
      })
    case 'issuetype':
      return set('type', (standing, side) => {
        standing.type = text(side)
      })
    case 'assignee':
      return set('assignees', (standing, side) => {
        const account = id(side)
        standing.assignee = account === null ? null : `jira:${account}`
      })
    case 'duedate':
      return set('due', (standing, side) => {
        standing.due = dateOf(id(side) ?? text(side))
      })
    case 'timeoriginalestimate':
      return set('estimateSeconds', (standing, side) => {
        standing.estimateSeconds = numberOf(id(side) ?? text(side))
      })
    case 'labels':
      return set('labels', (standing, side) => {
        standing.labels = (text(side) ?? '').split(/\s+/).filter((label) => label !== '')
      })
    case 'fixVersions':
      return set('milestones', (standing, side) => {
        standing.versions = swapped(standing.versions, reference(raw, other(side)), reference(raw, side))
      })
    case 'components':
      return set('components', (standing, side) => {
        standing.components = swapped(standing.components, reference(raw, other(side)), reference(raw, side))
      })
    case 'parent':
      return set('parent', (standing, side) => {
        const parent = reference(raw, side)
        const left = reference(raw, other(side))
        // A change from sub-task to story with an epic empties one slot and fills another: emptying undoes only its own.
        if (parent !== null) standing.parent = same(standing.parent, parent) ? standing.parent : parent
        else if (same(standing.parent, left)) standing.parent = null
      })
    case 'sprint':
      return set('sprints', (standing, side) => {
        standing.sprints = sprintsOf(id(side), text(side), standing.sprints)
      })
    case 'points':
      return set('points', (standing, side) => {
        standing.points.set(pointField(raw, context) ?? '', numberOf(text(side) ?? id(side)))
      })
    case 'project':
      return set('presence', (standing, side) => {
        standing.projectId = id(side) ?? standing.projectId
      })
    default:
      return null
  }
}

/** Jira's own names of a field, in the words of this file. Data Center writes names only, some of them in two ways. */
const systemFieldOf = (raw: RawChange, context: NormaliseContext): string | null => {
  if (pointField(raw, context) !== null) return 'points'
  const { epicLink, sprint } = context.fields
  const name = (raw.field ?? '').toLowerCase()
  if (epicLink && (raw.fieldId === epicLink.id || (raw.fieldtype === 'custom' && name === epicLink.name.toLowerCase())))
    return 'parent'
  if (sprint && (raw.fieldId === sprint.id || (raw.fieldtype === 'custom' && name === sprint.name.toLowerCase())))
    return 'sprint'
  if (raw.fieldtype === 'custom') return name === 'epic link' ? 'parent' : null
  return SYSTEM_FIELDS[name] ?? null
}

const SYSTEM_FIELDS: Readonly<Record<string, string>> = {
  summary: 'summary',
  status: 'status',
  resolution: 'resolution',
  issuetype: 'issuetype',
  assignee: 'assignee',
  duedate: 'duedate',
  timeoriginalestimate: 'timeoriginalestimate',
  labels: 'labels',
  'fix version': 'fixVersions',
  'fix version/s': 'fixVersions',
  fixversions: 'fixVersions',
  component: 'components',
  'component/s': 'components',
  components: 'components',
  parent: 'parent',
  'parent issue': 'parent',
  issueparentassociation: 'parent',
  'epic link': 'parent',
  project: 'project',
}

/** The id of the points field that a change is about. Two fields of one name cannot be told apart without an id. */
const pointField = (raw: RawChange, context: NormaliseContext): string | null => {
  const { points } = context.fields
  if (raw.fieldId) return points.find((field) => field.id === raw.fieldId)?.id ?? null
  if (raw.fieldtype !== 'custom') return null
  return points.find((field) => field.name.toLowerCase() === (raw.field ?? '').toLowerCase())?.id ?? null
}

const other = (side: Side): Side => (side === 'to' ? 'from' : 'to')

const reference = (raw: RawChange, side: Side): Reference | null => {
  const id = raw[side]
  const key = writtenSide(raw, side)
  if ((id === null || id === undefined || id === '') && key === null) return null
  return { id: textOf(id || key), key: key ?? textOf(id) }
}

const same = (a: Reference | null, b: Reference | null): boolean =>
  a !== null && b !== null && (a.id === b.id || a.key === b.key)

/** A list without one reference and with another. What is in it already keeps its present name. */
const swapped = (list: readonly Reference[], out: Reference | null, into: Reference | null): readonly Reference[] => {
  const rest = out === null ? list : list.filter((entry) => entry.id !== out.id)
  return into === null || rest.some((entry) => entry.id === into.id) ? rest : [...rest, into]
}

/** `"12, 13"` with `"Sprint 1, Sprint 2"`. Names may hold commas: then those known by id are used. */
const sprintsOf = (ids: string | null, names: string | null, known: readonly Reference[]): readonly Reference[] => {
  const idList = (ids ?? '').split(',').flatMap((id) => (id.trim() === '' ? [] : [id.trim()]))
  const nameList = (names ?? '').split(', ').filter((name) => name !== '')
  if (idList.length === 0) return nameList.map((name) => ({ id: name, key: name }))
  return idList.map((id, index) => ({
    id,
    key:
      known.find((sprint) => sprint.id === id)?.key ??
      (nameList.length === idList.length ? nameList[index]! : idList.length === 1 ? (names ?? id) : id),
  }))
}
