import type { Assets } from '../assets.ts'
import { Field, type FieldProblem, ProblemSummary, described, idOf } from '../components/fields.tsx'
import { SetupLayout } from '../components/setup-layout.tsx'

export interface SetupDraftProps {
  readonly assets: Assets
  readonly yaml: string
  /** What the draft rests on and what it could not tell: sentences. */
  readonly remarks: readonly string[]
  /** `at` is `yaml` for the field as a whole, else the place in it, e.g. `line 12, plans.checkout.phases[0].start`. */
  readonly problems: readonly FieldProblem[]
  /** What applying it would change, after a check; `null` = not checked. */
  readonly changes: readonly string[] | null
}

/** Step 3. Posts `yaml` and `action` (`check` or `apply`) to the same address. */
export const SetupDraftPage = ({ assets, yaml, remarks, problems, changes }: SetupDraftProps) => {
  const field = {
    name: 'yaml',
    label: 'The plan as text',
    help: 'Correct names, dates, sizes and budgets. Nothing is stored until you apply it.',
    problems,
  }
  return (
    <SetupLayout assets={assets} step={3}>
      {remarks.length > 0 && (
        <section class="card" aria-labelledby="remarks">
          <h2 id="remarks">What the draft rests on</h2>
          <ul>
            {remarks.map((remark) => (
              <li>{remark}</li>
            ))}
          </ul>
        </section>
      )}
      <ProblemSummary problems={problems} fields={['yaml']} />
      {changes !== null && problems.length === 0 && (
        <section class="card" aria-labelledby="changes" role="status">
          <h2 id="changes">Checked: applying it would</h2>
          <ul>
            {changes.map((change) => (
              <li>{change}</li>
            ))}
            {changes.length === 0 && <li>change nothing</li>}
          </ul>
        </section>
      )}
      <form method="post" class="card setup wide">
        <Field {...field}>
          <textarea
            id={idOf('yaml')}
            class="code"
            name="yaml"
            rows={Math.max(16, Math.min(48, yaml.split('\n').length + 2))}
            spellcheck={false}
            wrap="off"
            {...described(field)}
          >
            {yaml}
          </textarea>
        </Field>
        <p class="buttons">
          <button type="submit" name="action" value="apply" class="primary">
            Apply
          </button>
          <button type="submit" name="action" value="check">
            Check only
          </button>
        </p>
      </form>
    </SetupLayout>
  )
}
