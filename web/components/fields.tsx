import type { PropsWithChildren } from 'hono/jsx'

/** What is wrong with a field and what to do about it. `at` is the field's name; other places are listed above the form. */
export interface FieldProblem {
  readonly at: string
  readonly message: string
}

interface FieldProps {
  readonly name: string
  readonly label: string
  readonly help: string | null
  readonly problems: readonly FieldProblem[]
}

/** A labelled field with its help and, beside it, what is wrong with it. The child is the control, with `idOf(name)`. */
export const Field = ({ name, label, help, problems, children }: PropsWithChildren<FieldProps>) => (
  <div class="field">
    <label for={idOf(name)}>{label}</label>
    {help !== null && (
      <p class="help" id={`${idOf(name)}-help`}>
        {help}
      </p>
    )}
    {children}
    {at(problems, name).map(({ message }) => (
      <p class="wrong" id={`${idOf(name)}-wrong`}>
        {message}
      </p>
    ))}
  </div>
)

interface TextFieldProps extends FieldProps {
  readonly value: string
  readonly type?: 'text' | 'url' | 'password' | 'date'
  readonly required?: boolean
}

export const TextField = ({ value, type = 'text', required = false, ...field }: TextFieldProps) => (
  <Field {...field}>
    <input
      id={idOf(field.name)}
      name={field.name}
      type={type}
      value={value}
      required={required}
      autocomplete="off"
      spellcheck={false}
      {...described(field)}
    />
  </Field>
)

/** For controls: points assistive technology to the help and to what is wrong. */
export const described = ({
  name,
  help,
  problems,
}: Pick<FieldProps, 'name' | 'help' | 'problems'>): Readonly<Record<string, string>> => {
  const wrong = at(problems, name).length > 0
  const ids = [...(help === null ? [] : [`${idOf(name)}-help`]), ...(wrong ? [`${idOf(name)}-wrong`] : [])]
  return {
    ...(ids.length > 0 ? { 'aria-describedby': ids.join(' ') } : {}),
    ...(wrong ? { 'aria-invalid': 'true' } : {}),
  }
}

export const idOf = (name: string): string => `field-${name}`

/** Everything that is wrong, above the form: with a link where a field is to blame. */
export const ProblemSummary = ({
  problems,
  fields,
}: {
  readonly problems: readonly FieldProblem[]
  readonly fields: readonly string[]
}) =>
  problems.length === 0 ? null : (
    <section class="problems" role="alert" aria-label="What is wrong">
      <h2>{problems.length === 1 ? 'One thing is wrong' : `${problems.length} things are wrong`}</h2>
      <ul>
        {problems.map(({ at, message }) => (
          <li>
            {fields.includes(at) ? (
              <a href={`#${idOf(at)}`}>{message}</a>
            ) : (
              <>
                {at !== '' && <code>{at}</code>} {message}
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  )

const at = (problems: readonly FieldProblem[], name: string): readonly FieldProblem[] =>
  problems.filter((problem) => problem.at === name)
