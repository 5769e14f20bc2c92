import type { z } from 'zod'
import { Fault } from '../../model/fault.ts'

/**
 * An answer in the shape that we read.
 *
 * @throws Fault `unavailable`: a proxy or a half-written answer in between is far likelier than a changed contract
 */
export const parseAnswer = <T extends z.ZodType>(shape: T, data: unknown, what: string): z.infer<T> => {
  const parsed = shape.safeParse(data)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const where = issue ? ` at=${issue.path.join('.')} (${issue.message})` : ''
  throw new Fault('unavailable', `github: ${what} is not as GitHub publishes it, retry later:${where}`, {
    cause: parsed.error,
  })
}
