import { createHash } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { type HttpBindings, serve } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { type PlannedFault, RESET, type StandInFault, exhausted, failure, takeFault } from './faults.ts'
import { type Arguments, type GraphqlAnswer, execute } from './graphql.ts'
import { queryRoot } from './graphql-objects.ts'
import { type Pool, createPool, hasCallLeft, quotaHeaders } from './quota.ts'
import { type RestAnswer, answerRest } from './rest.ts'
import type { GitHubState } from './state.ts'
import { WEB_PAGE, webPage } from './web-page.ts'
import { type StandInDelivery, type Subscription, deliveryOf, pingOf, send } from './webhooks.ts'

export interface GitHubOptions {
  readonly state: GitHubState
  readonly token: string
  readonly now: () => Date
  /** Default: any free one. */
  readonly port?: number
  /** Calls an hour, default 5000 as at GitHub. */
  readonly quota?: number
  /** Login of the token's owner, default the first user. */
  readonly viewer?: string
  /** Scopes of a classic token, told in `x-oauth-scopes`; default: a fine-grained token, which does not tell. */
  readonly scopes?: readonly string[]
  /** Sees every call with its answer. */
  readonly onExchange?: (exchange: Exchange) => void
}

/** One call and its answer, for checks against GitHub's published contract. */
export interface Exchange {
  readonly method: string
  /** Without `/api/v3`. */
  readonly path: string
  readonly query: URLSearchParams
  readonly requestBody: unknown
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
}

export interface StandInGitHub {
  /** The API: a connection's `url`. `${url}/api/v3` answers too, as on Enterprise Server. */
  readonly url: string
  readonly token: string
  readonly state: GitHubState
  /** From now on every mutation is delivered there, signed; a ping comes first. */
  subscribe(subscription: Subscription): void
  /** Resolves when every delivery so far has been answered (or could not be made). */
  delivered(): Promise<void>
  /** All deliveries so far with their answers, oldest first; status 0 = could not be made. */
  readonly deliveries: readonly { readonly delivery: StandInDelivery; readonly status: number }[]
  /** The same delivery once more, as from GitHub's page of recent deliveries. */
  redeliver(delivery: StandInDelivery): Promise<number>
  /** The next `times` calls (that match `on`, if given: `GET /repos/acme/web/issues`) fail. */
  failNext(fault: StandInFault, options?: { readonly times?: number; readonly on?: RegExp }): void
  /** From now on every object of an answer has a field that no documentation knows. */
  addUnknownFields(): void
  /** Calls answered, and how much of the quota they took. */
  readonly usage: () => { readonly calls: number; readonly core: number; readonly graphql: number }
  close(): Promise<void>
}

type Bindings = { Bindings: HttpBindings }

/** GitHub's API over HTTP, on the loopback interface. */
export const startGitHub = async (options: GitHubOptions): Promise<StandInGitHub> => {
  const { state, token } = options
  const viewer = options.viewer ?? [...state.users.keys()][0] ?? state.owner
  const planned: PlannedFault[] = []
  const pools = {
    core: createPool('core', options.quota ?? 5000),
    graphql: createPool('graphql', options.quota ?? 5000),
  }
  const subscriptions: Subscription[] = []
  const deliveries: { delivery: StandInDelivery; status: number }[] = []
  let underWay: Promise<void> = Promise.resolve()
  let calls = 0
  let unknownFields = false

  // One after the other: GitHub promises no order, but a demonstration is easier to follow with one.
  const deliver = (delivery: StandInDelivery | null): void => {
    if (delivery === null) return
    underWay = underWay.then(async () => {
      const status = await send(delivery).catch(() => 0)
      deliveries.push({ delivery, status })
    })
  }
  const listener = (happening: Parameters<typeof deliveryOf>[1]): void => {
    for (const subscription of subscriptions) deliver(deliveryOf(state, happening, subscription))
  }
  state.listeners.add(listener)

  const app = new Hono<Bindings>()
  app.all('*', async (c) => {
    calls += 1
    const path = new URL(c.req.url).pathname.replace(/^\/api(\/v3)?(?=\/)/, '')
    const query = new URL(c.req.url).searchParams
    const fault = takeFault(planned, `${c.req.method} ${path}`)
    if (fault?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.milliseconds))
    if (c.req.method === 'GET' && WEB_PAGE.test(path)) return c.html(...webPage(state, path))
    const pool = path === '/graphql' ? pools.graphql : pools.core
    const requestBody: unknown = c.req.method === 'POST' ? await c.req.json().catch(() => null) : null
    const answer =
      fault === null || fault.kind === 'slow'
        ? reply(c, path, query, requestBody, pool)
        : failure(fault, pool, options.now())
    const headers: Record<string, string> = {
      'content-type': 'application/json; charset=utf-8',
      date: options.now().toUTCString(),
      'x-github-request-id': `STAND:${calls}`,
      ...(options.scopes ? { 'x-oauth-scopes': options.scopes.join(', ') } : {}),
      ...quotaHeaders(pool),
      ...answer.headers,
    }
    if (answer.status === RESET) {
      c.env.incoming.socket.destroy()
      return c.body(null)
    }
    options.onExchange?.({
      method: c.req.method,
      path,
      query,
      requestBody,
      status: answer.status,
      headers,
      body: answer.body,
    })
    if (answer.status === 304) return new Response(null, { status: 304, headers })
    const text = unknownFields ? JSON.stringify(withUnknownFields(answer.body)) : textOf(answer)
    if (fault?.kind !== 'cutOff') return new Response(text, { status: answer.status, headers })
    const whole = JSON.stringify(reply(c, path, query, requestBody, pool).body)
    return new Response(whole.slice(0, whole.length / 2), { status: 200, headers })
  })

  const reply = (c: Context<Bindings>, path: string, query: URLSearchParams, body: unknown, pool: Pool): RestAnswer => {
    const given = /^(?:token|bearer) (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
    if (given !== token)
      return {
        status: 401,
        body: { message: 'Bad credentials', documentation_url: 'https://docs.github.com/rest', status: '401' },
      }
    if (!hasCallLeft(pool, options.now())) return exhausted(pool, viewer)
    if (path === '/graphql') {
      pool.used += 1
      return { status: 200, body: graphql(state, body) }
    }
    const answer = answerRest(state, viewer, path, query)
    if (answer.status !== 200) {
      pool.used += 1
      return answer
    }
    const text = textOf(answer)
    const etag = `W/"${createHash('sha256').update(text).digest('hex')}"`
    const headers = { ...answer.headers, etag, 'cache-control': 'private, max-age=60, s-maxage=60' }
    if (c.req.header('if-none-match') === etag) return { status: 304, body: null, headers }
    pool.used += 1
    return { ...answer, text, headers }
  }

  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: options.port ?? 0 })
  await new Promise<void>((resolve) => server.once('listening', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  state.address = { api: url, web: url }

  return {
    url,
    token,
    state,
    subscribe: (subscription) => {
      subscriptions.push(subscription)
      deliver(pingOf(state, subscription, viewer))
    },
    delivered: async () => {
      let seen: Promise<void> | null = null
      while (seen !== underWay) {
        seen = underWay
        await seen
      }
    },
    deliveries,
    redeliver: send,
    failNext: (fault, { times = 1, on = /^/ } = {}) => {
      planned.push({ fault, on, times })
    },
    addUnknownFields: () => {
      unknownFields = true
    },
    usage: () => ({ calls, core: pools.core.used, graphql: pools.graphql.used }),
    close: async () => {
      state.listeners.delete(listener)
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        if ('closeAllConnections' in server) server.closeAllConnections()
      })
    },
  }
}

const graphql = (state: GitHubState, body: unknown): GraphqlAnswer => {
  if (typeof body !== 'object' || body === null || !('query' in body) || typeof body.query !== 'string') {
    return { errors: [{ message: 'A query attribute must be specified and must be a string.' }] }
  }
  const variables = 'variables' in body && typeof body.variables === 'object' ? (body.variables ?? {}) : {}
  return execute(body.query, variables as Arguments, queryRoot(state))
}

const textOf = ({ body, text }: RestAnswer): string => text ?? (typeof body === 'string' ? body : JSON.stringify(body))

const withUnknownFields = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withUnknownFields)
  if (typeof value !== 'object' || value === null) return value
  const known = Object.entries(value).map(([name, entry]) => [name, withUnknownFields(entry)])
  return { ...Object.fromEntries(known), field_of_the_future: { list: [1] } }
}
