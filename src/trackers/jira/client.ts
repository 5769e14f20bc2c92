import { Fault } from '../../model/fault.ts'
import type { Connection, ConnectionSecrets, Source } from '../../model/source.ts'
import { type Zone, isZone } from '../../model/zone.ts'
import type { ConnectTools, Discovered, Identity, Pulled, TrackerClient } from '../tracker.ts'
import type { JiraApi } from './api.ts'
import { changedIds } from './changed-ids.ts'
import { cloudApi } from './client-cloud.ts'
import { dataCenterApi } from './client-data-center.ts'
import { type SourceFields, chooseFields, readFields } from './field-candidates.ts'
import { milestoneOf } from './milestones.ts'
import { normalise } from './normalise.ts'
import { type RawIssue, at, instantOf, listOf, textOf } from './raw.ts'
import { type JiraSource, parseConnection, parseSource } from './settings.ts'
import { type StatusBook, emptyStatusBook, learnStatus } from './states.ts'
import { createTransport } from './transport.ts'

/** What a site says about itself is asked again after an hour: statuses, fields, the account's time zone. */
const SITE_MS = 3_600_000

/** @throws Fault misconfigured when the settings cannot be used */
export const connect = (connection: Connection, secrets: ConnectionSecrets, tools: ConnectTools): TrackerClient => {
  const settings = parseConnection(connection, secrets)
  const transport = createTransport(settings, tools)
  const api = settings.deployment === 'cloud' ? cloudApi(transport) : dataCenterApi(transport)
  const site = rememberSite(api, tools)
  const epics = new Map<string, string>()

  const pull = async (source: Source, externalIds: readonly string[]): Promise<Pulled> => {
    if (externalIds.length === 0) return { items: [], missing: [] }
    const parsed = parseSource(source)
    const scope = await site.scope(parsed)
    const fields = await site.fields(parsed)
    const wanted = FIELDS.concat(
      [...fields.points, fields.epicLink, fields.sprint].flatMap((field) => (field ? [field.id] : [])),
    )
    const query = { by: 'id', fields: wanted, history: true } as const
    const ids = [...new Set(externalIds)].filter((id) => /^\d+$/.test(id))
    const narrow = parsed.scope.by === 'project' ? null : scope.jql
    const inScope = await api.issues({ ...query, jql: narrow, ids })
    const found = new Set(inScope.map((issue) => issue.id))
    const rest = ids.filter((id) => !found.has(id))
    // Ids that left the query are still there to be seen: they moved out, they did not vanish.
    const outside = narrow !== null && rest.length > 0 ? await api.issues({ ...query, jql: null, ids: rest }) : []
    const all = [...inScope, ...outside]
    const statuses = await site.statuses()
    for (const issue of all) learnStatus(statuses, issue.fields.status)
    const context = {
      baseUrl: settings.baseUrl,
      statuses,
      dropped: parsed.dropped,
      fields,
      projectId: parsed.scope.by === 'project' ? await site.projectId(parsed.scope.project, all) : null,
      idOfKey: await epicIds(api, all, fields, epics),
    }
    const items = inScope.map((issue) => normalise(issue, context))
    for (const issue of outside) {
      const item = normalise(issue, context)
      items.push({ ...item, snapshot: { ...item.snapshot, presence: 'moved' } })
    }
    const present = new Set(items.map((item) => item.externalId))
    return { items, missing: [...new Set(externalIds)].filter((id) => !present.has(id)) }
  }

  return {
    identify: () => identify(api, settings.deployment === 'cloud'),
    discover: () => discover(api),
    concerns: (source, scope) => concerns(parseSource(source), scope, site.knownKeys),
    async *listChanged(source, cursor) {
      const { jql } = await site.scope(parseSource(source))
      yield* changedIds(api, jql, await site.zone(), cursor, () => tools.now().toISOString())
    },
    pull,
    async listMilestones(source) {
      const { projects } = await site.scope(parseSource(source))
      const lists = await Promise.all(projects.map(async (key) => ({ key, versions: await api.versions(key) })))
      return lists.flatMap(({ key, versions }) =>
        versions.map((version) => milestoneOf(version, `${settings.baseUrl}/projects/${key}`)),
      )
    },
  }
}

/** What `normalise` reads, without the custom fields. */
const FIELDS = [
  'summary',
  'status',
  'resolution',
  'issuetype',
  'project',
  'fixVersions',
  'parent',
  'labels',
  'components',
  'assignee',
  'creator',
  'reporter',
  'duedate',
  'timeoriginalestimate',
  'worklog',
  'created',
  'updated',
]

/** Answers about the site that many pulls share. */
const rememberSite = (api: JiraApi, tools: ConnectTools) => {
  const answers = new Map<string, { readonly until: number; readonly answer: Promise<unknown> }>()
  const remember = <T>(name: string, ask: () => Promise<T>): Promise<T> => {
    const now = tools.now().getTime()
    const known = answers.get(name)
    if (known && known.until > now) return known.answer as Promise<T>
    const answer = ask()
    answers.set(name, { until: now + SITE_MS, answer })
    // A failure is told to those who wait for it and then forgotten.
    answer.catch(() => answers.delete(name))
    return answer
  }
  const knownKeys = new Map<string, string>()

  return {
    /** Project keys of today by the key or id in the settings: a renamed project is found under its old key. */
    knownKeys,
    zone: (): Promise<Zone | null> =>
      remember('zone', async () => {
        const zone = at(await api.myself(), 'timeZone')
        return typeof zone === 'string' && isZone(zone) ? zone : null
      }),
    statuses: (): Promise<StatusBook> =>
      remember('statuses', async () => {
        const book = emptyStatusBook()
        for (const status of listOf(await api.statuses())) learnStatus(book, status)
        return book
      }),
    fields: async (source: JiraSource): Promise<SourceFields> => {
      const fields = chooseFields(readFields(await remember('fields', () => api.fields())), source)
      const estimated =
        source.scope.by === 'board' && source.storyPoints === 'auto' ? await boardEstimate(source.scope.no) : null
      const points = fields.points.find((field) => field.id === estimated)
      return points ? { ...fields, points: [points] } : fields
    },
    scope: async ({ scope }: JiraSource): Promise<{ readonly jql: string; readonly projects: readonly string[] }> => {
      if (scope.by === 'project')
        return {
          jql: `project = ${/^\d+$/.test(scope.project) ? scope.project : `"${scope.project}"`}`,
          projects: [scope.project],
        }
      if (scope.by === 'jql') return { jql: scope.jql, projects: projectsNamedIn(scope.jql) }
      const filter = scope.by === 'filter' ? scope.no : String(at(at(await board(scope.no), 'filter'), 'id'))
      const jql = at(await remember(`filter ${filter}`, () => api.filter(filter)), 'jql')
      return { jql: `filter = ${filter}`, projects: projectsNamedIn(typeof jql === 'string' ? jql : '') }
    },
    /** The id of a source's project: from an issue that is in it, else by asking, which also finds it after a rename. */
    projectId: async (project: string, issues: readonly RawIssue[]): Promise<string | null> => {
      if (/^\d+$/.test(project)) return project
      const inIt = issues.find(
        (issue) => textOf(at(issue.fields.project, 'key')).toLowerCase() === project.toLowerCase(),
      )
      if (inIt) return String(at(inIt.fields.project, 'id'))
      if (issues.length === 0) return null
      try {
        const found = await remember(`project ${project}`, () => api.project(project))
        knownKeys.set(project.toLowerCase(), textOf(at(found, 'key')))
        return String(at(found, 'id'))
      } catch (fault) {
        if (fault instanceof Fault && fault.kind === 'notFound') return null
        throw fault
      }
    },
  }

  function board(no: string): Promise<unknown> {
    return remember(`board ${no}`, () => api.boardConfiguration(no))
  }
  async function boardEstimate(no: string): Promise<unknown> {
    return at(at(at(await board(no), 'estimation'), 'field'), 'fieldId')
  }
}

/** Whether a project key from a delivery can be of this source. Queries may hold any project. */
const concerns = ({ scope }: JiraSource, key: string | null, knownKeys: ReadonlyMap<string, string>): boolean => {
  if (key === null || scope.by !== 'project' || /^\d+$/.test(scope.project)) return true
  const own = scope.project.toLowerCase()
  return key.toLowerCase() === own || key === knownKeys.get(own)
}

/** Project keys that a query names: `project = CORE`, `project in (CORE, "WEB")`. */
const projectsNamedIn = (jql: string): string[] => {
  const keys = new Set<string>()
  for (const [, one, many] of jql.matchAll(/\bproject\s*(?:=\s*("?[\w]+"?)|in\s*\(([^)]*)\))/gi))
    for (const key of (many ?? one ?? '').split(',')) if (/\w/.test(key)) keys.add(key.replace(/["'\s]/g, ''))
  return [...keys]
}

/** Ids of epics that issues name by key only (Data Center's Epic Link). */
const epicIds = async (
  api: JiraApi,
  issues: readonly RawIssue[],
  fields: SourceFields,
  known: Map<string, string>,
): Promise<ReadonlyMap<string, string>> => {
  const { epicLink } = fields
  if (!epicLink) return known
  const keys = new Set<string>()
  for (const issue of issues) {
    const key = issue.fields[epicLink.id]
    if (typeof key === 'string' && !issue.fields.parent && !known.has(key)) keys.add(key)
  }
  if (keys.size > 0)
    for (const epic of await api.issues({ jql: null, ids: [...keys], by: 'key', fields: ['summary'], history: false }))
      known.set(epic.key, epic.id)
  return known
}

const identify = async (api: JiraApi, cloud: boolean): Promise<Identity> => {
  const me = await api.myself()
  const held = await api.permissions(['BROWSE_PROJECTS', 'EDIT_ISSUES', 'ADMINISTER'])
  const remarks: string[] = []
  if (!held.includes('BROWSE_PROJECTS'))
    remarks.push('The account may see no project: give it "Browse projects" where Plumbline is to read.')
  if (held.includes('ADMINISTER'))
    remarks.push('The account administers Jira. Plumbline only reads: an account that may browse projects is enough.')
  else if (held.includes('EDIT_ISSUES'))
    remarks.push('The account may edit issues. Plumbline only reads: "Browse projects" is enough.')
  const zone = at(me, 'timeZone')
  if (typeof zone !== 'string')
    remarks.push("Jira does not tell the account's time zone: polling reads half a day more than it needs to.")
  return { name: textOf(at(me, 'displayName') ?? at(me, cloud ? 'accountId' : 'name')), scopes: held, remarks }
}

const discover = async (api: JiraApi): Promise<readonly Discovered[]> =>
  (await api.projects()).map((project) => ({
    title: `${textOf(at(project, 'name'))} (${textOf(at(project, 'key'))})`,
    settings: { project: textOf(at(project, 'key')) },
    lastActivity: instantOf(at(at(project, 'insight'), 'lastIssueUpdateTime')),
  }))
