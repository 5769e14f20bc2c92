import type { PlanVariance } from '../../src/reports/shapes/plan-variance.ts'
import type { View } from './address.ts'

/** Choose the status date, the period and the baseline. A plain GET form: what it shows has an address. */
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
    {report.baseline !== null && (
      <label>
        Baseline
        <input
          type="number"
          name="baseline"
          min="1"
          step="1"
          value={String(view.baseline ?? '')}
          placeholder="in force"
        />
      </label>
    )}
    {view.knownAt !== null && <input type="hidden" name="knownAt" value={view.knownAt} />}
    <button type="submit">Show</button>
  </form>
)
