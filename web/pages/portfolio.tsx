import type { Portfolio } from '../../src/reports/shapes/portfolio.ts'
import type { Assets } from '../assets.ts'
import { type View, explainAddress, planAddress, setupAddress } from '../components/address.ts'
import { date, dateBefore, daysLate, index, percent, plural, signedPercent } from '../components/format.ts'
import { Layout } from '../components/layout.tsx'
import { Measure, When, belowOneIsBad, positiveIsBad } from '../components/measure.tsx'
import { PortfolioMoney } from '../components/portfolio-money.tsx'
import { ProgressBar } from '../components/progress-bar.tsx'
import { ScrollBox } from '../components/scroll-box.tsx'
import { STATUS_WORDS, StatusBadge, TrustBadge } from '../components/status.tsx'

export interface PortfolioProps {
  readonly assets: Assets
  readonly view: View
  readonly report: Portfolio
}

type PlanLine = Portfolio['plans'][number]

/** One page that an executive reads and believes: every plan, how it stands and why. */
export const PortfolioPage = ({ assets, view, report }: PortfolioProps) => (
  <Layout
    assets={assets}
    title={report.name}
    crumbs={[]}
    live={view.knownAt === null && report.plans.length > 0 ? 'every plan' : null}
    heading={
      <div class="title">
        <h1>{report.name}</h1>
        <p class="meta">
          Status date <time datetime={report.asOf}>{date(report.asOf)}</time>
        </p>
      </div>
    }
  >
    {report.plans.length === 0 ? <NoPlans /> : <Plans report={report} view={view} />}
  </Layout>
)

const NoPlans = () => (
  <section class="empty">
    <h2>No plan yet</h2>
    <p>
      A plan says which work items belong to which phase, when each phase should be finished and what it may cost. There
      are two ways to make one:
    </p>
    <ul>
      <li>
        <a href={setupAddress()}>Connect a tracker</a>: Plumbline reads its milestones and drafts a plan for you to
        correct.
      </li>
      <li>
        Write it as text and run <code>npm run plumbline -- apply -f plan.yaml</code>.
      </li>
    </ul>
  </section>
)

const Plans = ({ report, view }: { readonly report: Portfolio; readonly view: View }) => (
  <>
    <Summary plans={report.plans} />
    <section aria-labelledby="plans">
      <h2 id="plans">Plans</h2>
      <ScrollBox id="plans-box" label="Plans">
        <table class="plans">
          <caption>
            <span class="text">
              Days are working days. Percent complete is what is done of today’s scope; the tick shows what the baseline
              planned. SPI(t) and CPI below 1 mean slower and dearer than planned.
            </span>
          </caption>
          <thead>
            <tr>
              <th scope="col">Plan</th>
              <th scope="col">Complete</th>
              <th scope="col">Finish</th>
              <th scope="col" class="number">
                Scope change
              </th>
              <th scope="col" class="number">
                <abbr title="Cost performance index: earned value ÷ actual cost">CPI</abbr>
              </th>
              <th scope="col" class="number">
                <abbr title="Time performance index: earned schedule ÷ time used">SPI(t)</abbr>
              </th>
              <th scope="col">Trust</th>
            </tr>
          </thead>
          <tbody>
            {report.plans.map((plan) => (
              <PlanRow plan={plan} view={view} />
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {report.overlap.items > 0 && (
        <p class="note">
          {plural(report.overlap.items, 'work item')} {report.overlap.items === 1 ? 'counts' : 'count'} in more than one
          plan. Each plan shows them in full; the totals below therefore hold them more than once.
        </p>
      )}
    </section>
    <PortfolioMoney report={report} view={view} />
  </>
)

/** How many plans stand where, worst first. */
const Summary = ({ plans }: { readonly plans: readonly PlanLine[] }) => (
  <ul class="summary" aria-label="Plans by status">
    {(['off-track', 'at-risk', 'unknown', 'on-track'] as const).map((status) => {
      const those = plans.filter((plan) => plan.status === status)
      return (
        those.length > 0 && (
          <li>
            <StatusBadge status={status} /> <strong>{those.length}</strong>
            <span class="visually-hidden">{`${plural(those.length, 'plan')} ${STATUS_WORDS[status].toLowerCase()}`}</span>
          </li>
        )
      )
    })}
  </ul>
)

const PlanRow = ({ plan, view }: { readonly plan: PlanLine; readonly view: View }) => {
  const to = (measure: string) => explainAddress(plan.id, measure, null, view)
  const why = plan.undefinedBecause
  return (
    <tr data-status={plan.status}>
      <th scope="row" class="plan">
        <a class="plan-name" href={planAddress(plan.id, view)}>
          {plan.name}
        </a>
        <StatusBadge status={plan.status} />
        {plan.statusBecause.map((sentence) => (
          <p class="because">{sentence}</p>
        ))}
        {plan.baseline === null && (
          <p class="because">
            <a href={planAddress(plan.id, view)}>Freeze a baseline</a> to compare this plan with.
          </p>
        )}
      </th>
      <td class="complete" data-label="Complete">
        <ProgressBar complete={plan.percentComplete} planned={plan.plannedPercent} />
        <span class="pair">
          <Measure
            value={plan.percentComplete}
            because={why.percentComplete}
            format={percent}
            href={to('percentComplete')}
          />
          <span class="of">
            {' planned '}
            <Measure
              value={plan.plannedPercent}
              because={why.plannedPercent}
              format={percent}
              href={to('plannedPercent')}
            />
          </span>
        </span>
      </td>
      <td class="finish" data-label="Finish">
        <span class="headline">
          <Measure
            value={plan.finishVarianceDays}
            because={why.finishVarianceDays}
            format={daysLate}
            href={to('finishVarianceDays')}
            tone={positiveIsBad(plan.finishVarianceDays)}
          />
        </span>
        <span class="of">
          <When date={plan.baselineFinish} because={why.baselineFinish} format={dateBefore(plan.expectedFinish)} />
          {' → '}
          <When date={plan.expectedFinish} because={why.expectedFinish} format={date} />
        </span>
      </td>
      <td class="number" data-label="Scope change">
        <Measure
          value={plan.scopeChangePercent}
          because={why.scopeChangePercent}
          format={signedPercent}
          href={to('scope.current')}
        />
      </td>
      <td class="number" data-label="CPI">
        <Measure
          value={plan.costPerformanceIndex}
          because={why.costPerformanceIndex}
          format={index}
          href={to('costPerformanceIndex')}
          tone={belowOneIsBad(plan.costPerformanceIndex)}
        />
      </td>
      <td class="number" data-label="SPI(t)">
        <Measure
          value={plan.timePerformanceIndex}
          because={why.timePerformanceIndex}
          format={index}
          href={to('timePerformanceIndex')}
          tone={belowOneIsBad(plan.timePerformanceIndex)}
        />
      </td>
      <td class="trust-cell" data-label="Trust">
        <TrustBadge level={plan.trust} />
        {plan.trustRemarks.map((remark) => (
          <p class="because">{remark}</p>
        ))}
      </td>
    </tr>
  )
}
