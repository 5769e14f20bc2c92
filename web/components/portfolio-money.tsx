import type { Portfolio } from '../../src/reports/shapes/portfolio.ts'
import { type View, explainAddress, planAddress } from './address.ts'
import { amount, index } from './format.ts'
import { Measure, belowOneIsBad } from './measure.tsx'
import { ScrollBox } from './scroll-box.tsx'

type PlanLine = Portfolio['plans'][number]
type Total = Portfolio['total']

const VALUES = [
  { key: 'plannedValue', name: 'Planned value' },
  { key: 'earnedValue', name: 'Earned value' },
  { key: 'actualCost', name: 'Actual cost' },
  { key: 'budgetAtCompletion', name: 'Budget at completion' },
] as const

const INDICES = [
  { key: 'schedulePerformanceIndex', name: 'SPI', title: 'Schedule performance index: earned value ÷ planned value' },
  { key: 'costPerformanceIndex', name: 'CPI', title: 'Cost performance index: earned value ÷ actual cost' },
] as const

/** What the plans are worth, plan by plan and in total: the rows are the explanation of the sum. */
export const PortfolioMoney = ({ report, view }: { readonly report: Portfolio; readonly view: View }) => (
  <section aria-label="What the plans are worth">
    <h2 id="totals">Portfolio totals</h2>
    <ScrollBox id="totals-box" label="Totals">
      <table>
        <caption>
          <span class="text">
            The total is the sum of the plans above it; its indices are ratios of the sums, not means of the plans’
            indices.
          </span>
        </caption>
        <thead>
          <tr>
            <th scope="col">Plan</th>
            {VALUES.map(({ name }) => (
              <th scope="col" class="number">
                {name}
              </th>
            ))}
            {INDICES.map(({ name, title }) => (
              <th scope="col" class="number">
                <abbr title={title}>{name}</abbr>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {report.plans.map((plan) => (
            <PlanValues plan={plan} view={view} />
          ))}
        </tbody>
        <tfoot>
          <TotalRow total={report.total} />
        </tfoot>
      </table>
    </ScrollBox>
  </section>
)

const PlanValues = ({ plan, view }: { readonly plan: PlanLine; readonly view: View }) => (
  <tr>
    <th scope="row">
      <a href={planAddress(plan.id, view)}>{plan.name}</a>
    </th>
    {VALUES.map(({ key }) => (
      <td class="number">
        <Measure
          value={plan[key]}
          because={plan.undefinedBecause[key]}
          format={(value) => amount(value, plan.valueUnit)}
          href={explainAddress(plan.id, key, null, view)}
        />
      </td>
    ))}
    {INDICES.map(({ key }) => (
      <td class="number">
        <Measure
          value={plan[key]}
          because={plan.undefinedBecause[key]}
          format={index}
          href={explainAddress(plan.id, key, null, view)}
          tone={belowOneIsBad(plan[key])}
        />
      </td>
    ))}
  </tr>
)

const TotalRow = ({ total }: { readonly total: Total }) => (
  <tr>
    <th scope="row">All plans</th>
    {VALUES.map(({ key }) => (
      <td class="number">
        <Measure
          value={total[key]}
          because={total.undefinedBecause[key]}
          format={(value) => amount(value, total.currency ?? '')}
          href="#totals"
        />
      </td>
    ))}
    {INDICES.map(({ key }) => (
      <td class="number">
        <Measure
          value={total[key]}
          because={total.undefinedBecause[key]}
          format={index}
          href="#totals"
          tone={belowOneIsBad(total[key])}
        />
      </td>
    ))}
  </tr>
)
