import type { IsoDate, IsoInstant } from '../../../src/model/time.ts'
import { type Side, change, custom, listChanges, resolutionSide, textOf, timeChanges, timeSpent } from './changelog.ts'
import { FIELDS, ISSUE_TYPES, SPRINT, STATUSES, STORY_POINTS, STORY_POINT_ESTIMATE } from './defaults.ts'
import type {
  Happening,
  JiraChange,
  JiraEvent,
  JiraHistory,
  JiraIssue,
  JiraProject,
  JiraSprint,
  JiraStateOptions,
  JiraStatus,
  JiraVersion,
  JiraWorklog,
  NewIssue,
} from './model.ts'

export type JiraState = ReturnType<typeof createJiraState>

/**
 * A Jira site in memory. Every change names the instant at which it happens and writes the history entry that Jira
 * would write; listeners (webhooks) hear of it at once. Issues are named by key, former key or id.
 */
export const createJiraState = (options: JiraStateOptions) => {
  const projects: JiraProject[] = options.projects.map((project, index) => ({
    id: project.id ?? String(10000 + index),
    key: project.key,
    name: project.name ?? project.key,
    teamManaged: project.teamManaged ?? false,
    formerKeys: [],
    nextNumber: 1,
    visible: true,
  }))
  const statuses: JiraStatus[] = (options.statuses ?? STATUSES).map((status) => ({ ...status }))
  const issueTypes = options.issueTypes ?? ISSUE_TYPES
  const fields = options.fields ?? FIELDS
  const sprints: JiraSprint[] = (options.sprints ?? []).map((sprint) => ({ ...sprint }))
  const versions: JiraVersion[] = []
  const components: { readonly id: string; readonly name: string }[] = []
  const issues = new Map<string, JiraIssue>()
  const idOfKey = new Map<string, string>()
  const listeners = new Set<(event: JiraEvent) => void>()
  const last = { issue: 10000, history: 10000, worklog: 10000, version: 10000 }

  const tell = (event: JiraEvent): void => {
    for (const listener of listeners) listener(event)
  }

  const issue = (keyOrId: string): JiraIssue => {
    const found = issues.get(idOfKey.get(keyOrId) ?? keyOrId)
    if (!found) throw new Error(`stand-in: no such issue: ${keyOrId}`)
    return found
  }
  const project = (key: string): JiraProject => {
    const found = projects.find((one) => one.key === key || one.id === key || one.formerKeys.includes(key))
    if (!found) throw new Error(`stand-in: no such project: ${key}`)
    return found
  }
  const status = (name: string): JiraStatus => {
    const found = statuses.find((one) => one.name === name || one.id === name)
    if (!found) throw new Error(`stand-in: no such status: ${name}`)
    return found
  }
  const version = (projectId: string, name: string): JiraVersion => {
    const found = versions.find((one) => one.id === name || (one.projectId === projectId && one.name === name))
    if (!found) throw new Error(`stand-in: no such version: ${name}`)
    return found
  }
  const component = (name: string) => {
    const found = components.find((one) => one.name === name)
    if (found) return found
    const made = { id: String(10000 + components.length), name }
    components.push(made)
    return made
  }
  const sprint = (name: string): JiraSprint => {
    const found = sprints.find((one) => one.name === name)
    if (found) return found
    const made: JiraSprint = { id: sprints.length + 1, name, state: 'future' }
    sprints.push(made)
    return made
  }
  const nameOf = (user: string | null): string | null =>
    user === null ? null : (options.users.find((one) => one.id === user)?.displayName ?? user)
  /** The field in which a project keeps its points. */
  const pointsField = (projectId: string): string =>
    projects.find((one) => one.id === projectId)?.teamManaged ? STORY_POINT_ESTIMATE : STORY_POINTS

  /** Writes a history entry and tells of it; nothing when nothing changed. */
  const record = (target: JiraIssue, happening: Happening, items: readonly JiraChange[]): void => {
    if (items.length === 0) return
    last.history += 1
    const history: JiraHistory = {
      id: String(last.history),
      author: happening.by ?? null,
      created: happening.at,
      items,
    }
    target.histories.push(history)
    touch(target, happening.at)
    tell({ event: 'jira:issue_updated', issue: target, happening, history })
  }

  const createIssue = (input: NewIssue): JiraIssue => {
    const home = project(input.project)
    last.issue += 1
    const type = input.type === undefined ? issueTypes[0] : issueTypes.find((one) => one.name === input.type)
    if (!type) throw new Error(`stand-in: no such issue type: ${input.type}`)
    const state = input.status === undefined ? statuses[0]! : status(input.status)
    const resolution = input.resolution ?? (state.category === 'done' ? 'Done' : null)
    const made: JiraIssue = {
      id: String(last.issue),
      key: `${home.key}-${home.nextNumber}`,
      formerKeys: [],
      projectId: home.id,
      summary: input.summary,
      typeId: type.id,
      statusId: state.id,
      resolution,
      resolvedAt: resolution === null ? null : input.at,
      createdAt: input.at,
      updatedAt: input.at,
      reporter: input.by ?? null,
      assignee: input.assignee ?? null,
      numbers: new Map(input.points === undefined ? [] : [[pointsField(home.id), input.points]]),
      estimateSeconds: input.estimateSeconds ?? null,
      due: input.due ?? null,
      fixVersions: (input.fixVersions ?? []).map((name) => version(home.id, name).id),
      components: (input.components ?? []).map((name) => component(name).id),
      labels: [...(input.labels ?? [])],
      sprints: (input.sprints ?? []).map((name) => sprint(name).id),
      parent: input.parent === undefined ? null : issue(input.parent).id,
      histories: [],
      worklogs: [],
      extra: { ...input.extra },
    }
    home.nextNumber += 1
    issues.set(made.id, made)
    idOfKey.set(made.key, made.id)
    tell({ event: 'jira:issue_created', issue: made, happening: input })
    return made
  }

  /** To a status. A done one sets a resolution (`Done` unless told), any other clears it, in the same history entry. */
  const transition = (
    key: string,
    to: string,
    happening: Happening & { readonly resolution?: string | null },
  ): void => {
    const target = issue(key)
    const [from, next] = [status(target.statusId), status(to)]
    const resolution =
      next.category === 'done'
        ? happening.resolution === undefined
          ? (target.resolution ?? 'Done')
          : happening.resolution
        : null
    const items: JiraChange[] = []
    if (from.id !== next.id) items.push(change('status', 'status', [from.id, from.name], [next.id, next.name]))
    if (target.resolution !== resolution)
      items.push(change('resolution', 'resolution', resolutionSide(target.resolution), resolutionSide(resolution)))
    target.statusId = next.id
    if (target.resolution !== resolution) target.resolvedAt = resolution === null ? null : happening.at
    target.resolution = resolution
    record(target, happening, items)
  }

  const setPoints = (key: string, points: number | null, happening: Happening & { readonly field?: string }): void => {
    const target = issue(key)
    const id = happening.field ?? pointsField(target.projectId)
    const before = target.numbers.get(id) ?? null
    target.numbers.set(id, points)
    const name = fields.find((field) => field.id === id)?.name ?? id
    if (before !== points) record(target, happening, [custom(name, id, [null, textOf(before)], [null, textOf(points)])])
  }

  const setFixVersions = (key: string, names: readonly string[], happening: Happening): void => {
    const target = issue(key)
    const next = names.map((name) => version(target.projectId, name).id)
    const side = (id: string): Side => [id, versions.find((one) => one.id === id)?.name ?? id]
    const items = listChanges('Fix Version', 'fixVersions', target.fixVersions, next, side)
    target.fixVersions = next
    record(target, happening, items)
  }

  const setComponents = (key: string, names: readonly string[], happening: Happening): void => {
    const target = issue(key)
    const next = names.map((name) => component(name).id)
    const side = (id: string): Side => [id, components.find((one) => one.id === id)?.name ?? id]
    const items = listChanges('Component', 'components', target.components, next, side)
    target.components = next
    record(target, happening, items)
  }

  const setLabels = (key: string, labels: readonly string[], happening: Happening): void => {
    const target = issue(key)
    const before = target.labels.join(' ')
    target.labels = [...labels]
    if (before !== labels.join(' '))
      record(target, happening, [change('labels', 'labels', [null, before], [null, labels.join(' ')])])
  }

  const setSprint = (key: string, names: readonly string[], happening: Happening): void => {
    const target = issue(key)
    const side = (ids: readonly number[]): Side => [
      ids.join(', '),
      ids.map((id) => sprints.find((one) => one.id === id)?.name ?? String(id)).join(', '),
    ]
    const next = names.map((name) => sprint(name).id)
    const before = side(target.sprints)
    target.sprints = next
    if (before[0] !== side(next)[0]) record(target, happening, [custom('Sprint', SPRINT, before, side(next))])
  }

  const setParent = (key: string, parent: string | null, happening: Happening): void => {
    const target = issue(key)
    const side = (id: string | null): Side => (id === null ? [null, null] : [id, issues.get(id)?.key ?? id])
    const next = parent === null ? null : issue(parent).id
    const before = target.parent
    target.parent = next
    if (before !== next)
      record(target, happening, [change('IssueParentAssociation', 'parent', side(before), side(next))])
  }

  const assign = (key: string, user: string | null, happening: Happening): void => {
    const target = issue(key)
    const before = target.assignee
    target.assignee = user
    if (before !== user)
      record(target, happening, [change('assignee', 'assignee', [before, nameOf(before)], [user, nameOf(user)])])
  }

  const setDue = (key: string, due: IsoDate | null, happening: Happening): void => {
    const target = issue(key)
    const side = (date: IsoDate | null): Side => [date, date === null ? null : `${date} 00:00:00.0`]
    const before = target.due
    target.due = due
    if (before !== due) record(target, happening, [change('duedate', 'duedate', side(before), side(due))])
  }

  const setEstimate = (key: string, seconds: number | null, happening: Happening): void => {
    const target = issue(key)
    const before = textOf(target.estimateSeconds)
    target.estimateSeconds = seconds
    if (before !== textOf(seconds))
      record(target, happening, [
        change('timeoriginalestimate', 'timeoriginalestimate', [before, before], [textOf(seconds), textOf(seconds)]),
      ])
  }

  const setType = (key: string, type: string, happening: Happening): void => {
    const target = issue(key)
    const before = issueTypes.find((one) => one.id === target.typeId)!
    const next = issueTypes.find((one) => one.name === type)
    if (!next) throw new Error(`stand-in: no such issue type: ${type}`)
    target.typeId = next.id
    if (before !== next)
      record(target, happening, [change('issuetype', 'issuetype', [before.id, before.name], [next.id, next.name])])
  }

  /** Gives an issue another summary. */
  const rename = (key: string, summary: string, happening: Happening): void => {
    const target = issue(key)
    const before = target.summary
    target.summary = summary
    if (before !== summary) record(target, happening, [change('summary', 'summary', [null, before], [null, summary])])
  }

  const logWork = (
    key: string,
    work: { readonly author: string; readonly started: IsoInstant; readonly seconds: number },
    happening: Happening,
  ): JiraWorklog => {
    const target = issue(key)
    const spent = timeSpent(target)
    last.worklog += 1
    const worklog: JiraWorklog = { id: String(last.worklog), ...work, created: happening.at, updated: happening.at }
    target.worklogs.push(worklog)
    tell({ event: 'worklog_created', issue: target, worklog, happening })
    record(target, happening, timeChanges(worklog, spent, timeSpent(target)))
    return worklog
  }

  const editWorklog = (
    key: string,
    id: string,
    work: { readonly started?: IsoInstant; readonly seconds?: number },
    happening: Happening,
  ): void => {
    const target = issue(key)
    const worklog = target.worklogs.find((one) => one.id === id)
    if (!worklog) throw new Error(`stand-in: no such worklog: ${id}`)
    const spent = timeSpent(target)
    worklog.started = work.started ?? worklog.started
    worklog.seconds = work.seconds ?? worklog.seconds
    worklog.updated = happening.at
    tell({ event: 'worklog_updated', issue: target, worklog, happening })
    record(target, happening, timeChanges(worklog, spent, timeSpent(target)))
  }

  const deleteWorklog = (key: string, id: string, happening: Happening): void => {
    const target = issue(key)
    const place = target.worklogs.findIndex((one) => one.id === id)
    if (place === -1) throw new Error(`stand-in: no such worklog: ${id}`)
    const spent = timeSpent(target)
    const [worklog] = target.worklogs.splice(place, 1)
    tell({ event: 'worklog_deleted', issue: target, worklog: worklog!, happening })
    record(target, happening, timeChanges(worklog!, spent, timeSpent(target)))
  }

  const deleteIssue = (key: string, happening: Happening): void => {
    const target = issue(key)
    issues.delete(target.id)
    for (const [name, id] of idOfKey) if (id === target.id) idOfKey.delete(name)
    tell({ event: 'jira:issue_deleted', issue: target, happening })
  }

  /** To another project: the id stays, the key changes, versions and sprint of the old project are left behind. */
  const moveIssue = (key: string, toProject: string, happening: Happening): void => {
    const target = issue(key)
    const [from, to] = [project(target.projectId), project(toProject)]
    const oldKey = target.key
    target.formerKeys.push(oldKey)
    target.key = `${to.key}-${to.nextNumber}`
    to.nextNumber += 1
    target.projectId = to.id
    idOfKey.set(target.key, target.id)
    const side = (id: string): Side => [id, versions.find((one) => one.id === id)?.name ?? id]
    const left = listChanges('Fix Version', 'fixVersions', target.fixVersions, [], side)
    target.fixVersions = []
    record(target, happening, [
      change('project', 'project', [from.id, from.name], [to.id, to.name]),
      change('Key', 'issuekey', [null, oldKey], [null, target.key]),
      ...left,
    ])
  }

  /** The project gets another key; its issues follow, without a word in their histories. */
  const renameProject = (key: string, newKey: string): void => {
    const target = project(key)
    target.formerKeys.push(target.key)
    target.key = newKey
    for (const one of issues.values()) {
      if (one.projectId !== target.id) continue
      one.formerKeys.push(one.key)
      one.key = one.key.replace(/^.*-/, `${newKey}-`)
      idOfKey.set(one.key, one.id)
    }
  }

  /** Takes or gives back the right to browse a project. */
  const setVisible = (key: string, visible: boolean): void => {
    project(key).visible = visible
  }

  const addVersion = (input: NonNullable<JiraStateOptions['versions']>[number], happening?: Happening): JiraVersion => {
    last.version += 1
    const made: JiraVersion = {
      id: input.id ?? String(last.version),
      projectId: project(input.project).id,
      name: input.name,
      startDate: input.startDate ?? null,
      releaseDate: input.releaseDate ?? null,
      released: input.released ?? false,
      archived: input.archived ?? false,
    }
    versions.push(made)
    if (happening) tell({ event: 'jira:version_created', version: made, happening })
    return made
  }

  /** Changes a version; releasing it is a change too. Issues' histories do not tell of it. */
  const editVersion = (
    projectKey: string,
    name: string,
    changes: Partial<Pick<JiraVersion, 'name' | 'startDate' | 'releaseDate' | 'released' | 'archived'>>,
    happening: Happening,
  ): void => {
    const target = version(project(projectKey).id, name)
    const released = changes.released === true && !target.released
    Object.assign(target, changes)
    tell({ event: released ? 'jira:version_released' : 'jira:version_updated', version: target, happening })
  }

  const renameStatus = (name: string, newName: string): void => {
    status(name).name = newName
  }

  for (const input of options.versions ?? []) addVersion(input)
  for (const input of options.issues ?? []) createIssue(input)

  return {
    projects,
    users: options.users,
    versions,
    statuses,
    issueTypes,
    fields,
    sprints,
    components,
    filters: options.filters ?? [],
    boards: options.boards ?? [],
    accountZone: options.accountZone ?? 'UTC',
    issues: issues as ReadonlyMap<string, JiraIssue>,
    issue,
    project,
    /** The issue under a key, a former key or an id; undefined when there is none. */
    find: (keyOrId: string): JiraIssue | undefined => issues.get(idOfKey.get(keyOrId) ?? keyOrId),
    /** Calls `listener` on every change; returns how to stop. */
    onChange: (listener: (event: JiraEvent) => void): (() => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    createIssue,
    transition,
    setPoints,
    setFixVersions,
    setComponents,
    setLabels,
    setSprint,
    setParent,
    assign,
    setDue,
    setEstimate,
    setType,
    rename,
    logWork,
    editWorklog,
    deleteWorklog,
    deleteIssue,
    moveIssue,
    renameProject,
    renameStatus,
    setVisible,
    addVersion,
    editVersion,
  }
}

const touch = (issue: JiraIssue, at: IsoInstant): void => {
  if (at > issue.updatedAt) issue.updatedAt = at
}
