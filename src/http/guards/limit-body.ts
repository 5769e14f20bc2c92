import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { problem, problemAnswer } from '../problems/problem-document.ts'

/** More than the largest set-up file, a million characters, takes when a form encodes it. */
const LARGEST_MEBIBYTES = 12

/** Refuses bodies that nothing here asks for, before they fill the memory. Deliveries have a limit of their own. */
export const limitBody: MiddlewareHandler = (c, next) =>
  c.req.path.startsWith('/webhooks/') ? next() : limited(c, next)

const limited = bodyLimit({
  maxSize: LARGEST_MEBIBYTES * 1024 * 1024,
  onError: (c) => {
    c.header('connection', 'close')
    return problemAnswer(
      problem(413, `http: a request may have ${LARGEST_MEBIBYTES} MiB at most: split it`, c.req.path),
    )
  },
})
