import type { Assets } from '../assets.ts'
import { planAddress } from '../components/address.ts'
import { Field, type FieldProblem, ProblemSummary, TextField, described, idOf } from '../components/fields.tsx'
import { amount, count, date, plural, quantity } from '../components/format.ts'
import { ScrollBox } from '../components/scroll-box.tsx'
import { SetupLayout } from '../components/setup-layout.tsx'

export interface SetupBaselineProps {
  readonly assets: Assets
  readonly plan: { readonly id: string; readonly name: string; readonly unit: string; readonly currency: string | null }
  /** What would be frozen, in plan order. `null` = the plan does not say. */
  readonly phases: readonly {
    readonly id: string
    readonly name: string
    readonly level: number
    readonly start: string | null
    readonly finish: string | null
    readonly items: number
    readonly size: number | null
    readonly budget: number | null
  }[]
  /** What a reader should know before freezing: sentences. */
  readonly remarks: readonly string[]
  /** Sources whose first reading is still going on; `total: null` = the tracker does not tell. */
  readonly reading: readonly { readonly title: string; readonly seen: number; readonly total: number | null }[]
  readonly values: { readonly name: string; readonly reason: string; readonly asOf: string }
  readonly problems: readonly FieldProblem[]
}

/** Step 4. Posts `name`, `reason` and `asOf` to the same address. */
export const SetupBaselinePage = ({ assets, plan, phases, remarks, reading, values, problems }: SetupBaselineProps) => {
  const reason = {
    name: 'reason',
    label: 'Reason',
    help: 'Who agreed to it and when. It is printed with every report and cannot be changed.',
    problems,
  }
  return (
    <SetupLayout assets={assets} step={4}>
      <p class="lead">
        A baseline is a frozen copy of <a href={planAddress(plan.id)}>{plan.name}</a>: dates, budgets and the items of
        each phase. Every variance is told against it. It is numbered and never changed; a later one does not rewrite
        the past.
      </p>
      {reading.length > 0 && (
        <section class="card" aria-labelledby="reading">
          <h2 id="reading">Still reading the trackers</h2>
          <ul>
            {reading.map(({ title, seen, total }) => (
              <li>{`${title}: ${count(seen)}${total === null ? '' : ` of ${count(total)}`} items so far`}</li>
            ))}
          </ul>
          <p>Wait until they are read: items that are not here yet would count as added later.</p>
        </section>
      )}
      {remarks.length > 0 && (
        <ul class="card remarks" aria-label="Remarks">
          {remarks.map((remark) => (
            <li>{remark}</li>
          ))}
        </ul>
      )}
      <ScrollBox id="frozen-box" label="What would be frozen">
        <table>
          <caption>
            <span class="text">{`What would be frozen: ${plural(phases.length, 'phase')}, sizes in ${plan.unit}`}</span>
          </caption>
          <thead>
            <tr>
              <th scope="col">Phase</th>
              <th scope="col">Start</th>
              <th scope="col">Finish</th>
              <th scope="col" class="number">
                Items
              </th>
              <th scope="col" class="number">
                Size
              </th>
              <th scope="col" class="number">
                Budget
              </th>
            </tr>
          </thead>
          <tbody>
            {phases.map((phase) => (
              <tr>
                <th scope="row" class={`phase level-${Math.min(phase.level, 5)}`}>
                  {phase.name}
                </th>
                <td>{phase.start === null ? 'none' : date(phase.start)}</td>
                <td>{phase.finish === null ? 'none' : date(phase.finish)}</td>
                <td class="number">{count(phase.items)}</td>
                <td class="number">{phase.size === null ? 'none' : quantity(phase.size)}</td>
                <td class="number">
                  {phase.budget === null ? 'none' : amount(phase.budget, plan.currency ?? plan.unit)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      <ProblemSummary problems={problems} fields={['name', 'reason', 'asOf']} />
      <form method="post" class="card setup">
        <TextField
          name="name"
          label="Name"
          help="For example: As approved"
          problems={problems}
          value={values.name}
          required
        />
        <Field {...reason}>
          <textarea id={idOf('reason')} name="reason" rows={3} required {...described(reason)}>
            {values.reason}
          </textarea>
        </Field>
        <TextField
          name="asOf"
          label="Work as it stood at the end of"
          help="Usually today. An earlier day holds the work that existed then."
          problems={problems}
          value={values.asOf}
          type="date"
        />
        <button type="submit" class="primary">
          Freeze the baseline
        </button>
      </form>
    </SetupLayout>
  )
}
