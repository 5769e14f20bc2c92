import { Octokit, RequestError } from 'octokit'
import { Fault } from '../../model/fault.ts'
import type { Connection, ConnectionSecrets } from '../../model/source.ts'
import type { ConnectTools } from '../tracker.ts'
import { type CallContext, type Headers, faultOf, limitLiftedAt, messageOf, quotaOf, unreachable } from './faults.ts'
import { DEFAULT_TIMEOUT_SECONDS } from './settings.ts'

/** The two ways in which GitHub is asked. Every answer that is not a success is a `Fault`. */
export interface Caller {
  readonly connection: Connection
  readonly now: () => Date
  /** A `GET`; 304 comes back as `data: null`. */
  get(route: string, parameters: Readonly<Record<string, unknown>>, ifNoneMatch?: string | null): Promise<Answer>
  /** Errors that concern single nodes (`NOT_FOUND`) are left to the caller, which finds `null` in their place. */
  graphql(name: string, query: string, variables: Readonly<Record<string, unknown>>): Promise<Answer>
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly data: unknown
}

/** Whether GitHub gave up on a query: it stops those that take longer than ten seconds with one of these. */
export const wasTooHeavy = (error: unknown): boolean =>
  error instanceof Fault && error.cause instanceof RequestError && [502, 504].includes(error.cause.status)

/**
 * A body as JSON; `null` when it is cut off or something else. Octokit's own parser looks at every number for big integers,
 * which takes ten times as long and is of no use here.
 */
const readJson = async (body: ReadableStream | null): Promise<unknown> => {
  const text = await new Response(body).text()
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/**
 * Octokit without its retry and throttling: a wait must be seen by whoever schedules the work, not happen in here.
 *
 * @throws Fault of any kind but `misconfigured`
 */
export const createCaller = (connection: Connection, secrets: ConnectionSecrets, tools: ConnectTools): Caller => {
  const baseUrl = connection.url.replace(/\/+$/, '')
  const silent = () => {}
  const octokit = new Octokit({
    auth: secrets.token,
    baseUrl,
    userAgent: 'plumbline',
    request: { fetch: tools.fetch, redirect: 'manual' },
    retry: { enabled: false },
    throttle: { enabled: false },
    log: { debug: silent, info: silent, warn: tools.log, error: silent },
  })
  const { timeoutSeconds } = connection.settings
  const timeoutMs = (typeof timeoutSeconds === 'number' ? timeoutSeconds : DEFAULT_TIMEOUT_SECONDS) * 1000

  const send = async (
    operation: string,
    route: string,
    parameters: Readonly<Record<string, unknown>>,
  ): Promise<Answer> => {
    const begun = tools.now().getTime()
    const report = (status: number, headers: Headers) =>
      tools.onCall({ operation, status, milliseconds: tools.now().getTime() - begun, quota: quotaOf(headers) })
    const context: CallContext = {
      connection: connection.id,
      repository: parameters.owner ? `${parameters.owner}/${parameters.repo}` : null,
      operation,
      now: tools.now(),
    }
    const signal = AbortSignal.timeout(timeoutMs)
    const failed = (error: unknown): Fault => {
      const what = signal.aborted ? `no answer within ${timeoutMs / 1000} s` : 'the connection failed'
      return unreachable(what, context, error)
    }
    const request = { signal, parseSuccessResponseBody: false }
    try {
      const { status, headers, data } = await octokit.request(route, { ...parameters, request })
      const answer = { status, headers, data: await readJson(data).catch((error) => Promise.reject(failed(error))) }
      report(status, headers)
      return answer
    } catch (error) {
      const response = error instanceof RequestError ? error.response : undefined
      report(response?.status ?? 0, response?.headers ?? {})
      if (error instanceof Fault) throw error
      if (response?.status === 304) return { status: 304, headers: response.headers, data: null }
      if (response) {
        const now = tools.now()
        throw faultOf(response.status, response.headers, response.data, { ...context, now }, error)
      }
      throw failed(error)
    }
  }

  const renamed = async (answer: Answer, repository: string): Promise<Fault> => {
    const route = new URL(String(answer.headers.location), `${baseUrl}/`).href
    const ours = route.startsWith(`${baseUrl}/`)
    const target = ours ? (await send('GET /repositories/{id}', `GET ${route}`, {})).data : null
    const name =
      typeof target === 'object' && target !== null && 'full_name' in target ? String(target.full_name) : null
    return new Fault(
      'notFound',
      name
        ? `github: the repository was renamed: repository=${repository} is now ${name}; set repository: ${name} in the source`
        : `github: the repository was moved: repository=${repository} url=${route}; set its new name in the source`,
    )
  }

  return {
    connection,
    now: tools.now,
    get: async (route, parameters, ifNoneMatch) => {
      const operation = `GET ${route}`
      const headers = ifNoneMatch ? { headers: { 'if-none-match': ifNoneMatch } } : {}
      const answer = await send(operation, operation, { ...parameters, ...headers })
      if (answer.status >= 300 && answer.status < 304) {
        const repository = `${parameters.owner}/${parameters.repo}`
        // The redirect of a listing leads to a listing by number: ask for the repository itself.
        const location = String(answer.headers.location ?? '').replace(/(\/repositories\/\d+).*$/, '$1')
        throw await renamed({ ...answer, headers: { ...answer.headers, location } }, repository)
      }
      if (answer.status !== 304 && (typeof answer.data !== 'object' || answer.data === null))
        throw notJson(answer, operation)
      return answer
    },
    graphql: async (name, query, variables) => {
      const operation = `POST /graphql ${name}`
      // On Enterprise Server REST is at /api/v3 and GraphQL beside it at /api/graphql.
      const url = `${baseUrl.replace(/\/api\/v3$/, '/api')}/graphql`
      const answer = await send(operation, `POST ${url}`, { query, variables })
      const { data } = answer
      if (typeof data !== 'object' || data === null) throw notJson(answer, operation)
      const errors = 'errors' in data && Array.isArray(data.errors) ? data.errors : []
      const serious = errors.find((error) => error?.type !== 'NOT_FOUND')
      if (serious) throw graphqlFault(serious, answer, operation)
      if (!('data' in data) || typeof data.data !== 'object' || data.data === null) throw notJson(answer, operation)
      return { ...answer, data: data.data }
    },
  }

  function notJson(answer: Answer, operation: string): Fault {
    const type = String(answer.headers['content-type'] ?? 'none')
    const context = { connection: connection.id, repository: null, operation, now: tools.now() }
    return unreachable(`the answer was cut off or is not GitHub's (content type ${type})`, context)
  }

  function graphqlFault(error: unknown, answer: Answer, operation: string): Fault {
    const type = typeof error === 'object' && error !== null && 'type' in error ? String(error.type) : 'none'
    const said = messageOf(error)
    const now = tools.now()
    const context = { connection: connection.id, repository: null, operation, now }
    if (type === 'RATE_LIMITED' || /rate limit/i.test(said ?? '')) {
      const retryAt = limitLiftedAt(429, answer.headers, said, now) ?? now
      return new Fault('rateLimited', `github: a rate limit was reached, retry later: call=${operation}`, { retryAt })
    }
    if (type === 'FORBIDDEN') return faultOf(403, {}, error, context)
    if (type === 'INSUFFICIENT_SCOPES') return faultOf(403, {}, error, context)
    // Fields that the server does not have are told without a type: an Enterprise Server that is too old.
    if (type === 'none' && /doesn't exist on type|isn't a defined input/i.test(said ?? '')) {
      return new Fault(
        'invalid',
        `github: the server does not know what we ask, it may be too old: call=${operation} "${said}"`,
      )
    }
    return unreachable(`the query failed ("${said ?? type}")`, context)
  }
}
