import type { Context } from 'hono'
import type { FieldProblem } from '../../../../web/components/fields.tsx'
import { Fault } from '../../../model/fault.ts'

/** Fields of a posted form; names that occur more than once keep their last text. */
export const readForm = async (
  c: Context,
): Promise<{ readonly field: (name: string) => string; readonly all: (name: string) => readonly string[] }> => {
  const form = await c.req.formData().catch((cause: unknown) => {
    throw new Fault('invalid', 'http: the form cannot be read: send it as a browser does', { cause })
  })
  const all = (name: string): readonly string[] =>
    form.getAll(name).flatMap((value) => (typeof value === 'string' ? [value.replaceAll('\r\n', '\n')] : []))
  return { all, field: (name) => all(name).at(-1)?.trim() ?? '' }
}

/** What a fault says, for the form that led to it: a fault of the input is shown there, any other is thrown on. */
export const problemsOf = (error: unknown): readonly FieldProblem[] => {
  if (!(error instanceof Fault)) throw error
  const at = (problem: FieldProblem): FieldProblem => ({ at: problem.at, message: problem.message })
  return error.problems.length > 0 ? error.problems.map(at) : [{ at: '', message: error.message }]
}
