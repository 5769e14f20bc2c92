import type { TroubleKind } from '../../../demo/stand-ins/jira/trouble.ts'
import type { Flavour } from '../../../demo/stand-ins/jira/render.ts'
import { type StartJiraOptions, startJira } from '../../../demo/stand-ins/jira/start-jira.ts'
import { type JiraState, createJiraState } from '../../../demo/stand-ins/jira/state.ts'
import type { Connection, Cursor, Source } from '../../../src/model/source.ts'
import type { TrackerCall, TrackerClient } from '../../../src/trackers/tracker.ts'
import { jira } from '../../../src/trackers/jira/jira.ts'

export const TOKEN = 'right-token'
export const EMAIL = 'pmo@acme.test'

/** A stand-in Jira with a client on it, and every call that the client reported. */
export const standUp = async (
  state: JiraState,
  options: {
    readonly flavour?: Flavour
    readonly now?: () => Date
    readonly timeoutSeconds?: number
  } & Partial<StartJiraOptions> = {},
) => {
  const { flavour = 'cloud', now = () => new Date('2026-06-01T00:00:00Z'), timeoutSeconds, ...rest } = options
  const server = await startJira({ state, flavour, email: EMAIL, token: TOKEN, now, ...rest })
  const connection: Connection = {
    id: 'acme-jira',
    tracker: 'jira',
    url: server.url,
    settings: {
      ...(flavour === 'cloud' ? { email: EMAIL } : {}),
      ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
    },
  }
  const calls: TrackerCall[] = []
  const logged: string[] = []
  const connect = (token = TOKEN): TrackerClient =>
    jira.connect(
      connection,
      { token },
      { fetch, now, onCall: (call) => calls.push(call), log: (line) => logged.push(line) },
    )
  return { server, connection, calls, logged, connect, client: connect() }
}

export const sourceOf = (settings: Source['settings']): Source => ({ id: 'core', connection: 'acme-jira', settings })

/** All ids of a listing, and the cursor that it ends with. */
export const list = async (client: TrackerClient, source: Source, from: Cursor | null) => {
  const ids: string[] = []
  let cursor = from
  for await (const page of client.listChanged(source, from)) {
    ids.push(...page.externalIds)
    cursor = page.cursor
  }
  return { ids, cursor: cursor! }
}

/** A site with one project, three versions and two people. */
export const smallSite = (zone = 'UTC') =>
  createJiraState({
    projects: [
      { key: 'CORE', name: 'Core' },
      { key: 'OPS', name: 'Operations' },
    ],
    users: [
      { id: '5b10ac8d', displayName: 'Ana K.', name: 'ana', email: EMAIL },
      { id: '5b10ac8e', displayName: 'Ben L.', name: 'ben' },
    ],
    versions: [
      { project: 'CORE', name: '1.0', startDate: '2026-03-02', releaseDate: '2026-04-30', released: true },
      { project: 'CORE', name: '2.0', releaseDate: '2026-06-26' },
      { project: 'CORE', name: '3.0' },
    ],
    accountZone: zone,
  })

export const TROUBLES = {
  rateLimit: 'rate-limited',
  reset: 'reset',
  cutOff: 'cut-off',
  wrongType: 'web-page',
  serverError: 'server-error',
} as const satisfies Record<string, TroubleKind>
