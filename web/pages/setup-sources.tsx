import type { Assets } from '../assets.ts'
import { type FieldProblem, ProblemSummary, TextField } from '../components/fields.tsx'
import { date } from '../components/format.ts'
import { SetupLayout } from '../components/setup-layout.tsx'

export interface SetupSourcesProps {
  readonly assets: Assets
  readonly connection: { readonly id: string; readonly tracker: string }
  /** Who the token belongs to and what is odd about its rights. `null` = the tracker could not be asked. */
  readonly identity: { readonly name: string; readonly remarks: readonly string[] } | null
  readonly discovered: readonly {
    /** What is posted when it is chosen: `acme/web`, `CORE`. */
    readonly value: string
    readonly title: string
    readonly lastActivity: string | null
    readonly chosen: boolean
  }[]
  /** What was entered for a source that is not in the list. */
  readonly other: string
  readonly problems: readonly FieldProblem[]
}

/** Step 2. Posts `source` once per choice, and `other`, to the same address. */
export const SetupSourcesPage = ({ assets, connection, identity, discovered, other, problems }: SetupSourcesProps) => {
  const kind = connection.tracker === 'github' ? 'repositories' : 'projects'
  return (
    <SetupLayout assets={assets} step={2}>
      {identity !== null && (
        <section class="card" aria-label="Identity">
          <p>
            {`${connection.id} reads as `}
            <strong>{identity.name}</strong>.
          </p>
          {identity.remarks.map((remark) => (
            <p class="remark">{remark}</p>
          ))}
        </section>
      )}
      <ProblemSummary problems={problems} fields={['source', 'other']} />
      <form method="post" class="card setup">
        <fieldset id="field-source">
          <legend>{`Which ${kind} hold the plan’s work?`}</legend>
          {discovered.length === 0 && <p>{`The token shows no ${kind}. Check its rights, or name one below.`}</p>}
          <ul class="choices">
            {discovered.map(({ value, title, lastActivity, chosen }) => (
              <li>
                <label class="check">
                  <input type="checkbox" name="source" value={value} checked={chosen} />
                  <span>{title}</span>
                  {lastActivity !== null && <span class="of">{`last activity ${date(lastActivity)}`}</span>}
                </label>
              </li>
            ))}
          </ul>
        </fieldset>
        <TextField
          name="other"
          label="Not in the list?"
          help={
            connection.tracker === 'github'
              ? 'owner/name, several separated by commas'
              : 'project keys, several separated by commas'
          }
          problems={problems}
          value={other}
        />
        <button type="submit" class="primary">
          Read their milestones and draft a plan
        </button>
      </form>
    </SetupLayout>
  )
}
