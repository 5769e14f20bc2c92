import type { PlanCurves } from '../../src/reports/shapes/plan-curves.ts'
import type { PlanVariance, PlanVarianceRow } from '../../src/reports/shapes/plan-variance.ts'
import { type View, itemsAddress, setupBaselineAddress } from './address.ts'
import { ChartFigure } from './chart-figure.tsx'
import { date, instant, plural } from './format.ts'
import { Gantt } from './gantt.tsx'
import { Headline } from './headline.tsx'
import { MilestonesTable } from './milestones-table.tsx'
import { StatusBlock } from './status-block.tsx'
import { TrustStrip } from './trust-strip.tsx'
import { DATES, varianceTables } from './variance-columns.ts'
import { VarianceTable } from './variance-table.tsx'
import { BaselineChoice, ViewForm } from './view-form.tsx'

interface PlanBodyProps {
  readonly report: PlanVariance
  readonly curves: PlanCurves
  /** The row that this page is about, its phase (`null` = the plan), and the rows below it. */
  readonly row: PlanVarianceRow
  readonly phase: string | null
  readonly rows: readonly PlanVarianceRow[]
  readonly view: View
}

/** Everything that a plan's page and a phase's page have in common. */
export const PlanBody = ({ report, curves, row, phase, rows, view }: PlanBodyProps) => {
  const milestones = report.milestones.filter(
    (milestone) => phase === null || [row, ...rows].some(({ id }) => id === milestone.phase),
  )
  const period = `${date(report.period.from)} – ${date(report.period.to)}`
  return (
    <>
      <ReportMeta report={report} phase={phase} view={view} />
      {report.baseline === null && <NoBaseline plan={report.plan} />}
      <div class="top">
        <StatusBlock row={row} />
        <Headline report={report} row={row} phase={phase} view={view} />
      </div>
      <TrustStrip plan={report.plan} phase={phase} trust={report.trust} timezone={report.timezone} view={view} />
      <Charts report={report} curves={curves} phase={phase} view={view} />
      <section aria-labelledby="phases">
        <h2 id="phases">Phases against the baseline</h2>
        <Gantt report={report} rows={phase === null ? rows : [row, ...rows]} view={view} />
        <details id="all-dates">
          <summary>All dates as a table</summary>
          <VarianceTable shape={DATES} report={report} rows={rows} sum={row} sumPhase={phase} view={view} />
        </details>
        {milestones.length > 0 && <MilestonesTable report={report} milestones={milestones} view={view} />}
      </section>
      <section aria-labelledby="variance">
        <h2 id="variance">Variance</h2>
        <p class="note">
          Earned value’s variances are bad when negative; days are bad when positive (late). Values in{' '}
          {report.valueUnit}, scope in {report.unit}.
        </p>
        {varianceTables(period).map((shape) => (
          <VarianceTable shape={shape} report={report} rows={rows} sum={row} sumPhase={phase} view={view} />
        ))}
      </section>
      <p>
        <a class="more" href={itemsAddress(report.plan, phase, {}, view)}>
          {`${plural(row.items.total, 'work item')} in scope: open the list`}
        </a>
      </p>
    </>
  )
}

const ReportMeta = ({
  report,
  phase,
  view,
}: {
  readonly report: PlanVariance
  readonly phase: string | null
  readonly view: View
}) => (
  <div class="report-meta">
    <p class="meta">
      {report.baseline === null
        ? 'No baseline'
        : `Baseline ${report.baseline.number} “${report.baseline.name}”, approved ${date(report.baseline.approvedAt)}: ${report.baseline.reason}`}
    </p>
    <p class="meta">
      {'Status date '}
      <time datetime={report.asOf}>{date(report.asOf)}</time>
      {`, end of day in ${report.timezone} · known at `}
      <time datetime={report.knownAt}>{instant(report.knownAt, report.timezone)}</time>
      {` (revision ${report.revision})`}
    </p>
    <BaselineChoice report={report} phase={phase} view={view} />
    <ViewForm report={report} view={view} />
  </div>
)

const NoBaseline = ({ plan }: { readonly plan: string }) => (
  <section class="empty">
    <h2>No baseline counts on this date</h2>
    <p>
      Without one there is nothing to compare with: variances, earned value and the planned curve stay unknown. Look the
      phases over, then <a href={setupBaselineAddress(plan)}>freeze the baseline</a>.
    </p>
  </section>
)

const Charts = ({
  report,
  curves,
  phase,
  view,
}: {
  readonly report: PlanVariance
  readonly curves: PlanCurves
  readonly phase: string | null
  readonly view: View
}) =>
  curves.dates.length === 0 ? null : (
    <section class="charts" aria-label="Curves">
      <ChartFigure
        id="s-curve"
        title="Value over time"
        note={`Cumulative, in ${curves.valueUnit}. Earned below planned is behind; cost above earned is dear.`}
        dates={curves.dates}
        asOf={curves.asOf}
        unit={curves.valueUnit}
        plan={report.plan}
        phase={phase}
        view={view}
        lines={[
          { id: 'planned', name: 'Planned value', measure: 'plannedValue', values: curves.plannedValue },
          { id: 'earned', name: 'Earned value', measure: 'earnedValue', values: curves.earnedValue },
          { id: 'actual', name: 'Actual cost', measure: 'actualCost', values: curves.actualCost },
        ]}
      />
      <ChartFigure
        id="burn-up"
        title="Scope and what is done"
        note={`Burn-up, in ${curves.unit}. A rising scope line is growth since the baseline.`}
        dates={curves.dates}
        asOf={curves.asOf}
        unit={curves.unit}
        plan={report.plan}
        phase={phase}
        view={view}
        lines={[
          { id: 'baseline', name: 'Baseline scope', measure: 'scope.baseline', values: curves.baselineScope },
          { id: 'scope', name: 'Scope', measure: 'scope.current', values: curves.scope },
          { id: 'done', name: 'Done', measure: 'scope.done', values: curves.done },
        ]}
      />
    </section>
  )
