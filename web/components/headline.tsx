import type { Child, PropsWithChildren } from 'hono/jsx'
import type { PlanVariance, PlanVarianceRow } from '../../src/reports/shapes/plan-variance.ts'
import { type View, explainAddress } from './address.ts'
import { amount, date, dateBefore, daysLate, index, percent, quantity, share, timeVariance } from './format.ts'
import { Measure, When, belowOneIsBad, negativeIsBad, positiveIsBad } from './measure.tsx'
import { ProgressBar } from './progress-bar.tsx'

interface HeadlineProps {
  readonly report: PlanVariance
  readonly row: PlanVarianceRow
  /** `null` = the whole plan. */
  readonly phase: string | null
  readonly view: View
}

type JudgedKey = 'timePerformanceIndex' | 'timeVariance' | 'costPerformanceIndex' | 'costVariance'

/** Progress, finish, cost and scope of a plan or a phase: what everybody asks first. */
export const Headline = ({ report, row, phase, view }: HeadlineProps) => {
  const to = (measure: string) => explainAddress(report.plan, measure, phase, view)
  const why = (key: string) => row.undefinedBecause[key]
  const worth = (value: number) => amount(value, report.valueUnit)
  /** Where a sum is unknown, what is known of it, said to be so. */
  const judged = (
    key: JudgedKey,
    format: (value: number) => string,
    tone: (value: number | null) => 'good' | 'bad' | 'plain',
  ) => {
    const part = row[key] === null ? (row.judged?.[key] ?? null) : null
    const measure = part === null ? key : `judged.${key}`
    const value = part ?? row[key]
    return <Measure value={value} because={why(key)} format={format} href={to(measure)} tone={tone(value)} />
  }
  const partly = row.judged !== null && row.judged.share !== null && row.timePerformanceIndex === null
  return (
    <section class="headline-tiles" aria-label="In short">
      <Tile name="Complete">
        <Big>
          <Measure
            value={row.percentComplete}
            because={why('percentComplete')}
            format={percent}
            href={to('percentComplete')}
          />
        </Big>
        <ProgressBar complete={row.percentComplete} planned={row.plannedPercent} />
        <p>
          {'planned '}
          <Measure
            value={row.plannedPercent}
            because={why('plannedPercent')}
            format={percent}
            href={to('plannedPercent')}
          />
        </p>
      </Tile>
      <Tile name="Finish">
        <Big>
          <Measure
            value={row.finishVarianceDays}
            because={why('finishVarianceDays')}
            format={daysLate}
            href={to('finishVarianceDays')}
            tone={positiveIsBad(row.finishVarianceDays)}
          />
        </Big>
        <p>
          <When date={row.baselineFinish} because={why('baselineFinish')} format={dateBefore(row.expectedFinish)} />
          {' → '}
          <When date={row.expectedFinish} because={why('expectedFinish')} format={date} />
        </p>
        <p>
          {'by earned schedule '}
          {judged('timeVariance', timeVariance, negativeIsBad)}
          {', SPI(t) '}
          {judged('timePerformanceIndex', index, belowOneIsBad)}
        </p>
      </Tile>
      <Tile name="Cost">
        <Big>
          <Measure value={row.actualCost} because={why('actualCost')} format={worth} href={to('actualCost')} />
        </Big>
        <p>
          {'for '}
          <Measure value={row.earnedValue} because={why('earnedValue')} format={worth} href={to('earnedValue')} />
          {' earned, CPI '}
          {judged('costPerformanceIndex', index, belowOneIsBad)}
        </p>
        <p>
          {'at completion '}
          <Measure
            value={row.estimateAtCompletion}
            because={why('estimateAtCompletion')}
            format={worth}
            href={to('estimateAtCompletion')}
          />
          {' of '}
          <Measure
            value={row.budgetAtCompletion}
            because={why('budgetAtCompletion')}
            format={worth}
            href={to('budgetAtCompletion')}
          />
        </p>
      </Tile>
      <Tile name={`Scope, ${report.unit}`}>
        <Big>
          <Measure
            value={row.scope.current}
            because={why('scope.current')}
            format={quantity}
            href={to('scope.current')}
          />
        </Big>
        <p>
          {'baseline '}
          <Measure
            value={row.scope.baseline}
            because={why('scope.baseline')}
            format={quantity}
            href={to('scope.baseline')}
          />
        </p>
        <p>
          <Measure value={row.scope.added} because={why('scope.added')} format={quantity} href={to('scope.added')} />
          {' added, '}
          <Measure
            value={row.scope.removed}
            because={why('scope.removed')}
            format={quantity}
            href={to('scope.removed')}
          />
          {' removed, '}
          <Measure value={row.scope.done} because={why('scope.done')} format={quantity} href={to('scope.done')} />
          {' done'}
        </p>
      </Tile>
      {partly && (
        <p class="note">
          {`Indices are judged on ${share(row.judged!.share!)} of the budget: phases that are known and not level-of-effort.`}
        </p>
      )}
    </section>
  )
}

const Tile = ({ name, children }: PropsWithChildren<{ readonly name: string }>) => (
  <div class="tile">
    <h2>{name}</h2>
    {children}
  </div>
)

const Big = ({ children }: { readonly children?: Child }) => <p class="big">{children}</p>
