import { z } from 'zod'
import { Fault, type Problem } from '../../model/fault.ts'

/**
 * Reads query parameters or a form's fields by a schema.
 *
 * @throws Fault invalid naming every parameter that is wrong
 */
export const readInput = <T extends z.ZodType>(schema: T, input: unknown): z.infer<T> => {
  const read = schema.safeParse(input)
  if (!read.success) throw inputFault(read.error, schema)
  return read.data
}

export const inputFault = (error: z.core.$ZodError, schema?: z.ZodType): Fault => {
  const known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : []
  const problems = error.issues.flatMap((issue) => problemsOf(issue, known))
  return new Fault('invalid', `http: ${problems.map(({ at, message }) => `${at}: ${message}`).join('; ')}`, {
    problems,
  })
}

/**
 * Query parameters as they were written, the empty ones of a page's form left out; a repeated one is a list. Dates may
 * be asked for as on the command line: `as-of`, `known-at`.
 */
export const writtenParameters = (address: string): Record<string, string | string[]> => {
  const found: Record<string, string | string[]> = {}
  for (const [written, value] of new URL(address).searchParams) {
    if (value === '') continue
    const name = ALIASES[written] ?? written
    const before = found[name]
    found[name] = before === undefined ? value : [before, value].flat()
  }
  return found
}

const ALIASES: Readonly<Record<string, string>> = { 'as-of': 'asOf', 'known-at': 'knownAt' }

const problemsOf = (issue: z.core.$ZodIssue, known: readonly string[]): readonly Problem[] => {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      at: key,
      message: known.length > 0 ? `is not known here; there are ${known.join(', ')}` : 'is not known here',
    }))
  const at = issue.path.join('.') || 'body'
  if (issue.code === 'invalid_type' && Array.isArray(issue.input)) return [{ at, message: 'write it once' }]
  return [{ at, message: issue.message }]
}
