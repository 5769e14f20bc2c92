import type { PlanVariance } from '../../src/reports/shapes/plan-variance.ts'
import { type View, phaseAddress } from './address.ts'
import { date, daysLate } from './format.ts'
import { PlainMeasure, When, positiveIsBad } from './measure.tsx'
import { ScrollBox } from './scroll-box.tsx'

interface MilestonesTableProps {
  readonly report: PlanVariance
  readonly milestones: PlanVariance['milestones']
  readonly view: View
}

/** Plan milestones against the baseline. */
export const MilestonesTable = ({ report, milestones, view }: MilestonesTableProps) => (
  <ScrollBox id="milestones-box" label="Plan milestones">
    <table>
      <caption>
        <span class="text">
          Plan milestones
          <span class="note"> · variance in working days: reached, else planned, against the baseline</span>
        </span>
      </caption>
      <thead>
        <tr>
          <th scope="col">Plan milestone</th>
          <th scope="col">Phase</th>
          <th scope="col">Baseline</th>
          <th scope="col">Planned</th>
          <th scope="col">Reached</th>
          <th scope="col">Variance</th>
        </tr>
      </thead>
      <tbody>
        {milestones.map((milestone) => (
          <tr>
            <th scope="row">{milestone.name}</th>
            <td>
              <a href={phaseAddress(report.plan, milestone.phase, view)}>
                {report.rows.find(({ id }) => id === milestone.phase)?.name ?? milestone.phase}
              </a>
            </td>
            <td>
              <When date={milestone.baselineDate} because="noBaseline" format={date} />
            </td>
            <td>
              <When date={milestone.plannedDate} because={undefined} format={date} />
            </td>
            <td>
              {milestone.actualDate === null ? (
                'not yet'
              ) : (
                <When date={milestone.actualDate} because={undefined} format={date} />
              )}
            </td>
            <td>
              <PlainMeasure
                value={milestone.varianceDays}
                because={milestone.baselineDate === null ? 'noBaseline' : undefined}
                format={daysLate}
                tone={positiveIsBad(milestone.varianceDays)}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </ScrollBox>
)
