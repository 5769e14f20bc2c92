import { type Context, Hono } from 'hono'
import { planAddress } from '../../../../web/components/address.ts'
import type { FieldProblem } from '../../../../web/components/fields.tsx'
import { renderSetupBaseline } from '../../../../web/render.tsx'
import { type PlanDocument, plannedSources } from '../../../model/plan.ts'
import { freezeBaseline } from '../../../plan/freeze-baseline.ts'
import { planVariance } from '../../../reports/plan-variance.ts'
import { titleOf } from '../../../reports/plan-trust.ts'
import { listSources } from '../../../store/sources.ts'
import { type AppDeps, clockOf } from '../../deps.ts'
import { openOutline } from '../../plan-outline.ts'
import { goOn, page } from '../page.ts'
import { problemsOf, readForm } from './form.ts'

interface Values {
  readonly name: string
  readonly reason: string
  readonly asOf: string
}

/** `/plans/{id}/baseline`, step 4: what would be frozen, and why it is. */
export const baselinePage = (deps: AppDeps): Hono => {
  const show = async (c: Context, id: string, values: Values | null, problems: readonly FieldProblem[]) => {
    const { document } = await openOutline(deps.store, id)
    const report = await planVariance(deps.store, { plan: id, ...clockOf(deps) })
    const rows = new Map(report.rows.map((row) => [row.id, row]))
    const html = renderSetupBaseline({
      assets: deps.assets,
      plan: { id, name: document.name, unit: document.unit, currency: document.currency },
      phases: document.phases.map(({ id: phase, name, level, start, finish, size, budget }) => ({
        id: phase,
        name,
        level,
        start,
        finish,
        items: rows.get(phase)?.items.total ?? 0,
        size: size ?? rows.get(phase)?.scope.current ?? null,
        budget: budget?.amount ?? null,
      })),
      remarks: remarksOn(document, (phase) => rows.get(phase)?.items.total ?? 0),
      reading: await stillReading(deps, document),
      values: values ?? { name: report.baseline === null ? 'As approved' : '', reason: '', asOf: '' },
      problems,
    })
    return page(c, html, problems.length > 0 ? 422 : 200)
  }
  return new Hono()
    .get('/plans/:plan/baseline', (c) => show(c, c.req.param('plan'), null, []))
    .post('/plans/:plan/baseline', async (c) => {
      const plan = c.req.param('plan')
      const { field } = await readForm(c)
      const values = { name: field('name'), reason: field('reason'), asOf: field('asOf') }
      const problems: FieldProblem[] = []
      if (values.reason === '') problems.push({ at: 'reason', message: 'Say why: who agreed to it, and when.' })
      if (values.asOf !== '' && !/^\d{4}-\d{2}-\d{2}$/.test(values.asOf))
        problems.push({ at: 'asOf', message: 'Write a date as YYYY-MM-DD.' })
      if (problems.length > 0) return show(c, plan, values, problems)
      try {
        await freezeBaseline(deps.store, {
          plan,
          reason: values.reason,
          actor: deps.actor,
          now: deps.sync.now(),
          ...(values.name !== '' && { name: values.name }),
          ...(values.asOf !== '' && { asOf: values.asOf }),
        })
      } catch (error) {
        return show(c, plan, values, problemsOf(error))
      }
      return goOn(c, planAddress(plan))
    })
}

const remarksOn = ({ phases }: PlanDocument, itemsOf: (phase: string) => number): readonly string[] => {
  const parents = new Set(phases.map(({ parent }) => parent))
  return phases
    .filter(({ id }) => !parents.has(id))
    .flatMap(({ id, name, start, finish, size, progress }) => [
      ...(start === null || finish === null
        ? [`${name} has no start or finish: its planned value stays unknown.`]
        : []),
      ...(progress.kind === 'items' && size === null && itemsOf(id) === 0
        ? [`${name} has neither items nor a size: its earned value stays unknown.`]
        : []),
    ])
}

const stillReading = async ({ store }: AppDeps, document: PlanDocument) => {
  const named = plannedSources(document)
  return (await listSources(store.db))
    .filter(({ id, backfilledAt }) => backfilledAt === null && (named === null || named.has(id)))
    .map((source) => ({ title: titleOf(source), seen: source.itemsSeen, total: null }))
}
