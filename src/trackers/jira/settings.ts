import { Fault } from '../../model/fault.ts'
import type { Connection, ConnectionSecrets, Source } from '../../model/source.ts'
import type { SettingKey } from '../tracker.ts'
import { nearestName } from './nearest-name.ts'
import { DROPPED_RESOLUTIONS, normalName } from './states.ts'

export type Deployment = 'cloud' | 'data-center'

/** Connection settings and secrets, parsed. `baseUrl` has no trailing slash and keeps a context path. */
export interface JiraConnection {
  readonly id: string
  readonly baseUrl: string
  readonly deployment: Deployment
  readonly email: string | null
  readonly token: string
  readonly timeoutMs: number
}

/** What a source reads, and which custom fields it reads it from. */
export interface JiraSource {
  readonly scope:
    | { readonly by: 'project'; readonly project: string }
    | { readonly by: 'jql'; readonly jql: string }
    | { readonly by: 'board' | 'filter'; readonly no: string }
  /** Custom field id or name; `auto` = found in the field metadata. */
  readonly storyPoints: string
  readonly epicLink: string | null
  readonly sprintField: string | null
  /** Normalised names of resolutions (and of done statuses) that mean "closed without being done". */
  readonly dropped: ReadonlySet<string>
}

export const connectionKeys: readonly SettingKey[] = [
  {
    name: 'url',
    help: 'https://acme.atlassian.net, or the root of a Data Center with its context path',
    required: true,
  },
  { name: 'email', help: 'Cloud: the e-mail of the account that made the API token' },
  { name: 'token', help: 'Cloud: an API token; Data Center: a personal access token', required: true, secret: true },
  { name: 'webhookSecret', help: 'the secret with which Jira signs its webhooks', secret: true },
  { name: 'deployment', help: 'cloud or data-center; without it an e-mail means cloud' },
  { name: 'timeoutSeconds', help: 'how long one call may take; 30 when left out' },
]

export const sourceKeys: readonly SettingKey[] = [
  { name: 'project', help: 'project key, e.g. CORE' },
  { name: 'jql', help: 'a bounded query, e.g. project in (CORE, WEB) and labels = checkout' },
  { name: 'board', help: 'number of a board' },
  { name: 'filter', help: 'number of a saved filter' },
  { name: 'storyPoints', help: 'auto, or the field that holds the points: customfield_10016' },
  { name: 'epicLink', help: 'the Epic Link field, if it is not found by itself' },
  { name: 'sprintField', help: 'the Sprint field, if it is not found by itself' },
  {
    name: 'dropped',
    help: `resolutions that mean "not done"; otherwise ${DROPPED_RESOLUTIONS.slice(0, 4).join(', ')}...`,
  },
]

/** What is wrong with a connection, in words; empty = fine. */
export const checkConnection = (connection: Connection, secrets: ConnectionSecrets): string[] => {
  const wrong = unknownNames(connection.settings, connectionKeys)
  const { email, deployment, timeoutSeconds } = connection.settings
  if (!/^https?:$/.test(protocolOf(connection.url)))
    wrong.push(`url: "${connection.url}" is no web address; write it like https://acme.atlassian.net`)
  if (URL.parse(connection.url)?.username) wrong.push('url: no user or password belongs here; write email and token')
  if (deployment !== undefined && deployment !== 'cloud' && deployment !== 'data-center')
    wrong.push('deployment: write cloud or data-center')
  if (email !== undefined && (typeof email !== 'string' || !/^[^@\s]+@[^@\s]+$/.test(email)))
    wrong.push('email: write the e-mail address of the account that made the API token')
  if (deployment === 'cloud' && email === undefined)
    wrong.push('email: Jira Cloud needs the e-mail of the account that made the API token')
  if (!secrets.token)
    wrong.push(
      deploymentOf(connection) === 'cloud'
        ? 'token: make an API token in the Atlassian account settings and set it here'
        : 'token: make a personal access token in the Jira profile and set it here; for Jira Cloud set email as well',
    )
  if (timeoutSeconds !== undefined && !(Number(timeoutSeconds) > 0))
    wrong.push('timeoutSeconds: write a number above 0')
  return wrong
}

/** What is wrong with a source, in words; empty = fine. */
export const checkSource = (source: Source): string[] => {
  const wrong = unknownNames(source.settings, sourceKeys)
  const scopes = (['project', 'jql', 'board', 'filter'] as const).filter((name) => filled(source.settings[name]))
  if (scopes.length !== 1) wrong.push('write one of project, jql, board or filter')
  const { project, jql, board, filter, dropped } = source.settings
  if (filled(project) && !/^[A-Za-z0-9_]+$/.test(String(project)))
    wrong.push(`project: "${String(project)}" is no project key; keys look like CORE`)
  if (filled(jql) && (typeof jql !== 'string' || withoutOrder(jql) === ''))
    wrong.push('jql: write a query that limits what is read')
  for (const [name, no] of Object.entries({ board, filter }))
    if (filled(no) && !/^\d+$/.test(String(no))) wrong.push(`${name}: write its number, as in the address of the page`)
  for (const name of ['storyPoints', 'epicLink', 'sprintField'] as const)
    if (source.settings[name] !== undefined && !filled(source.settings[name]))
      wrong.push(`${name}: write a field, e.g. customfield_10016`)
  if (dropped !== undefined && !(Array.isArray(dropped) && dropped.every((name) => typeof name === 'string')))
    wrong.push('dropped: write a list of resolutions')
  return wrong
}

/** @throws Fault misconfigured when `checkConnection` would object */
export const parseConnection = (connection: Connection, secrets: ConnectionSecrets): JiraConnection => {
  refuse('connection', connection.id, checkConnection(connection, secrets))
  return {
    id: connection.id,
    baseUrl: connection.url.replace(/\/+$/, ''),
    deployment: deploymentOf(connection),
    email: typeof connection.settings.email === 'string' ? connection.settings.email : null,
    token: secrets.token ?? '',
    timeoutMs: Number(connection.settings.timeoutSeconds ?? 30) * 1000,
  }
}

/** @throws Fault misconfigured when `checkSource` would object */
export const parseSource = (source: Source): JiraSource => {
  refuse('source', source.id, checkSource(source))
  const { project, jql, board, filter, storyPoints, epicLink, sprintField, dropped } = source.settings
  return {
    scope: filled(project)
      ? { by: 'project', project: String(project) }
      : filled(jql)
        ? { by: 'jql', jql: withoutOrder(String(jql)) }
        : filled(board)
          ? { by: 'board', no: String(board) }
          : { by: 'filter', no: String(filter) },
    storyPoints: filled(storyPoints) ? String(storyPoints) : 'auto',
    epicLink: filled(epicLink) ? String(epicLink) : null,
    sprintField: filled(sprintField) ? String(sprintField) : null,
    dropped: new Set((Array.isArray(dropped) ? dropped.map(String) : DROPPED_RESOLUTIONS).map(normalName)),
  }
}

/** A query without its own ORDER BY: listing needs another order. */
export const withoutOrder = (jql: string): string =>
  jql
    .replace(
      /("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|\border\s+by\b[\s\S]*$/gi,
      (_, quoted: string | undefined) => quoted ?? '',
    )
    .trim()

const deploymentOf = (connection: Connection): Deployment =>
  connection.settings.deployment === 'cloud' || connection.settings.deployment === 'data-center'
    ? connection.settings.deployment
    : connection.settings.email === undefined
      ? 'data-center'
      : 'cloud'

const filled = (value: unknown): boolean =>
  typeof value === 'string' ? value.trim() !== '' : typeof value === 'number'

const protocolOf = (url: string): string => {
  try {
    return new URL(url).protocol
  } catch {
    return ''
  }
}

const unknownNames = (settings: Readonly<Record<string, unknown>>, keys: readonly SettingKey[]): string[] => {
  const names = keys.map((key) => key.name)
  return Object.keys(settings)
    .filter((name) => !names.includes(name))
    .map((name) => `${name}: unknown; ${nearestName(name, names)}`)
}

const refuse = (what: string, id: string, wrong: readonly string[]): void => {
  if (wrong.length > 0)
    throw new Fault('misconfigured', `jira: settings cannot be used: ${what}=${id}: ${wrong.join('; ')}`, {
      problems: wrong.map((message) => ({ at: `${what}s.${id}`, message })),
    })
}
