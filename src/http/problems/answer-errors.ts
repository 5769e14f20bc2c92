import type { Context, Hono } from 'hono'
import { renderProblem } from '../../../web/render.tsx'
import { Fault } from '../../model/fault.ts'
import type { AppDeps } from '../deps.ts'
import { type ProblemDocument, problem, problemAnswer, problemOf } from './problem-document.ts'

/**
 * Every failure becomes a problem document, or for people a page that says the same. A `Fault` tells what to do; what is
 * not one is a bug: logged whole, and told to nobody else.
 */
export const answerErrors = (app: Hono, deps: AppDeps): void => {
  app.notFound((c) =>
    answer(c, deps, problem(404, `http: there is nothing at ${c.req.path}: see the first page`, c.req.path)),
  )
  app.onError((error, c) => {
    if (error instanceof Fault) {
      if (error.kind === 'misconfigured') deps.log.error({ err: error, path: c.req.path }, error.message)
      return answer(c, deps, problemOf(error, c.req.path), secondsUntil(error.retryAt, deps.sync.now()))
    }
    deps.log.error({ err: error, method: c.req.method, path: c.req.path }, 'http: an unexpected failure')
    const detail = 'http: this is a fault of Plumbline; it has been logged'
    return answer(c, deps, problem(500, detail, c.req.path))
  })
}

/** People get a page, programs a document. */
const answer = (c: Context, { assets }: AppDeps, document: ProblemDocument, retryAfter: number | null = null) => {
  const byProgram = c.req.path.startsWith('/api/') || c.req.path.startsWith('/webhooks/')
  if (byProgram || !c.req.header('accept')?.includes('text/html')) return problemAnswer(document, retryAfter)
  const { errors, ...rest } = document
  const html = renderProblem({ assets, problem: { ...rest, problems: errors } })
  return new Response(html, {
    status: document.status,
    headers: {
      'content-type': 'text/html; charset=UTF-8',
      'cache-control': 'no-store',
      ...(retryAfter !== null && { 'retry-after': String(retryAfter) }),
    },
  })
}

const secondsUntil = (retryAt: Date | null, now: Date): number | null =>
  retryAt && Math.max(1, Math.ceil((retryAt.getTime() - now.getTime()) / 1000))
