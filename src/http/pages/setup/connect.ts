import { type Context, Hono } from 'hono'
import type { FieldProblem } from '../../../../web/components/fields.tsx'
import { setupSourcesAddress } from '../../../../web/components/address.ts'
import { renderSetupConnect } from '../../../../web/render.tsx'
import type { Connection, ConnectionSecrets } from '../../../model/source.ts'
import { EMPTY_SETUP } from '../../../plan/setup/setup.ts'
import { listConnections } from '../../../store/connections.ts'
import { clientFor, trackerOf } from '../../../sync/connect.ts'
import type { Tracker } from '../../../trackers/tracker.ts'
import { apply } from '../../apply-text.ts'
import type { AppDeps } from '../../deps.ts'
import { goOn, page } from '../page.ts'
import { problemsOf, readForm } from './form.ts'

/** `/setup`, step 1: a connection to a tracker, asked who it is before it is stored. */
export const connectPage = (deps: AppDeps): Hono => {
  const show = async (
    c: Context,
    chosen: string,
    values: Readonly<Record<string, string>> = {},
    problems: readonly FieldProblem[] = [],
  ): Promise<Response> => {
    const titles = new Map(deps.sync.trackers.map(({ kind, title }) => [kind, title]))
    const html = renderSetupConnect({
      assets: deps.assets,
      trackers: deps.sync.trackers.map(({ kind, title, connectionKeys }) => ({ kind, title, keys: connectionKeys })),
      chosen,
      values,
      problems,
      connections: (await listConnections(deps.store.db)).map(({ id, tracker, url }) => ({
        id,
        title: titles.get(tracker) ?? tracker,
        url,
      })),
    })
    return page(c, html, problems.length > 0 ? 422 : 200)
  }
  return new Hono()
    .get('/setup', (c) => show(c, c.req.query('tracker') ?? deps.sync.trackers[0]?.kind ?? ''))
    .post('/setup', async (c) => {
      const { field } = await readForm(c)
      const tracker = trackerOf(deps.sync.trackers, field('tracker'))
      const values = Object.fromEntries(
        ['id', 'url', ...tracker.connectionKeys.map(({ name }) => name)].map((name) => [name, field(name)]),
      )
      const { connection, secrets } = written(tracker, values)
      const problems = await wrongWith(deps, tracker, connection, secrets)
      if (problems.length > 0) return show(c, tracker.kind, values, problems)
      try {
        await apply(deps, { ...EMPTY_SETUP, connections: [{ ...connection, secrets, variables: {} }] })
      } catch (error) {
        return show(c, tracker.kind, values, problemsOf(error))
      }
      return goOn(c, setupSourcesAddress(connection.id))
    })
}

const LISTS = ['formerWebhookSecrets']

/** Secrets apart from settings, numbers as numbers, what was left empty left out. */
const written = (
  tracker: Tracker,
  values: Readonly<Record<string, string>>,
): { readonly connection: Connection; readonly secrets: ConnectionSecrets } => {
  const settings: Record<string, unknown> = {}
  const secrets: Record<string, unknown> = {}
  for (const { name, secret } of tracker.connectionKeys) {
    const value = values[name] ?? ''
    if (value === '' || name === 'url') continue
    if (LISTS.includes(name)) secrets[name] = value.split(/[\s,]+/).filter(Boolean)
    else if (secret) secrets[name] = value
    else settings[name] = name.endsWith('Seconds') && Number.isFinite(Number(value)) ? Number(value) : value
  }
  return {
    connection: { id: values.id ?? '', tracker: tracker.kind, url: values.url ?? '', settings },
    secrets: secrets as ConnectionSecrets,
  }
}

const wrongWith = async (
  deps: AppDeps,
  tracker: Tracker,
  connection: Connection,
  secrets: ConnectionSecrets,
): Promise<readonly FieldProblem[]> => {
  const problems: FieldProblem[] = tracker.checkConnection(connection, secrets).map((sentence) => {
    const [, at = '', message = sentence] = /^(\w+): (.*)$/s.exec(sentence) ?? []
    return { at, message }
  })
  if (!/^[a-z0-9][a-z0-9-]{0,47}$/.test(connection.id))
    problems.unshift({ at: 'id', message: 'Use lower-case letters, digits and dashes, e.g. acme-github.' })
  if (problems.length > 0) return problems
  try {
    await clientFor(deps.sync, { connection, secrets, tracker }, () => {}).identify()
    return []
  } catch (error) {
    return problemsOf(error)
  }
}
