import type { PlanCurves } from '../../src/reports/shapes/plan-curves.ts'
import type { PlanVariance } from '../../src/reports/shapes/plan-variance.ts'
import type { Assets } from '../assets.ts'
import { type View, portfolioAddress } from '../components/address.ts'
import { Layout, type Live } from '../components/layout.tsx'
import { PlanBody } from '../components/plan-body.tsx'

export interface PlanProps {
  readonly assets: Assets
  readonly view: View
  readonly report: PlanVariance
  readonly curves: PlanCurves
}

/** A plan against its baseline: status and why, what it rests on, curves, phases, variances. */
export const PlanPage = ({ assets, view, report, curves }: PlanProps) => (
  <Layout
    assets={assets}
    title={report.name}
    crumbs={[
      { name: 'Portfolio', address: portfolioAddress() },
      { name: report.name, address: null },
    ]}
    live={liveOf(report, view)}
    heading={
      <div class="title">
        <h1>{report.name}</h1>
      </div>
    }
  >
    <PlanBody report={report} curves={curves} row={report.total} phase={null} rows={report.rows} view={view} />
  </Layout>
)

/** What was known at a moment does not change: such a view stays as it is. */
export const liveOf = (report: { readonly plan: string; readonly revision: number }, view: View): Live =>
  view.knownAt === null ? { plan: report.plan, revision: report.revision } : null
