import { Fault } from '../../model/fault.ts'
import type { Quota } from '../../model/source.ts'
import type { JiraConnection } from './settings.ts'

/** What came back from a call, before anybody believes it. */
export interface Answer {
  readonly connection: JiraConnection
  readonly operation: string
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly now: Date
}

/** The failure that an answer stands for, or `null` when it is data. */
export const faultOf = (answer: Answer): Fault | null => {
  const { status, headers, now } = answer
  const where = `url=${answer.connection.baseUrl} call=${answer.operation}`
  const said = status >= 400 ? messagesOf(answer.text) : ''
  const because = said === '' ? '' : `: ${said}`
  // Jira answers some calls of a caller whom it did not recognise as if nobody had signed in; only this header tells.
  const login = headers.get('x-seraph-loginreason') ?? ''
  if (status === 401 || /AUTHENTICATED_FAILED/.test(login)) return unauthenticated(answer.connection, where)
  if (/AUTHENTICATION_DENIED/.test(login))
    return new Fault(
      'unauthenticated',
      `jira: sign-in is locked: ${where}; sign in once in a browser, answer the captcha, try again`,
    )
  if (status >= 300 && status < 400)
    return new Fault(
      'unavailable',
      `jira: led elsewhere (${status}) instead of answering: ${where} location=${placeOf(headers.get('location'))}; if Jira moved there, set its new address as url, else check that no sign-in page stands before it`,
    )
  if (status === 429)
    return new Fault('rateLimited', `jira: too many calls: ${where}; retry when the limit is lifted`, {
      retryAt: retryAtOf(headers, now) ?? new Date(now.getTime() + 60_000),
    })
  if (status === 403)
    return new Fault('forbidden', `jira: not allowed${because}: ${where}; give the account "Browse projects" there`)
  if (status === 404)
    return new Fault(
      'notFound',
      `jira: not found${because}: ${where}; it was renamed or removed, or the account may not see it`,
    )
  if (status >= 500 || status === 408) {
    const retryAt = retryAtOf(headers, now)
    return new Fault('unavailable', `jira: answered ${status}: ${where}; retry later`, retryAt ? { retryAt } : {})
  }
  if (status >= 400) {
    if (/does not exist for the field 'project'/i.test(said))
      return new Fault('notFound', `jira: ${said}: ${where}; it was renamed or removed, or the account may not see it`)
    return new Fault('invalid', `jira: refused with ${status}${because}: ${where}; check the source's settings`)
  }
  if (!/json/i.test(headers.get('content-type') ?? ''))
    return new Fault(
      'unavailable',
      `jira: answered a web page, not data: ${where}; check that url is the root of Jira and that no sign-in page or proxy stands before it, then retry`,
    )
  return null
}

/** No answer at all, or one that broke off. */
export const unreachable = (connection: JiraConnection, operation: string, cause: unknown): Fault => {
  const name = cause instanceof Error ? cause.name : ''
  const what =
    name === 'TimeoutError' || name === 'AbortError'
      ? `no answer within ${connection.timeoutMs / 1000} s`
      : 'the connection failed or broke off'
  return new Fault('unavailable', `jira: ${what}: url=${connection.baseUrl} call=${operation}; retry later`, { cause })
}

/** What the rate headers say; `null` when there are none. */
export const quotaOf = (headers: Headers, now: Date): Quota | null => {
  const remaining = numberOf(headers.get('x-ratelimit-remaining'))
  const limit = numberOf(headers.get('x-ratelimit-limit'))
  const resetAt = retryAtOf(headers, now)
  if (remaining === null && limit === null && resetAt === null) return null
  return { remaining, limit, resetAt: resetAt?.toISOString() ?? null }
}

/** What Jira says in an error body. */
export const messagesOf = (text: string): string => {
  try {
    const body = JSON.parse(text) as { errorMessages?: unknown; errors?: unknown; message?: unknown }
    const errors = typeof body.errors === 'object' && body.errors !== null ? Object.values(body.errors) : []
    const messages = Array.isArray(body.errorMessages) ? body.errorMessages : []
    return (
      [...messages, ...errors, body.message]
        .filter((part) => typeof part === 'string' && part !== '')
        .join(' ')
        .slice(0, 2000)
        // What is told here is shown on terminals too, which some characters steer.
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal
        .replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ')
    )
  } catch {
    return ''
  }
}

const unauthenticated = (connection: JiraConnection, where: string): Fault =>
  new Fault(
    'unauthenticated',
    connection.email === null
      ? `jira: the personal access token was not accepted: ${where}; make a new one in the Jira profile and set token`
      : `jira: the e-mail and API token were not accepted: ${where}; check that email belongs to the token's account, or make a new token`,
  )

/** Without what may be secret in it: a query, a user. */
const placeOf = (location: string | null): string => {
  const url = URL.parse(location ?? '')
  return url ? `${url.origin}${url.pathname}` : (location?.split(/[?#]/)[0] ?? 'unknown')
}

/** `Retry-After` in seconds or as a date, else the reset instant. */
const retryAtOf = (headers: Headers, now: Date): Date | null => {
  const after = headers.get('retry-after')
  if (after !== null && /^\d+(\.\d+)?$/.test(after.trim())) return within(now, now.getTime() + Number(after) * 1000)
  for (const value of [after, headers.get('x-ratelimit-reset')]) {
    if (value === null) continue
    const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value)
    if (!Number.isNaN(ms)) return within(now, ms)
  }
  return null
}

/** No limit lasts longer than a day, whatever is said: nonsense must not end the polling. */
const within = (now: Date, ms: number): Date => new Date(Math.min(ms, now.getTime() + 86_400_000))

const numberOf = (text: string | null): number | null =>
  text !== null && /^\d+$/.test(text.trim()) ? Number(text) : null
