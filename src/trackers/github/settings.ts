import { Fault } from '../../model/fault.ts'
import type { Connection, ConnectionSecrets, Source } from '../../model/source.ts'
import type { SettingKey } from '../tracker.ts'

/** Source settings, read. */
export interface GitHubSource {
  readonly owner: string
  readonly repo: string
  readonly pullRequests: boolean
  /** Its first group is the estimate in points. */
  readonly estimateLabels: RegExp
  /** Lower case; an open item that carries one of them is being worked on. */
  readonly startedLabels: readonly string[]
}

/** `points: 5`, `size/3`, `estimate: 8`, `sp:2`, `story points = 0.5`; not `size/M`. */
export const ESTIMATE_LABELS = '^(?:points?|size|estimate|sp|story[ -]?points?)\\s*[:/=]\\s*(\\d+(?:\\.\\d+)?)$'

export const DEFAULT_TIMEOUT_SECONDS = 30

export const connectionKeys: readonly SettingKey[] = [
  { name: 'url', help: 'https://api.github.com, or https://HOST/api/v3 for GitHub Enterprise Server', required: true },
  {
    name: 'token',
    help: 'fine-grained token with read access to Issues, Pull requests and Metadata',
    required: true,
    secret: true,
  },
  {
    name: 'webhookSecret',
    help: 'the secret entered with the webhook; deliveries without it are refused',
    secret: true,
  },
  { name: 'formerWebhookSecrets', help: 'older secrets, accepted while one is being changed', secret: true },
  { name: 'timeoutSeconds', help: `how long one call may take, default ${DEFAULT_TIMEOUT_SECONDS}` },
]

export const sourceKeys: readonly SettingKey[] = [
  { name: 'repository', help: 'owner/name, as in its address', required: true },
  { name: 'pullRequests', help: 'true: pull requests are work items too; default false' },
  {
    name: 'estimateLabels',
    help: 'pattern whose first group is the estimate in points; default: labels such as points: 5, size/3, estimate: 8, sp:2',
  },
  { name: 'startedLabels', help: 'labels that mean an open item is being worked on, e.g. [in progress]; default none' },
]

export const checkConnection = (connection: Connection, secrets: ConnectionSecrets): readonly string[] => {
  const wrong: string[] = []
  if (!/^https?:\/\/[^/]+/.test(connection.url)) {
    wrong.push('url: must be an address such as https://api.github.com or https://github.acme.test/api/v3')
  } else if (/^https?:\/\/(www\.)?github\.com\/?$/.test(connection.url)) {
    wrong.push('url: this is the web site; the API is at https://api.github.com')
  }
  if (URL.parse(connection.url)?.username) wrong.push('url: no user or password belongs here; the token is enough')
  if (!secrets.token) wrong.push('token: missing; create a fine-grained token with read access to Issues and Metadata')
  const timeout = connection.settings.timeoutSeconds
  if (timeout !== undefined && !(typeof timeout === 'number' && timeout > 0)) {
    wrong.push('timeoutSeconds: must be a number above 0')
  }
  return [...wrong, ...unknownKeys(connection.settings, connectionKeys, ['tracker', 'id'])]
}

export const checkSource = (source: Source): readonly string[] => {
  const wrong: string[] = []
  const { repository, pullRequests, estimateLabels, startedLabels } = source.settings
  if (typeof repository !== 'string' || !REPOSITORY.test(repository)) {
    wrong.push('repository: must be owner/name, e.g. acme/web')
  }
  if (pullRequests !== undefined && typeof pullRequests !== 'boolean') wrong.push('pullRequests: must be true or false')
  if (estimateLabels !== undefined && !isEstimatePattern(estimateLabels)) {
    wrong.push(`estimateLabels: must be a pattern with one group for the number, e.g. '${ESTIMATE_LABELS}'`)
  }
  if (startedLabels !== undefined && !isTexts(startedLabels)) {
    wrong.push('startedLabels: must be a list of label names, e.g. [in progress]')
  }
  return [...wrong, ...unknownKeys(source.settings, sourceKeys, ['connection', 'id'])]
}

/** @throws Fault `invalid` when the settings do not pass `checkSource` */
export const readSource = (source: Source): GitHubSource => {
  const problems = checkSource(source)
  if (problems.length > 0) {
    throw new Fault('invalid', `github: settings of source=${source.id} are wrong: ${problems.join('; ')}`)
  }
  const { repository, pullRequests, estimateLabels, startedLabels } = source.settings
  const [owner = '', repo = ''] = String(repository).split('/')
  return {
    owner,
    repo,
    pullRequests: pullRequests === true,
    estimateLabels: new RegExp(typeof estimateLabels === 'string' ? estimateLabels : ESTIMATE_LABELS, 'i'),
    startedLabels: isTexts(startedLabels) ? startedLabels.map((label) => label.toLowerCase()) : [],
  }
}

const REPOSITORY = /^[\w.-]+\/[\w.-]+$/

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'string')

const isEstimatePattern = (value: unknown): boolean => {
  if (typeof value !== 'string') return false
  try {
    // An alternative that always matches: its result tells how many groups the pattern has.
    return (new RegExp(`${value}|`).exec('')?.length ?? 0) > 1
  } catch {
    return false
  }
}

const unknownKeys = (
  settings: Readonly<Record<string, unknown>>,
  keys: readonly SettingKey[],
  tolerated: readonly string[],
): readonly string[] => {
  const names = keys.map((key) => key.name)
  return Object.keys(settings)
    .filter((name) => !names.includes(name) && !tolerated.includes(name))
    .map((name) => `${name}: unknown setting; did you mean ${nearest(name, names)}?`)
}

const nearest = (name: string, names: readonly string[]): string =>
  names.reduce((best, candidate) => (distance(name, candidate) < distance(name, best) ? candidate : best))

/** Edit distance, ignoring case. */
const distance = (from: string, to: string): number => {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= to.length; j += 1) {
      const same = from[i - 1]?.toLowerCase() === to[j - 1]?.toLowerCase()
      next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (same ? 0 : 1)))
    }
    row = next
  }
  return row[to.length]!
}
