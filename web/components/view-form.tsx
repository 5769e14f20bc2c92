import type { PlanVariance } from '../../src/reports/shapes/plan-variance.ts'
import { type View, phaseAddress } from './address.ts'

/** Choose the status date and the period. A plain GET form: what it shows has an address. */
export const ViewForm = ({ report, view }: { readonly report: PlanVariance; readonly view: View }) => (
  <form class="view" method="get" autocomplete="off" aria-label="What to show">
    <label>
      Status date
      <input type="date" name="asOf" value={view.asOf ?? report.asOf} />
    </label>
    <label>
      Period
      <select name="period">
        {(['month', 'week'] as const).map((period) => (
          <option value={period} selected={report.period.kind === period}>
            {period}
          </option>
        ))}
      </select>
    </label>
    {view.baseline !== null && <input type="hidden" name="baseline" value={String(view.baseline)} />}
    {view.knownAt !== null && <input type="hidden" name="knownAt" value={view.knownAt} />}
    <button type="submit">Show</button>
  </form>
)

/** The same page against an earlier baseline: offered once there is more than one. */
export const BaselineChoice = ({
  report,
  phase,
  view,
}: {
  readonly report: PlanVariance
  readonly phase: string | null
  readonly view: View
}) => {
  const latest = Math.max(report.baseline?.number ?? 0, view.baseline ?? 0)
  if (latest < 2 && view.baseline === null) return null
  const choices = [null, ...Array.from({ length: latest }, (_, position) => position + 1)]
  return (
    <nav class="meta baselines" aria-label="Baselines">
      {'Against '}
      {choices.map((baseline) => (
        <a
          href={phaseAddress(report.plan, phase, { ...view, baseline })}
          {...(baseline === view.baseline ? { 'aria-current': 'true' as const } : {})}
        >
          {baseline === null ? 'the baseline in force' : `baseline ${baseline}`}
        </a>
      ))}
    </nav>
  )
}
