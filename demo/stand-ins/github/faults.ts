import { type Pool, hasCallLeft } from './quota.ts'
import type { RestAnswer } from './rest.ts'

/** What can go wrong on the next calls. */
export type StandInFault =
  | { readonly kind: 'status'; readonly status: 500 | 502 | 503 | 504 }
  /** Too many calls at once: 403 or 429 with `Retry-After`, or without it (GitHub then asks for a minute). */
  | { readonly kind: 'secondaryLimit'; readonly status?: 403 | 429; readonly retryAfterSeconds?: number | null }
  /** The hour's calls are used up. */
  | { readonly kind: 'primaryLimit' }
  /** The token may not. */
  | { readonly kind: 'forbidden' }
  /** The connection is reset before an answer. */
  | { readonly kind: 'reset' }
  /** Half of the JSON, and no more. */
  | { readonly kind: 'cutOff' }
  /** A proxy's page with status 200. */
  | { readonly kind: 'wrongType' }
  /** The answer takes this long. */
  | { readonly kind: 'slow'; readonly milliseconds: number }

export interface PlannedFault {
  readonly fault: StandInFault
  /** Calls whose method and path this matches, e.g. `/graphql/`. */
  readonly on: RegExp
  times: number
}

/** The fault for this call, if one is planned; each counts down. */
export const takeFault = (planned: PlannedFault[], call: string): StandInFault | null => {
  const index = planned.findIndex(({ on }) => on.test(call))
  const found = planned[index]
  if (!found) return null
  found.times -= 1
  if (found.times <= 0) planned.splice(index, 1)
  return found.fault
}

/** No status at all: the connection is to be reset. */
export const RESET = 0

/** The hour's calls are used up: GraphQL says so with status 200. */
export const exhausted = (pool: Pool, viewer: string): RestAnswer => {
  const message = `API rate limit exceeded for user ${viewer}.`
  if (pool.resource === 'graphql') return { status: 200, body: { errors: [{ type: 'RATE_LIMITED', message }] } }
  return {
    status: 403,
    body: { message, documentation_url: `${DOCS}/overview/rate-limits-for-the-rest-api`, status: '403' },
  }
}

/** The answer of a call that was planned to fail. */
export const failure = (fault: Exclude<StandInFault, { kind: 'slow' }>, pool: Pool, now: Date): RestAnswer => {
  hasCallLeft(pool, now)
  switch (fault.kind) {
    case 'status':
      return {
        status: fault.status,
        body: '<html><body>Unicorn!</body></html>',
        headers: { 'content-type': 'text/html' },
      }
    case 'secondaryLimit': {
      const { status = 403, retryAfterSeconds = 60 } = fault
      const message = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.'
      const headers: Record<string, string> =
        retryAfterSeconds === null ? {} : { 'retry-after': String(retryAfterSeconds) }
      return { status, body: { message, documentation_url: DOCS, status: String(status) }, headers }
    }
    case 'primaryLimit':
      pool.used = pool.limit
      return exhausted(pool, 'ana')
    case 'forbidden':
      return {
        status: 403,
        body: { message: 'Resource not accessible by personal access token', documentation_url: DOCS, status: '403' },
      }
    case 'reset':
      return { status: RESET, body: null }
    case 'cutOff':
      return { status: 200, body: null }
    case 'wrongType':
      return {
        status: 200,
        body: '<html><body>Sign in to the guest network</body></html>',
        headers: { 'content-type': 'text/html' },
      }
  }
}

const DOCS = 'https://docs.github.com/rest'
