import { createGitHubState, openIssue } from '../../demo/stand-ins/github/mutations.ts'
import type { GitHubState } from '../../demo/stand-ins/github/state.ts'
import type { SyncTools } from '../../src/sync/tools.ts'
import type { Store } from '../../src/store/database.ts'
import { loadFacts } from '../../src/store/facts.ts'
import { listItems } from '../../src/store/list-items.ts'
import { saveConnection } from '../../src/store/connections.ts'
import { saveSource } from '../../src/store/sources.ts'
import { github } from '../../src/trackers/github/github.ts'
import type { Delivery } from '../../src/trackers/tracker.ts'

export const TOKEN = 'stand-in-token'
export const HOOK = 'a webhook secret'

/** A repository of so many issues, opened hour after hour from March on; those that divide by three are closed. */
export const repository = (issues: number): GitHubState => {
  const state = createGitHubState({ owner: 'acme', repo: 'web', users: ['ana'], createdAt: '2026-01-01T00:00:00Z' })
  for (let index = 0; index < issues; index += 1) addIssue(state, index)
  return state
}

export const addIssue = (state: GitHubState, index: number): number =>
  openIssue(state, {
    title: `Issue ${index + 1}`,
    at: new Date(Date.parse('2026-03-01T00:00:00Z') + index * 3_600_000).toISOString(),
    by: 'ana',
    labels: index % 2 ? ['build', 'size: 3'] : ['launch'],
  }).number

/** A clock that only moves when it is told to. */
export const clockAt = (instant: string) => {
  let ms = Date.parse(instant)
  return {
    now: () => new Date(ms),
    forward: (seconds: number) => {
      ms += seconds * 1000
    },
  }
}

/** The connection `acme-github` with source `web`, as set up. @returns the number of the source */
export const connect = async (store: Store, url: string, source = 'web', repo = 'acme/web'): Promise<number> => {
  const connection = { id: `acme-${source}`, tracker: 'github', url, settings: { timeoutSeconds: 10 } }
  await saveConnection(store.db, { ...connection, sealedSecrets: 'sealed' }, '2026-03-01T00:00:00.000Z')
  return (await saveSource(store.db, { id: source, connection: connection.id, settings: { repository: repo } })).no
}

export const toolsFor = (store: Store, now: () => Date, workerId = 'worker'): SyncTools => ({
  store,
  trackers: [github],
  openSecrets: async () => ({ token: TOKEN, webhookSecret: HOOK }),
  fetch: globalThis.fetch,
  now,
  log: () => {},
  workerId,
  pollSeconds: 300,
})

/** A delivery as it reaches the door. */
export const asReceived = (delivery: {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}): Delivery => ({
  headers: delivery.headers,
  body: new TextEncoder().encode(delivery.body),
})

/** Everything that is held of a source's items, field by field, without numbers that follow the order of arrival. */
export const heldItems = async (store: Store): Promise<Record<string, unknown>> => {
  const { items } = await listItems(store.db, { limit: 10_000 })
  const facts = await loadFacts(
    store.db,
    items.map((item) => item.subject),
  )
  return Object.fromEntries(
    items.map(({ subject, pulledAt: _pulledAt, ...item }) => [item.key, { item, facts: facts.get(subject) }]),
  )
}
