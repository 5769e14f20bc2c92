import type { ConnectionSecrets, Source } from '../../model/source.ts'
import { didYouMean } from './nearest.ts'
import type { Finding, Path } from './places.ts'
import { unknownKey } from './schema-parts.ts'
import type { SetupConnection, TrackerWords } from './setup.ts'

type Settings = Readonly<Record<string, unknown>>

const SECRETS: readonly string[] = ['token', 'webhookSecret', 'formerWebhookSecrets', 'privateKey']
/** Secrets of which there may be several; one may stand without its list. */
const LISTS: readonly string[] = ['formerWebhookSecrets']

/** A connection as written: secrets apart from settings; what its tracker does not know is found. */
export const readConnection = (
  id: string,
  written: Settings,
  trackers: readonly TrackerWords[],
  variableAt: (path: Path) => string | null,
  findings: Finding[],
): SetupConnection | null => {
  const path: Path = ['connections', id]
  const tracker = readTracker(path, written.tracker, trackers, findings)
  if (tracker === null) return null
  const words = tracker.connectionKeys
  const known = ['tracker', 'url', ...words.map(({ name }) => name)].filter((name, at, all) => all.indexOf(name) === at)
  const before = findings.length
  const settings: Record<string, unknown> = {}
  const secrets: Record<string, unknown> = {}
  const variables: Record<string, string> = {}
  for (const [key, value] of Object.entries(written)) {
    if (value === null || key === 'tracker') continue
    const secret = SECRETS.includes(key) || words.some((word) => word.name === key && word.secret)
    if (!known.includes(key) && !SECRETS.includes(key))
      findings.push({ path: [...path, key], message: unknownKey(key, known), of: 'key' })
    else if (secret) {
      const texts: unknown = LISTS.includes(key) ? [value].flat() : value
      if (typeof texts === 'string' || (Array.isArray(texts) && LISTS.includes(key) && texts.every(isText)))
        secrets[key] = texts
      else findings.push({ path: [...path, key], message: `write the name of an environment variable: "\${NAME}"` })
      const variable = variableAt([...path, key])
      if (variable !== null) variables[key] = variable
    } else if (key !== 'url') settings[key] = value
    else if (typeof value !== 'string' || !isWebAddress(value))
      findings.push({ path: [...path, key], message: 'write the address of the tracker, beginning with https://' })
  }
  requireKeys(path, written, words, findings)
  if (findings.length > before) return null
  const connection = {
    id,
    tracker: tracker.kind,
    url: typeof written.url === 'string' ? written.url : '',
    settings,
  }
  for (const message of tracker.checkConnection?.(connection, secrets as ConnectionSecrets) ?? [])
    findings.push(atKey(path, message, written))
  return { ...connection, secrets: secrets as ConnectionSecrets, variables }
}

/** A source as written; `null` when its connection is not known, so that nothing can be said of its settings. */
export const readSource = (
  id: string,
  written: Settings,
  trackerOf: (connection: string) => TrackerWords | null,
  connections: ReadonlySet<string>,
  findings: Finding[],
): Source | null => {
  const path: Path = ['sources', id]
  const { connection, ...rest } = written
  if (typeof connection !== 'string') {
    const message = `is missing; write the connection that the source is read through${didYouMean('', connections)}`
    findings.push({ path: [...path, 'connection'], message })
    return null
  }
  if (!connections.has(connection)) {
    const message = `there is no connection "${connection}"${didYouMean(connection, connections)}`
    findings.push({ path: [...path, 'connection'], message })
    return null
  }
  const settings = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null))
  const source = { id, connection, settings }
  const tracker = trackerOf(connection)
  if (tracker === null) return source
  const known = ['connection', ...tracker.sourceKeys.map(({ name }) => name)]
  const before = findings.length
  for (const key of Object.keys(settings))
    if (!known.includes(key)) findings.push({ path: [...path, key], message: unknownKey(key, known), of: 'key' })
  requireKeys(path, written, tracker.sourceKeys, findings)
  if (findings.length > before) return null
  for (const message of tracker.checkSource?.(source) ?? []) findings.push(atKey(path, message, written))
  return source
}

const isText = (value: unknown): boolean => typeof value === 'string'

/** A tracker's message that begins with the name of a setting stands at that setting. */
const atKey = (path: Path, message: string, written: Settings): Finding => {
  const [, key, rest] = /^(\w+): (.*)$/s.exec(message) ?? []
  return key !== undefined && rest !== undefined && Object.hasOwn(written, key)
    ? { path: [...path, key], message: rest }
    : { path, message }
}

const readTracker = (
  path: Path,
  kind: unknown,
  trackers: readonly TrackerWords[],
  findings: Finding[],
): TrackerWords | null => {
  const kinds = trackers.map((tracker) => tracker.kind)
  const found = trackers.find((tracker) => tracker.kind === kind)
  if (found !== undefined) return found
  const message =
    typeof kind === 'string'
      ? `there is no tracker "${kind}"${didYouMean(kind, kinds)}`
      : `is missing; write one of ${kinds.join(', ')}`
  findings.push({ path: [...path, 'tracker'], message })
  return null
}

const requireKeys = (path: Path, written: Settings, words: TrackerWords['sourceKeys'], findings: Finding[]): void => {
  for (const { name, required } of words)
    if (required && written[name] == null)
      findings.push({
        path: [...path, name],
        message: `is missing; a ${String(path[0]).slice(0, -1)} of this tracker needs it`,
      })
}

const isWebAddress = (value: string): boolean => {
  const url = URL.parse(value)
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:')
}
