import type { PlanVariance, PlanVarianceRow } from '../../src/reports/shapes/plan-variance.ts'
import { phaseAddress, planAddress, portfolioAddress } from '../components/address.ts'
import type { Crumb } from '../components/layout.tsx'
import { Layout } from '../components/layout.tsx'
import { PlanBody } from '../components/plan-body.tsx'
import { type PlanProps, liveOf } from './plan.tsx'

/** `curves` are those of the phase. */
export interface PhaseProps extends PlanProps {
  readonly phase: string
}

/**
 * One phase against its baseline, with the phases inside it.
 *
 * @throws Error when the report has no such phase: the caller answers 404 before it renders
 */
export const PhasePage = ({ assets, view, report, curves, phase }: PhaseProps) => {
  const row = report.rows.find(({ id }) => id === phase)
  if (row === undefined) throw new Error(`web: the report of ${report.plan} has no phase ${phase}`)
  return (
    <Layout
      assets={assets}
      title={`${row.name}, ${report.name}`}
      crumbs={[
        { name: 'Portfolio', address: portfolioAddress() },
        { name: report.name, address: planAddress(report.plan, view) },
        ...ancestors(report, row).map(
          (above): Crumb => ({ name: above.name, address: phaseAddress(report.plan, above.id, view) }),
        ),
        { name: row.name, address: null },
      ]}
      live={liveOf(report, view)}
      heading={
        <div class="title">
          <h1>{row.name}</h1>
          {row.owner !== null && <p class="meta">{`Owner ${row.owner}`}</p>}
          {row.critical === true && <p class="meta">On the critical path</p>}
        </div>
      }
    >
      <PlanBody report={report} curves={curves} row={row} phase={row.id} rows={below(report, row)} view={view} />
    </Layout>
  )
}

/** Phases above a phase, outermost first. */
export const ancestors = (report: PlanVariance, row: PlanVarianceRow): readonly PlanVarianceRow[] => {
  const parent = report.rows.find(({ id }) => id === row.parent)
  return parent === undefined ? [] : [...ancestors(report, parent), parent]
}

/** Phases inside a phase, in plan order: rows are pre-order, so they follow it directly. */
const below = (report: PlanVariance, row: PlanVarianceRow): readonly PlanVarianceRow[] => {
  const after = report.rows.slice(report.rows.indexOf(row) + 1)
  const end = after.findIndex(({ level }) => level <= row.level)
  return end === -1 ? after : after.slice(0, end)
}
