import type { Client, SendRequestOptions } from 'jira.js/core'
import { Fault } from '../../model/fault.ts'
import type { ConnectTools } from '../tracker.ts'
import { faultOf, quotaOf, unreachable } from './answers.ts'
import type { JiraConnection } from './settings.ts'

/** One way to call Jira: the typed functions of `jira.js` take it as their client, Data Center uses it bare. */
export interface Transport extends Client {
  get(path: string, searchParams?: Readonly<Record<string, string | number | undefined>>): Promise<unknown>
}

/**
 * Calls with a time limit, reports each to `tools.onCall`, and turns every failure into a `Fault`.
 *
 * @throws Fault rateLimited, unauthenticated, forbidden, notFound, invalid, unavailable
 */
export const createTransport = (connection: JiraConnection, tools: ConnectTools): Transport => {
  const authorization =
    connection.email === null
      ? `Bearer ${connection.token}`
      : `Basic ${base64(`${connection.email}:${connection.token}`)}`

  // Some runtimes refuse a fetch that is called as somebody's method.
  const { fetch } = tools

  const sendRequest = async <T>(request: SendRequestOptions<T>): Promise<T> => {
    const method = request.method ?? 'GET'
    const operation = `${method} ${patternOf(request.url)}`
    const started = tools.now().getTime()
    let status = 0
    let headers = new Headers()
    try {
      const response = await fetch(connection.baseUrl + request.url + queryOf(request.searchParams), {
        method,
        redirect: 'manual',
        headers: {
          accept: 'application/json',
          authorization,
          ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
        signal: AbortSignal.timeout(connection.timeoutMs),
      })
      status = response.status
      headers = response.headers
      const text = await response.text()
      const context = { connection, operation, status, headers, text, now: tools.now() }
      const fault = faultOf(context)
      if (fault) throw fault
      return typed(request, parsed(text, operation), operation)
    } catch (cause) {
      if (cause instanceof Fault) throw cause
      throw unreachable(connection, operation, cause)
    } finally {
      tools.onCall({
        operation,
        status,
        milliseconds: tools.now().getTime() - started,
        quota: quotaOf(headers, tools.now()),
      })
    }
  }

  const typed = <T>(request: SendRequestOptions<T>, body: unknown, operation: string): T => {
    const checked = request.schema?.safeParse(body)
    if (checked?.success) return checked.data
    if (checked) {
      const [issue] = checked.error.issues
      tools.log(
        `jira: answer differs from its published form: ${operation} at ${issue?.path.join('.')}: ${issue?.message}`,
      )
    }
    return body as T
  }

  return {
    sendRequest,
    get: (url, searchParams) => sendRequest<unknown>({ url, ...(searchParams ? { searchParams } : {}) }),
  }
}

const parsed = (text: string, operation: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Fault('unavailable', `jira: the answer was cut off: call=${operation}; retry later`, { cause })
  }
}

const queryOf = (params: Readonly<Record<string, unknown>> | undefined): string => {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(params ?? {}))
    if (value !== undefined && value !== null) query.set(name, Array.isArray(value) ? value.join(',') : String(value))
  return query.size === 0 ? '' : `?${query}`
}

/** The path with its ids left out, so that calls of one kind count together. */
const patternOf = (path: string): string =>
  path
    .replace(/\/(issue|worklog|board|filter)\/[^/]+(?=\/|$)/g, '/$1/{id}')
    .replace(/\/project\/(?!search\b)[^/]+/g, '/project/{key}')

const base64 = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)))
