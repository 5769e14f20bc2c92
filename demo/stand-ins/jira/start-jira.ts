import type { AddressInfo } from 'node:net'
import { type HttpBindings, serve } from '@hono/node-server'
import { Hono } from 'hono'
import type { RouteOptions } from './answers.ts'
import { cloudRoutes } from './cloud-routes.ts'
import { dataCenterRoutes } from './data-center-routes.ts'
import type { Flavour, Printer } from './render.ts'
import { agileRoutes, sharedRoutes } from './shared-routes.ts'
import type { JiraState } from './state.ts'
import { type Trouble, troubledAnswer } from './trouble.ts'
import { type WebhookTarget, createWebhooks } from './webhooks.ts'

export interface StartJiraOptions extends Partial<RouteOptions> {
  readonly state: JiraState
  readonly flavour?: Flavour
  /** Cloud: the account that the token belongs to. */
  readonly email?: string
  readonly token?: string
  /** A free one when left out. */
  readonly port?: number
  /** Context path of a Data Center, e.g. `/jira`. */
  readonly basePath?: string
  readonly webhook?: WebhookTarget
}

/** One call that was answered. Bodies are text; `null` = none. */
export interface JiraCall {
  readonly method: string
  readonly path: string
  readonly query: string
  readonly requestBody: string | null
  readonly status: number
  readonly responseBody: string | null
}

export type JiraStandIn = Awaited<ReturnType<typeof startJira>>

/**
 * Serves a state over HTTP on the loopback address, as Jira Cloud (default) or as a Data Center.
 *
 * @example const jira = await startJira({ state, email: 'pmo@acme.test', token: 'secret' })
 */
export const startJira = async (options: StartJiraOptions) => {
  const { state, flavour = 'cloud', email = 'pmo@acme.test', token = 'token', basePath = '' } = options
  const now = options.now ?? (() => new Date())
  const routes: RouteOptions = {
    now,
    unknownIds: options.unknownIds ?? 'refuse',
    embeddedHistories: options.embeddedHistories ?? 1000,
    issuesPerPage: options.issuesPerPage ?? 100,
    idsPerPage: options.idsPerPage ?? (flavour === 'cloud' ? 5000 : 1000),
  }
  const expected =
    flavour === 'cloud' ? `Basic ${Buffer.from(`${email}:${token}`).toString('base64')}` : `Bearer ${token}`
  const calls: JiraCall[] = []
  const troubles: { trouble: Trouble; left: number }[] = []
  let url = ''
  const printer: Printer = {
    state,
    flavour,
    get url() {
      return url
    },
  }

  const app = new Hono<{ Bindings: HttpBindings }>()
  app.use('*', async (c, next) => {
    const requestBody = c.req.method === 'GET' ? null : await c.req.raw.clone().text()
    const trouble = troubles.find((one) => one.left > 0 && c.req.path.includes(one.trouble.path ?? ''))
    if (trouble) {
      trouble.left -= 1
      const answer = troubledAnswer(trouble.trouble)
      c.res = answer ?? new Response(null, { status: 500 })
      if (!answer) c.env.incoming.socket.destroy()
    } else if (c.req.header('authorization') !== expected) {
      c.res = troubledAnswer({ kind: 'unauthenticated' })!
    } else await next()
    const path = c.req.path.slice(basePath.length)
    const query = new URL(c.req.url).search
    const responseBody = trouble ? null : await c.res.clone().text()
    calls.push({ method: c.req.method, path, query, requestBody, status: c.res.status, responseBody })
    c.header('Date', now().toUTCString())
  })
  const version = flavour === 'cloud' ? '/rest/api/3' : '/rest/api/2'
  const own = flavour === 'cloud' ? cloudRoutes(printer, routes) : dataCenterRoutes(printer, routes)
  const site = new Hono()
  site.route(version, own)
  site.route(version, sharedRoutes(printer))
  site.route('/rest/agile/1.0', agileRoutes(printer))
  app.route(basePath === '' ? '/' : basePath, site)
  app.notFound((c) => c.json({ errorMessages: ['Not found'], errors: {} }, 404))

  const server = serve({ fetch: app.fetch, port: options.port ?? 0, hostname: '127.0.0.1' })
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', reject)
  })
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${basePath}`

  const webhooks = createWebhooks(() => printer)
  if (options.webhook) webhooks.targets.push(options.webhook)
  const stopListening = state.onChange(webhooks.enqueue)

  return {
    url,
    email,
    token,
    state,
    calls,
    /** Sends every further change there too. */
    addWebhook: (target: WebhookTarget): void => {
      webhooks.targets.push(target)
    },
    deliveries: webhooks.sent,
    resend: webhooks.resend,
    /** Resolves when all webhooks so far have been sent. */
    flush: webhooks.flush,
    /** Lets the next calls fail. */
    trouble: (trouble: Trouble): void => {
      troubles.push({ trouble, left: trouble.times ?? 1 })
    },
    close: async (): Promise<void> => {
      stopListening()
      await webhooks.flush()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        if ('closeAllConnections' in server) server.closeAllConnections()
      })
    },
  }
}
