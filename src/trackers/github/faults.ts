import { Fault } from '../../model/fault.ts'
import type { Quota } from '../../model/source.ts'

export type Headers = Readonly<Record<string, string | number | undefined>>

/** What a call was about, for messages. */
export interface CallContext {
  /** Connection id. */
  readonly connection: string
  /** `owner/name` where the call concerns one. */
  readonly repository: string | null
  readonly operation: string
  readonly now: Date
}

/** An answer that is not a success, as a fault that says what to do. */
export const faultOf = (
  status: number,
  headers: Headers,
  data: unknown,
  context: CallContext,
  cause?: unknown,
): Fault => {
  const said = messageOf(data)
  const about = aboutOf(context, said)
  if (status === 401) {
    return new Fault(
      'unauthenticated',
      `github: the token of connection=${context.connection} was refused (401${said ? `, "${said}"` : ''}): it is wrong, expired or revoked; create a new one and set it as token`,
    )
  }
  if (status === 403 || status === 429) {
    const retryAt = limitLiftedAt(status, headers, said, context.now)
    if (retryAt) return new Fault('rateLimited', `github: a rate limit was reached, retry later: ${about}`, { retryAt })
    return new Fault('forbidden', forbidden(headers, about))
  }
  if (status === 404 || status === 410) {
    return new Fault(
      'notFound',
      status === 410
        ? `github: gone, or issues are switched off in the repository: ${about}; check the source`
        : `github: not there, or the token may not see it: ${about}; check the name, and that the token has read access to Issues`,
    )
  }
  if (status === 451) return new Fault('forbidden', `github: blocked for legal reasons: ${about}; ask GitHub support`)
  if (status >= 500) {
    const message = `github: the server failed (${status}), retry later: ${about}`
    return new Fault('unavailable', message, { ...retryAfter(headers, context.now), cause })
  }
  return new Fault(
    'invalid',
    `github: the call was not understood (${status}): ${about}; check the url of the connection`,
  )
}

/** No usable answer at all: connection refused or reset, a timeout, an answer cut off or not JSON. */
export const unreachable = (what: string, context: CallContext, cause?: unknown): Fault =>
  new Fault('unavailable', `github: ${what}, retry later: ${aboutOf(context, null)}`, { cause })

export const quotaOf = (headers: Headers): Quota | null => {
  const remaining = numberOf(headers['x-ratelimit-remaining'])
  const limit = numberOf(headers['x-ratelimit-limit'])
  const reset = numberOf(headers['x-ratelimit-reset'])
  if (remaining === null && limit === null && reset === null) return null
  return { remaining, limit, resetAt: reset === null ? null : instant(reset * 1000).toISOString() }
}

/**
 * When a limit is lifted, or `null` when the answer is a plain refusal. Secondary limits come as 403 or 429 with
 * `Retry-After`, or without it ("wait at least one minute"); the primary one with no calls remaining and a reset time.
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
export const limitLiftedAt = (status: number, headers: Headers, said: string | null, now: Date): Date | null => {
  const { retryAt } = retryAfter(headers, now)
  if (retryAt) return retryAt
  const reset = numberOf(headers['x-ratelimit-reset'])
  if (numberOf(headers['x-ratelimit-remaining']) === 0 && reset !== null) return within(now, reset * 1000)
  if (status === 429 || /rate limit|abuse detection/i.test(said ?? '')) return new Date(now.getTime() + 60_000)
  return null
}

export const messageOf = (data: unknown): string | null => {
  if (typeof data !== 'object' || data === null || !('message' in data)) return null
  return typeof data.message === 'string' ? printable(data.message.slice(0, 200)) : null
}

/** What is told here is shown on terminals too, which some characters steer. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal
const printable = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ')

/** Seconds, or a date. */
const retryAfter = (headers: Headers, now: Date): { retryAt?: Date } => {
  const value = headers['retry-after']
  if (value === undefined) return {}
  const seconds = Number(value)
  const at = Number.isFinite(seconds) ? now.getTime() + seconds * 1000 : Date.parse(String(value))
  return Number.isNaN(at) ? {} : { retryAt: within(now, at) }
}

/** No limit lasts longer than a day, whatever is said: nonsense must not end the polling. */
const within = (now: Date, ms: number): Date => instant(Math.min(ms, now.getTime() + 86_400_000))

/** The latest instant that there is in place of a later one. */
const instant = (ms: number): Date => new Date(Math.max(0, Math.min(ms, LATEST_MS)))
const LATEST_MS = Date.parse('9999-12-31T23:59:59Z')

const forbidden = (headers: Headers, about: string): string => {
  const sso = /url=(\S+)/.exec(String(headers['x-github-sso'] ?? ''))?.[1]
  return sso
    ? `github: the organisation asks for single sign-on: ${about}; authorise the token at ${sso}`
    : `github: the token may not do this: ${about}; grant it read access to Issues and Metadata of the repository`
}

const aboutOf = (context: CallContext, said: string | null): string =>
  [
    `connection=${context.connection}`,
    ...(context.repository ? [`repository=${context.repository}`] : []),
    `call=${context.operation}`,
    ...(said ? [`"${said}"`] : []),
  ].join(' ')

const numberOf = (value: string | number | undefined): number | null => {
  if (value === undefined || value === '') return null
  const number = Number(value)
  return Number.isFinite(number) ? number : null
}
