import { type Context, Hono } from 'hono'
import { portfolioAddress, setupBaselineAddress } from '../../../../web/components/address.ts'
import type { FieldProblem } from '../../../../web/components/fields.tsx'
import { renderSetupDraft } from '../../../../web/render.tsx'
import { dayInZone } from '../../../model/zone.ts'
import { idFrom } from '../../../plan/draft/blank-plan.ts'
import { draftPlan } from '../../../plan/draft/draft-plan.ts'
import type { TrackedSource } from '../../../plan/draft/tracked-work.ts'
import { describeChange } from '../../../plan/setup/describe-change.ts'
import { exportSetup } from '../../../plan/setup/export-setup.ts'
import { EMPTY_SETUP } from '../../../plan/setup/setup.ts'
import { listItems } from '../../../store/list-items.ts'
import { listPlans } from '../../../store/plans.ts'
import { type StoredSource, listSources } from '../../../store/sources.ts'
import { listMilestones } from '../../../store/tracker-milestones.ts'
import { openConnection } from '../../../sync/connect.ts'
import { apply, readSetup } from '../../apply-text.ts'
import type { AppDeps } from '../../deps.ts'
import { goOn, page } from '../page.ts'
import { problemsOf, readForm } from './form.ts'

interface Shown {
  readonly yaml: string
  readonly remarks?: readonly string[]
  readonly problems?: readonly FieldProblem[]
  readonly changes?: readonly string[] | null
}

/** `/setup/{connection}/draft`, step 3: a plan proposed from what was read, to be corrected and applied. */
export const draftPage = (deps: AppDeps): Hono => {
  const show = (c: Context, { yaml, remarks = [], problems = [], changes = null }: Shown): Response =>
    page(
      c,
      renderSetupDraft({ assets: deps.assets, yaml, remarks, problems, changes }),
      problems.length > 0 ? 422 : 200,
    )
  return new Hono()
    .get('/setup/:connection/draft', async (c) => show(c, await draft(deps, c.req.param('connection'))))
    .post('/setup/:connection/draft', async (c) => {
      const { field, all } = await readForm(c)
      const yaml = all('yaml').at(-1) ?? ''
      const dryRun = field('action') !== 'apply'
      try {
        const setup = await readSetup(deps, 'plan', yaml)
        const changes = await apply(deps, setup, { dryRun })
        if (dryRun) return show(c, { yaml, changes: changes.map(describeChange) })
        const [plan, another] = setup.plans
        return goOn(c, plan && !another ? setupBaselineAddress(plan.id) : portfolioAddress())
      } catch (error) {
        return show(c, { yaml, problems: problemsOf(error) })
      }
    })
}

const draft = async (deps: AppDeps, connection: string): Promise<Shown> => {
  await openConnection(deps.sync, connection)
  const sources = await listSources(deps.store.db, { connection })
  const zone = deps.config.zone
  const taken = new Set((await listPlans(deps.store.db, { withRemoved: true })).map(({ id }) => id))
  const name = titleOf(sources, connection)
  const { plan, remarks } = draftPlan(await trackedWork(deps, sources), {
    id: idFrom(name, taken),
    name,
    zone,
    today: dayInZone(deps.sync.now().toISOString(), zone),
  })
  const unread = sources.filter(({ backfilledAt }) => backfilledAt === null)
  return {
    yaml: exportSetup({ ...EMPTY_SETUP, plans: [plan] }),
    remarks: [
      ...unread.map(({ id, itemsSeen, lastError }) =>
        lastError === null
          ? `${id} is still being read, ${itemsSeen} items so far: load this page again to draft from all of them.`
          : `${id} could not be read: ${lastError}`,
      ),
      ...(sources.length === 0 ? ['No source is chosen yet, so there is nothing to draft from.'] : []),
      ...remarks,
    ],
  }
}

const titleOf = (sources: readonly StoredSource[], connection: string): string => {
  const [only, another] = sources
  return only && !another ? String(only.settings.repository ?? only.settings.project ?? only.id) : connection
}

const PAGE = 1000

/** Everything that is stored of these sources, as far as a draft needs it. */
const trackedWork = async (deps: AppDeps, sources: readonly StoredSource[]): Promise<readonly TrackedSource[]> => {
  const { db } = deps.store
  const tracked: TrackedSource[] = []
  for (const source of sources) {
    const items: TrackedSource['items'][number][] = []
    for (let after: string | null | undefined; after !== null; ) {
      const found = await listItems(db, { sourceNos: [source.no], presence: 'present', after, limit: PAGE })
      for (const item of found.items)
        items.push({
          ...item,
          milestones: item.milestones.map(({ key }) => key),
          parent: item.parent?.key ?? null,
        })
      after = found.next
    }
    tracked.push({ id: source.id, milestones: await listMilestones(db, [source.no]), items })
  }
  return tracked
}
