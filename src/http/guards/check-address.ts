import type { MiddlewareHandler } from 'hono'
import { problem, problemAnswer } from '../problems/problem-document.ts'

/** No name has a NUL in it, and no database takes one: such an address is a mistake or a probe, not a fault of ours. */
export const checkAddress: MiddlewareHandler = async (c, next) => {
  if (!c.req.url.includes('%00')) return next()
  return problemAnswer(problem(400, 'http: the address holds a NUL (%00): take it out', new URL(c.req.url).pathname))
}
