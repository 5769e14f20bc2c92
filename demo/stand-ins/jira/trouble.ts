/** Ways in which a real Jira, or what stands before it, fails. */
export type TroubleKind =
  | 'rate-limited'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'server-error'
  | 'web-page'
  | 'reset'
  | 'cut-off'
  | 'never-ends'

export interface Trouble {
  readonly kind: TroubleKind
  /** How many calls it hits; 1 when left out. */
  readonly times?: number
  /** Only calls whose path holds this. */
  readonly path?: string
  readonly retryAfterSeconds?: number
}

/** What to answer instead of data; `null` = break the connection. */
export const troubledAnswer = (trouble: Trouble): Response | null => {
  const json = (status: number, message: string, headers: Readonly<Record<string, string>> = {}) =>
    new Response(JSON.stringify({ errorMessages: [message], errors: {} }), {
      status,
      headers: { 'content-type': 'application/json;charset=UTF-8', ...headers },
    })
  switch (trouble.kind) {
    case 'rate-limited':
      return json(429, 'Rate limit exceeded.', {
        'retry-after': String(trouble.retryAfterSeconds ?? 30),
        'x-ratelimit-limit': '100',
        'x-ratelimit-remaining': '0',
      })
    case 'unauthenticated':
      return json(401, 'Client must be authenticated to access this resource.')
    case 'forbidden':
      return json(403, 'You do not have the permission to see the specified issue.')
    case 'not-found':
      return json(404, 'Issue does not exist or you do not have permission to see it.')
    case 'server-error':
      return json(503, 'The service is temporarily unavailable.')
    case 'web-page':
      return new Response('<!DOCTYPE html><html><body>Log in to continue</body></html>', {
        headers: { 'content-type': 'text/html;charset=UTF-8' },
      })
    case 'cut-off':
      return new Response('{"issues":[{"id":"10001","key":"CO', { headers: { 'content-type': 'application/json' } })
    case 'never-ends':
      return new Response(
        new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('{"issues":[')) }),
        { headers: { 'content-type': 'application/json' } },
      )
    case 'reset':
      return null
  }
}
