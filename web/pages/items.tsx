import type { PlanItems } from '../../src/reports/shapes/plan-items.ts'
import type { Assets } from '../assets.ts'
import {
  type ItemFilters,
  type View,
  itemsAddress,
  phaseAddress,
  planAddress,
  portfolioAddress,
} from '../components/address.ts'
import { date } from '../components/format.ts'
import { ItemFiltersForm } from '../components/item-filters.tsx'
import { ItemRow } from '../components/item-row.tsx'
import { Layout } from '../components/layout.tsx'
import { ScrollBox } from '../components/scroll-box.tsx'
import { liveOf } from './plan.tsx'

export interface ItemsProps {
  readonly assets: Assets
  readonly view: View
  readonly report: PlanItems
  readonly planName: string
  /** In plan order: to choose from, and to name. */
  readonly phases: readonly { readonly id: string; readonly name: string }[]
  readonly filters: ItemFilters
}

/** The work items behind the numbers, each opening in its tracker. */
export const ItemsPage = ({ assets, view, report, planName, phases, filters }: ItemsProps) => {
  const nameOf = (phase: string | null): string | null => phases.find(({ id }) => id === phase)?.name ?? phase
  const phaseName = nameOf(report.phase)
  return (
    <Layout
      assets={assets}
      title={`Work items, ${phaseName ?? planName}`}
      crumbs={[
        { name: 'Portfolio', address: portfolioAddress() },
        { name: planName, address: planAddress(report.plan, view) },
        ...(phaseName === null ? [] : [{ name: phaseName, address: phaseAddress(report.plan, report.phase, view) }]),
        { name: 'Work items', address: null },
      ]}
      live={liveOf(report, view)}
      heading={
        <div class="title">
          <h1>Work items</h1>
          <p class="meta">{`${phaseName ?? planName}, status date ${date(report.asOf)} · sizes in ${report.unit}`}</p>
        </div>
      }
    >
      <ItemFiltersForm plan={report.plan} phase={report.phase} phases={phases} filters={filters} view={view} />
      {report.items.length === 0 ? (
        <section class="empty">
          <h2>No work items here</h2>
          <p>
            Nothing matches. Clear the filters, or look at the{' '}
            <a href={itemsAddress(report.plan, null, { unmapped: true }, view)}>items that no rule takes</a>: a mapping
            rule of a phase may be missing.
          </p>
        </section>
      ) : (
        <ScrollBox id="items-box" label="Work items">
          <table class="items">
            <caption>
              <span class="text">
                Each key opens the item in its tracker. A size in brackets stands in for a missing estimate. Values are
                the shares of the baseline’s budget.
              </span>
            </caption>
            <thead>
              <tr>
                <th scope="col">Work item</th>
                <th scope="col">State</th>
                <th scope="col">Phase</th>
                <th scope="col" class="number">
                  Size
                </th>
                <th scope="col" class="number">
                  In baseline
                </th>
                <th scope="col" class="number">
                  Value
                </th>
                <th scope="col" class="number">
                  Earned
                </th>
                <th scope="col" class="number">
                  Hours
                </th>
                <th scope="col" class="number">
                  Cost
                </th>
                <th scope="col">Assignees</th>
                <th scope="col">Started</th>
                <th scope="col">Done</th>
                <th scope="col">Due</th>
              </tr>
            </thead>
            <tbody>
              {report.items.map((item) => (
                <ItemRow item={item} report={report} phaseName={nameOf(item.phase)} view={view} />
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
      {report.next !== null && (
        <p>
          <a
            class="more"
            rel="next"
            href={itemsAddress(report.plan, report.phase, { ...filters, cursor: report.next }, view)}
          >
            More work items
          </a>
        </p>
      )}
    </Layout>
  )
}
