import type { Explanation } from '../../src/reports/shapes/explanation.ts'
import type { Assets } from '../assets.ts'
import { type View, explainAddress, phaseAddress, planAddress, portfolioAddress } from '../components/address.ts'
import { date, exactly, instant } from '../components/format.ts'
import { Layout } from '../components/layout.tsx'
import { Measure, reasonText } from '../components/measure.tsx'
import { BaselineRows, Postings } from '../components/evidence.tsx'

export interface ExplanationProps {
  readonly assets: Assets
  readonly view: View
  readonly report: Explanation
  readonly planName: string
  readonly timezone: string
  /** Names of the plan's phases by id. */
  readonly phases: readonly { readonly id: string; readonly name: string }[]
}

/** How one number came about, down to the postings and baseline rows that a reader can open. */
export const ExplanationPage = ({ assets, view, report, planName, timezone, phases }: ExplanationProps) => {
  const nameOf = (phase: string): string => phases.find(({ id }) => id === phase)?.name ?? phase
  return (
    <Layout
      assets={assets}
      title={`${report.name}, ${report.phase === null ? planName : nameOf(report.phase)}`}
      crumbs={[
        { name: 'Portfolio', address: portfolioAddress() },
        { name: planName, address: planAddress(report.plan, view) },
        ...(report.phase === null
          ? []
          : [{ name: nameOf(report.phase), address: phaseAddress(report.plan, report.phase, view) }]),
        { name: report.name, address: null },
      ]}
      live={null}
      heading={
        <div class="title">
          <h1>{report.name}</h1>
          <p class="meta">{`${report.phase === null ? planName : nameOf(report.phase)}, status date ${date(report.asOf)}`}</p>
        </div>
      }
    >
      <section class="card answer" aria-label="Value">
        {report.value !== null && <p class="big">{exactly(report.value, report.unit)}</p>}
        {report.value === null && report.text !== null && <p class="big">{inWords(report.text)}</p>}
        {report.undefinedBecause !== null && (
          <p class="big">
            Not known<span class="why">{reasonText(report.undefinedBecause)}</span>
          </p>
        )}
        <p>{report.words}</p>
        <p class="formula">
          <code>{report.formula}</code>
        </p>
        <p class="note">{report.good}</p>
        <p class="note">{`Source: ${report.source}`}</p>
      </section>
      {report.inputs.length > 0 && (
        <section aria-labelledby="inputs">
          <h2 id="inputs">What goes in</h2>
          <dl class="inputs card">
            {report.inputs.map((input) => (
              <div>
                <dt>{input.name}</dt>
                <dd>
                  {input.measure === null ? (
                    input.value !== null && exactly(input.value, '')
                  ) : (
                    <Measure
                      value={input.value}
                      because={undefined}
                      format={(value) => exactly(value, '')}
                      href={explainAddress(report.plan, input.measure, input.phase ?? report.phase, view)}
                    />
                  )}
                  {input.note !== null && <span class="of">{input.note}</span>}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      {report.baselineRows.length > 0 && <BaselineRows report={report} nameOf={nameOf} view={view} />}
      {(report.postings.length > 0 || report.next !== null) && <Postings report={report} nameOf={nameOf} view={view} />}
      <p class="note">
        {`Known at ${instant(report.knownAt, timezone)} (revision ${report.revision}${report.baseline === null ? '' : `, baseline ${report.baseline}`}). `}
        <a href={report.address}>Address of this explanation</a>, which shows the same however the work goes on.
      </p>
    </Layout>
  )
}

/** A date as people write it; a status or another word as it is. */
const inWords = (text: string): string => (/^\d{4}-\d{2}-\d{2}$/.test(text) ? date(text) : text)
