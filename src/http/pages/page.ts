import type { Context } from 'hono'

/** A page. It holds what only its reader may see, and may be newer a moment later. */
export const page = (c: Context, html: string, status: 200 | 422 | 409 | 503 = 200): Response => {
  c.header('cache-control', 'private, no-cache')
  return c.html(html, status)
}

/** After a form was accepted: the browser goes on with a GET, so that loading again posts nothing twice. */
export const goOn = (c: Context, address: string): Response => c.redirect(address, 303)
