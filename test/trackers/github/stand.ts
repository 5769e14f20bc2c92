import { type GitHubOptions, type StandInGitHub, startGitHub } from '../../../demo/stand-ins/github/server.ts'
import type { GitHubState } from '../../../demo/stand-ins/github/state.ts'
import type { Fact } from '../../../src/model/fact.ts'
import type { Connection, Cursor, Source } from '../../../src/model/source.ts'
import { github } from '../../../src/trackers/github/github.ts'
import type { TrackerCall, TrackerClient } from '../../../src/trackers/tracker.ts'

export const TOKEN = 'stand-in-token'
export const NOW = new Date('2026-06-01T12:00:00Z')

export interface Stand {
  readonly github: StandInGitHub
  readonly client: TrackerClient
  readonly source: Source
  readonly calls: TrackerCall[]
  /** The same GitHub through other settings. */
  connect(change?: { token?: string; url?: string; timeoutSeconds?: number }): TrackerClient
}

/** A stand-in GitHub with a client beside it. Close `github` afterwards. */
export const standUp = async (
  state: GitHubState,
  options: Partial<GitHubOptions> & { settings?: Readonly<Record<string, unknown>> } = {},
): Promise<Stand> => {
  const { settings, ...rest } = options
  const server = await startGitHub({ state, token: TOKEN, now: () => NOW, ...rest })
  const calls: TrackerCall[] = []
  const connect: Stand['connect'] = ({ token = TOKEN, url = server.url, timeoutSeconds = 10 } = {}) => {
    const connection: Connection = { id: 'acme-github', tracker: 'github', url, settings: { timeoutSeconds } }
    const tools = {
      fetch,
      now: rest.now ?? (() => NOW),
      onCall: (call: TrackerCall) => void calls.push(call),
      log: () => {},
    }
    return github.connect(connection, { token }, tools)
  }
  const source: Source = {
    id: 'web',
    connection: 'acme-github',
    settings: { repository: `${state.owner}/${state.repo}`, ...settings },
  }
  return { github: server, client: connect(), source, calls, connect }
}

/** All ids that a listing brings, and the cursor it ends with. */
export const listAll = async (
  client: TrackerClient,
  source: Source,
  from: Cursor | null = null,
): Promise<{ ids: string[]; cursor: Cursor | null; total: number | null }> => {
  const ids: string[] = []
  let cursor = from
  let total: number | null = null
  for await (const page of client.listChanged(source, from)) {
    ids.push(...page.externalIds)
    cursor = page.cursor
    total ??= page.total
  }
  return { ids, cursor, total }
}

/** A field's history as `[day, value]`. */
export const daysOf = (history: readonly Fact[], field: Fact['field']): [string, unknown][] =>
  history.filter((fact) => fact.field === field).map((fact) => [fact.occurredAt.slice(0, 10), fact.value])
