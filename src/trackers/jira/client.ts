import type { Connection, ConnectionSecrets, Source } from '../../model/source.ts'
import type { ConnectTools, Pulled, TrackerClient } from '../tracker.ts'
import type { JiraApi } from './api.ts'
import { changedIds } from './changed-ids.ts'
import { cloudApi } from './client-cloud.ts'
import { dataCenterApi } from './client-data-center.ts'
import type { SourceFields } from './field-candidates.ts'
import { discover, identify } from './identify.ts'
import { milestoneOf } from './milestones.ts'
import { normalise } from './normalise.ts'
import type { RawIssue } from './raw.ts'
import { type JiraSource, parseConnection, parseSource } from './settings.ts'
import { rememberSite } from './site.ts'
import { learnStatus } from './states.ts'
import { createTransport } from './transport.ts'

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

/** Whether a project key from a delivery can be of this source. Queries may hold any project. */
const concerns = ({ scope }: JiraSource, key: string | null, knownKeys: ReadonlyMap<string, string>): boolean => {
  if (key === null || scope.by !== 'project' || /^\d+$/.test(scope.project)) return true
  const own = scope.project.toLowerCase()
  return key.toLowerCase() === own || key === knownKeys.get(own)
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
