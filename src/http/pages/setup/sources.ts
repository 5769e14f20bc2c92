import { type Context, Hono } from 'hono'
import type { FieldProblem } from '../../../../web/components/fields.tsx'
import { setupDraftAddress } from '../../../../web/components/address.ts'
import { renderSetupSources } from '../../../../web/render.tsx'
import type { Source } from '../../../model/source.ts'
import { idFrom } from '../../../plan/draft/blank-plan.ts'
import { EMPTY_SETUP } from '../../../plan/setup/setup.ts'
import { listSources } from '../../../store/sources.ts'
import { clientFor, openConnection } from '../../../sync/connect.ts'
import { syncNow } from '../../../sync/run-due.ts'
import type { Discovered, Identity, TrackerClient } from '../../../trackers/tracker.ts'
import { apply } from '../../apply-text.ts'
import type { AppDeps } from '../../deps.ts'
import { goOn, page } from '../page.ts'
import { problemsOf, readForm } from './form.ts'

/** `/setup/{connection}/sources`, step 2: which repositories or projects hold the work. */
export const choosePage = (deps: AppDeps): Hono => {
  const show = async (
    c: Context,
    id: string,
    entered: { readonly other: string; readonly problems: readonly FieldProblem[] },
  ): Promise<Response> => {
    const opened = await openConnection(deps.sync, id)
    const shown = await look(clientFor(deps.sync, opened, () => {}))
    const present = new Set((await listSources(deps.store.db, { connection: id })).map(settingOf))
    const problems = [...entered.problems, ...shown.problems]
    const html = renderSetupSources({
      assets: deps.assets,
      connection: { id, tracker: opened.connection.tracker },
      identity: shown.identity,
      discovered: shown.discovered.map(({ title, settings, lastActivity }) => {
        const value = settingOf({ settings })
        return { value, title, lastActivity, chosen: present.has(value) }
      }),
      other: entered.other,
      problems,
    })
    return page(c, html, entered.problems.length > 0 ? 422 : 200)
  }
  return new Hono()
    .get('/setup/:connection/sources', (c) => show(c, c.req.param('connection'), { other: '', problems: [] }))
    .post('/setup/:connection/sources', async (c) => {
      const id = c.req.param('connection')
      const { field, all } = await readForm(c)
      const other = field('other')
      const { connection, tracker } = await openConnection(deps.sync, id)
      const wanted = [...new Set([...all('source'), ...other.split(/[\s,]+/)].filter(Boolean))]
      const taken = await listSources(deps.store.db, { withRemoved: true })
      const known = new Set(taken.filter((source) => source.connection === id && !source.removedAt).map(settingOf))
      const ids = new Set(taken.map((source) => source.id))
      const sources = wanted
        .filter((value) => !known.has(value))
        .map((value): Source => {
          const settings = connection.tracker === 'github' ? { repository: value } : { project: value }
          return { id: idFrom(value.split('/').at(-1)!, ids), connection: id, settings }
        })
      const problems = sources.flatMap((source) =>
        tracker.checkSource(source).map((message) => ({ at: 'other', message: `${settingOf(source)}: ${message}` })),
      )
      if (wanted.length === 0) problems.push({ at: 'source', message: 'Choose at least one.' })
      if (problems.length > 0) return show(c, id, { other, problems })
      try {
        await apply(deps, { ...EMPTY_SETUP, sources })
      } catch (error) {
        return show(c, id, { other, problems: problemsOf(error) })
      }
      await readSoon(deps, sources)
      return goOn(c, setupDraftAddress(id))
    })
}

const PATIENCE_MS = 8000

/** Begins to read them; a small source is read by the time that the draft is shown, a large one goes on. */
const readSoon = async (deps: AppDeps, sources: readonly Source[]): Promise<void> => {
  const reading = Promise.all(sources.map(({ id }) => syncNow(deps.sync, id)))
  deps.later(reading)
  let timer: ReturnType<typeof setTimeout> | undefined
  const patience = new Promise((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS)
  })
  await Promise.race([reading.catch(() => null), patience])
  clearTimeout(timer)
}

/** What the tracker shows; what it refuses becomes a sentence on the page. */
const look = async (
  client: TrackerClient,
): Promise<{
  readonly identity: Identity | null
  readonly discovered: readonly Discovered[]
  readonly problems: readonly FieldProblem[]
}> => {
  try {
    const identity = await client.identify()
    return { identity, discovered: await client.discover(), problems: [] }
  } catch (error) {
    return { identity: null, discovered: [], problems: problemsOf(error) }
  }
}

const settingOf = ({ settings }: Pick<Source, 'settings'>): string =>
  String(settings.repository ?? settings.project ?? '')
