import type { MiddlewareHandler } from 'hono'
import type { HttpConfig } from '../deps.ts'
import { problem, problemAnswer } from '../problems/problem-document.ts'

const SAFE = ['GET', 'HEAD', 'OPTIONS']

/**
 * Nothing is changed on the word of another site's page. Browsers say where a request comes from (`Sec-Fetch-Site`,
 * older ones `Origin`); programs, which carry nobody's cookies along, say nothing. Deliveries are signed instead.
 */
export const checkOrigin =
  ({ publicUrl }: HttpConfig): MiddlewareHandler =>
  async (c, next) => {
    if (SAFE.includes(c.req.method) || c.req.path.startsWith('/webhooks/')) return next()
    const site = c.req.header('sec-fetch-site')
    const origin = c.req.header('origin')
    const own = [new URL(c.req.url).host, ...(publicUrl === null ? [] : [new URL(publicUrl).host])]
    const isOwn = site === undefined ? origin === undefined || own.includes(hostOf(origin)) : ALLOWED.includes(site)
    if (isOwn) return next()
    return problemAnswer(
      problem(403, `http: a page of another site (${origin ?? site}) may not change anything here`, c.req.path),
    )
  }

/** `none` = typed in or opened from a bookmark. */
const ALLOWED = ['same-origin', 'none']

const hostOf = (origin: string): string => (URL.canParse(origin) ? new URL(origin).host : '')
