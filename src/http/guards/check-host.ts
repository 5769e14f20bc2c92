import type { MiddlewareHandler } from 'hono'
import type { HttpConfig } from '../deps.ts'
import { problem, problemAnswer } from '../problems/problem-document.ts'

/** Called by trackers and by supervisors, under whatever name they know: neither shows nor changes a plan. */
const OPEN = ['/webhooks/', '/healthz', '/readyz']

/**
 * Refuses requests under a name that is not ours. A page elsewhere could have its own name point to 127.0.0.1 (DNS
 * rebinding) and would then be of the same origin as this service; its name in `Host` gives it away.
 */
export const checkHost =
  (config: HttpConfig): MiddlewareHandler =>
  async (c, next) => {
    const host = new URL(c.req.url).hostname
    if (OPEN.some((path) => c.req.path.startsWith(path)) || isOurs(host, config)) return next()
    return problemAnswer(
      problem(
        421,
        `http: this service does not answer under the name ${host}: open it as http://localhost, or set PUBLIC_URL to the address that you use`,
        c.req.path,
      ),
    )
  }

const isOurs = (host: string, { publicUrl, allowRemote }: HttpConfig): boolean =>
  isLoopback(host) ||
  (publicUrl !== null && host === new URL(publicUrl).hostname) ||
  // A number cannot be rebound: whoever writes it means this machine.
  (allowRemote && isNumeric(host))

export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host.endsWith('.localhost') || /^127(\.\d+){3}$/.test(host) || /^\[?::1\]?$/.test(host)

const isNumeric = (host: string): boolean => /^\d+(\.\d+){3}$/.test(host) || host.startsWith('[')
