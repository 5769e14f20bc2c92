import type { Explanation } from '../../src/reports/shapes/explanation.ts'
import { type View, explainAddress, phaseAddress } from './address.ts'
import { DASH, date, exactly, plural, quantity } from './format.ts'
import { TrackerLink } from './item-row.tsx'
import { ScrollBox } from './scroll-box.tsx'

interface EvidenceProps {
  readonly report: Explanation
  readonly nameOf: (phase: string) => string
  readonly view: View
}

/** Rows of the baseline that a number rests on. */
export const BaselineRows = ({ report, nameOf, view }: EvidenceProps) => (
  <section aria-labelledby="baseline-rows">
    <h2 id="baseline-rows">Baseline rows</h2>
    <ScrollBox id="baseline-box" label="Baseline rows">
      <table>
        <caption>
          <span class="text">{`As frozen in baseline ${report.baseline ?? DASH}; planned value at the status date.`}</span>
        </caption>
        <thead>
          <tr>
            <th scope="col">Phase</th>
            <th scope="col">Start</th>
            <th scope="col">Finish</th>
            <th scope="col" class="number">
              Scope
            </th>
            <th scope="col" class="number">
              Budget
            </th>
            <th scope="col" class="number">
              Planned value
            </th>
          </tr>
        </thead>
        <tbody>
          {report.baselineRows.map((row) => (
            <tr>
              <th scope="row">
                <a href={phaseAddress(report.plan, row.phase, view)}>{nameOf(row.phase)}</a>
              </th>
              <td>{row.start === null ? 'no date' : date(row.start)}</td>
              <td>{row.finish === null ? 'no date' : date(row.finish)}</td>
              <td class="number">{row.scope === null ? 'none stated' : quantity(row.scope)}</td>
              <td class="number">{exactly(row.value, '')}</td>
              <td class="number">{exactly(row.plannedValue, '')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  </section>
)

/** Lines of the ledger that sum to a number, each with the work item that caused it. */
export const Postings = ({ report, nameOf, view }: EvidenceProps) => (
  <section aria-labelledby="postings">
    <h2 id="postings">Postings</h2>
    <ScrollBox id="postings-box" label="Postings">
      <table>
        <caption>
          <span class="text">
            {`Lines of the ledger; together ${exactly(report.postingsTotal, '')}${report.next === null ? '' : ', lines on later pages included'}. Each key opens the item in its tracker.`}
          </span>
        </caption>
        <thead>
          <tr>
            <th scope="col">Work item</th>
            <th scope="col">Day</th>
            <th scope="col">What happened</th>
            <th scope="col">Phase</th>
            <th scope="col" class="number">
              Amount
            </th>
          </tr>
        </thead>
        <tbody>
          {report.postings.map((posting) => (
            <tr>
              <th scope="row" class="item">
                <TrackerLink url={posting.url} text={posting.key} />
                <span class="item-title">{posting.title}</span>
              </th>
              <td class="day">
                <time datetime={posting.day}>{date(posting.day)}</time>
              </td>
              <td>
                {posting.cause}
                {posting.entry !== 'fact' && <span class="of">{`booked as ${posting.entry}`}</span>}
              </td>
              <td>{nameOf(posting.phase)}</td>
              <td class="number">{exactly(posting.amount, '')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
    {report.next !== null && (
      <p>
        <a class="more" rel="next" href={explainAddress(report.plan, report.measure, report.phase, view, report.next)}>
          {`More than these ${plural(report.postings.length, 'line')}`}
        </a>
      </p>
    )}
  </section>
)
