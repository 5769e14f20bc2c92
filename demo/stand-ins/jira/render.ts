import type { IsoInstant } from '../../../src/model/time.ts'
import { EPIC_LINK, RESOLUTIONS, SPRINT } from './defaults.ts'
import type { JiraChange, JiraHistory, JiraIssue, JiraProject, JiraStatus, JiraVersion, JiraWorklog } from './model.ts'
import type { JiraState } from './state.ts'
import { printed } from './zone-time.ts'

export type Flavour = 'cloud' | 'data-center'

/** How a site prints itself. */
export interface Printer {
  readonly state: JiraState
  readonly flavour: Flavour
  /** Root of the site, for `self` links. */
  readonly url: string
}

/** Worklogs inside an issue's fields stop here. */
const EMBEDDED_WORKLOGS = 20

const CATEGORIES = {
  new: { id: 2, key: 'new', colorName: 'blue-gray', name: 'To Do' },
  indeterminate: { id: 4, key: 'indeterminate', colorName: 'yellow', name: 'In Progress' },
  done: { id: 3, key: 'done', colorName: 'green', name: 'Done' },
}

const api = ({ flavour, url }: Printer): string => `${url}/rest/api/${flavour === 'cloud' ? 3 : 2}`

/** @param wanted field names; `null` = all */
export const printIssue = (printer: Printer, issue: JiraIssue, wanted: ReadonlySet<string> | null) => ({
  expand: 'renderedFields,names,schema,operations,editmeta,changelog',
  id: issue.id,
  self: `${api(printer)}/issue/${issue.id}`,
  key: issue.key,
  ...(wanted?.size === 1 && wanted.has('id') ? {} : { fields: printFields(printer, issue, wanted) }),
})

const printFields = (
  printer: Printer,
  issue: JiraIssue,
  wanted: ReadonlySet<string> | null,
): Record<string, unknown> => {
  const { state, flavour } = printer
  const all: Record<string, () => unknown> = {
    summary: () => issue.summary,
    issuetype: () => printType(printer, issue.typeId),
    project: () => printProject(printer, state.project(issue.projectId)),
    status: () => printStatus(printer, state.statuses.find((status) => status.id === issue.statusId)!),
    resolution: () => (issue.resolution === null ? null : printResolution(printer, issue.resolution)),
    resolutiondate: () => (issue.resolvedAt === null ? null : time(printer, issue.resolvedAt)),
    created: () => time(printer, issue.createdAt),
    updated: () => time(printer, issue.updatedAt),
    creator: () => printUser(printer, issue.reporter),
    reporter: () => printUser(printer, issue.reporter),
    assignee: () => printUser(printer, issue.assignee),
    fixVersions: () =>
      issue.fixVersions.flatMap((id) => {
        const version = state.versions.find((one) => one.id === id)
        return version ? [printVersion(printer, version)] : []
      }),
    components: () =>
      issue.components.map((id) => ({
        self: `${api(printer)}/component/${id}`,
        id,
        name: state.components.find((one) => one.id === id)?.name,
      })),
    labels: () => issue.labels,
    duedate: () => issue.due,
    timeoriginalestimate: () => issue.estimateSeconds,
    timespent: () => issue.worklogs.reduce((sum, worklog) => sum + worklog.seconds, 0) || null,
    worklog: () => ({
      startAt: 0,
      maxResults: EMBEDDED_WORKLOGS,
      total: issue.worklogs.length,
      worklogs: issue.worklogs.slice(0, EMBEDDED_WORKLOGS).map((worklog) => printWorklog(printer, issue, worklog)),
    }),
    parent: () => printParent(printer, issue),
    [SPRINT]: () => printSprints(printer, issue),
  }
  if (flavour === 'data-center') all[EPIC_LINK] = () => epicOf(printer, issue)?.key ?? null
  for (const field of state.fields)
    if (field.custom && field.type === 'number') all[field.id] = () => issue.numbers.get(field.id) ?? null
  for (const [name, value] of Object.entries(issue.extra)) all[name] = () => value
  const names =
    wanted === null || wanted.has('*all') || wanted.has('*navigable')
      ? Object.keys(all)
      : [...wanted].filter((name) => name in all)
  const entries = names.map((name) => [name, all[name]!()] as const)
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}

export const printHistory = (printer: Printer, history: JiraHistory) => ({
  id: history.id,
  ...(history.author === null ? {} : { author: printUser(printer, history.author) }),
  created: time(printer, history.created),
  items: history.items.map((item) => printChange(printer, item)),
})

/** Data Center writes no field ids, and parents under the names of its older ways to have one. */
const printChange = ({ flavour, state }: Printer, change: JiraChange) => {
  if (flavour === 'cloud') return change
  const { fieldId, ...rest } = change
  if (fieldId !== 'parent') return rest
  const parent = state.issues.get(change.to ?? change.from ?? '')
  const epic = state.issueTypes.find((type) => type.id === parent?.typeId)?.level === 1
  return epic ? { ...rest, field: 'Epic Link', fieldtype: 'custom' } : { ...rest, field: 'Parent' }
}

export const printWorklog = (printer: Printer, issue: JiraIssue, worklog: JiraWorklog) => ({
  self: `${api(printer)}/issue/${issue.id}/worklog/${worklog.id}`,
  author: printUser(printer, worklog.author),
  updateAuthor: printUser(printer, worklog.author),
  created: time(printer, worklog.created),
  updated: time(printer, worklog.updated),
  started: time(printer, worklog.started),
  timeSpent: `${Math.round(worklog.seconds / 60)}m`,
  timeSpentSeconds: worklog.seconds,
  id: worklog.id,
  issueId: issue.id,
})

export const printUser = (printer: Printer, id: string | null) => {
  if (id === null) return null
  const user = printer.state.users.find((one) => one.id === id)
  const common = { displayName: user?.displayName ?? id, active: true, timeZone: printer.state.accountZone }
  if (printer.flavour === 'cloud')
    return {
      self: `${api(printer)}/user?accountId=${encodeURIComponent(id)}`,
      accountId: id,
      accountType: 'atlassian',
      ...common,
    }
  const name = user?.name ?? id
  return { self: `${api(printer)}/user?username=${encodeURIComponent(name)}`, key: id, name, ...common }
}

export const printStatus = (printer: Printer, status: JiraStatus) => ({
  self: `${api(printer)}/status/${status.id}`,
  description: '',
  iconUrl: `${printer.url}/images/icons/status.png`,
  name: status.name,
  id: status.id,
  statusCategory: {
    self: `${api(printer)}/statuscategory/${CATEGORIES[status.category].id}`,
    ...CATEGORIES[status.category],
  },
})

export const printProject = (printer: Printer, project: JiraProject) => ({
  self: `${api(printer)}/project/${project.id}`,
  id: project.id,
  key: project.key,
  name: project.name,
  projectTypeKey: 'software',
  ...(printer.flavour === 'cloud'
    ? { simplified: project.teamManaged, style: project.teamManaged ? 'next-gen' : 'classic', isPrivate: false }
    : {}),
})

export const printVersion = (printer: Printer, version: JiraVersion) => ({
  self: `${api(printer)}/version/${version.id}`,
  id: version.id,
  name: version.name,
  archived: version.archived,
  released: version.released,
  ...(version.startDate === null ? {} : { startDate: version.startDate }),
  ...(version.releaseDate === null ? {} : { releaseDate: version.releaseDate }),
  projectId: Number(version.projectId),
})

const printType = (printer: Printer, id: string) => {
  const type = printer.state.issueTypes.find((one) => one.id === id)!
  return {
    self: `${api(printer)}/issuetype/${id}`,
    id,
    description: '',
    name: type.name,
    subtask: type.subtask,
    ...(printer.flavour === 'cloud' ? { hierarchyLevel: type.level } : {}),
  }
}

const printResolution = (printer: Printer, name: string) => {
  const id = String(10000 + Math.max(0, RESOLUTIONS.indexOf(name)))
  return { self: `${api(printer)}/resolution/${id}`, id, description: '', name }
}

const epicOf = ({ state }: Printer, issue: JiraIssue): JiraIssue | undefined => {
  const parent = issue.parent === null ? undefined : state.issues.get(issue.parent)
  return state.issueTypes.find((type) => type.id === parent?.typeId)?.level === 1 ? parent : undefined
}

/** Cloud has one parent field; Data Center only gives the parent of sub-tasks in it. */
const printParent = (printer: Printer, issue: JiraIssue) => {
  const parent = issue.parent === null ? undefined : printer.state.issues.get(issue.parent)
  if (!parent || (printer.flavour === 'data-center' && epicOf(printer, issue))) return undefined
  return {
    id: parent.id,
    key: parent.key,
    self: `${api(printer)}/issue/${parent.id}`,
    fields: printFields(printer, parent, new Set(['summary', 'status', 'issuetype'])),
  }
}

const printSprints = ({ state, flavour }: Printer, issue: JiraIssue) => {
  if (issue.sprints.length === 0) return null
  return issue.sprints.map((id) => {
    const sprint = state.sprints.find((one) => one.id === id)!
    return flavour === 'cloud'
      ? { id, name: sprint.name, state: sprint.state, boardId: 1, goal: '' }
      : `com.atlassian.greenhopper.service.sprint.Sprint@1f2e[id=${id},rapidViewId=1,state=${sprint.state.toUpperCase()},name=${sprint.name},startDate=<null>,endDate=<null>,completeDate=<null>,sequence=${id}]`
  })
}

const time = ({ state }: Printer, instant: IsoInstant): string => printed(instant, state.accountZone)
