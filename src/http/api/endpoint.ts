import { type OpenAPIHono, createRoute } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { z } from 'zod'
import { problemSchema } from '../problems/problem-document.ts'
import { readInput, writtenParameters } from '../problems/read-input.ts'

/** One documented route: what it takes and gives is checked, published and typed by the same schemas. */
export interface Endpoint<Query extends z.ZodObject, Body extends z.ZodType, Answer extends z.ZodType> {
  readonly method: 'get' | 'post'
  /** With its parameters as `{name}`; their values are texts. */
  readonly path: string
  readonly id: string
  readonly tag: 'Reports' | 'Plans' | 'Sources' | 'Set-up'
  readonly summary: string
  readonly query?: Query
  /** A JSON body. */
  readonly body?: Body
  /** What the route reads by itself, for the document alone. */
  readonly text?: { readonly type: string; readonly description: string }
  readonly status: 200 | 201 | 202
  readonly answer: Answer
  readonly problems: readonly (401 | 404 | 409 | 422 | 429 | 503)[]
}

export interface Asked<Query extends z.ZodObject, Body extends z.ZodType> {
  readonly c: Context
  readonly params: Readonly<Record<string, string>>
  readonly query: z.infer<Query>
  readonly body: z.infer<Body>
}

const NO_PARAMETERS = z.strictObject({})

export const endpoint = <
  Answer extends z.ZodType,
  Query extends z.ZodObject = typeof NO_PARAMETERS,
  Body extends z.ZodType = z.ZodUndefined,
>(
  app: OpenAPIHono,
  terms: Endpoint<Query, Body, Answer>,
  answer: (asked: Asked<Query, Body>) => Promise<z.input<Answer>>,
): void => {
  const names = [...terms.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!)
  app.openAPIRegistry.registerPath(documentation(terms, names))
  app.on(terms.method.toUpperCase(), terms.path.replace(/\{(\w+)\}/g, ':$1'), async (c) => {
    const query = readInput(terms.query ?? NO_PARAMETERS, writtenParameters(c.req.url)) as z.infer<Query>
    const body = (terms.body ? readInput(terms.body, await jsonOf(c)) : undefined) as z.infer<Body>
    const params = c.req.param() as Record<string, string>
    return c.json((await answer({ c, params, query, body })) as object, terms.status)
  })
}

/** An empty body counts as `{}`. */
const jsonOf = async (c: Context): Promise<unknown> => {
  const text = await c.req.text()
  try {
    return text.trim() === '' ? {} : JSON.parse(text)
  } catch {
    return readInput(z.never({ error: 'write JSON' }), text)
  }
}

const documentation = <Query extends z.ZodObject, Body extends z.ZodType, Answer extends z.ZodType>(
  { method, path, id, tag, summary, query, body, text, status, answer, problems }: Endpoint<Query, Body, Answer>,
  names: readonly string[],
) =>
  createRoute({
    method,
    path,
    operationId: id,
    tags: [tag],
    summary,
    request: {
      ...(names.length > 0 && { params: z.object(Object.fromEntries(names.map((name) => [name, z.string()]))) }),
      ...(query && { query }),
      ...(body && { body: { content: { 'application/json': { schema: body } } } }),
      ...(text && {
        body: { content: { [text.type]: { schema: z.string().meta({ description: text.description }) } } },
      }),
    },
    responses: {
      [status]: { description: summary, content: { 'application/json': { schema: answer } } },
      ...(method === 'get' && status === 200 && { 304: { description: 'The same as under the ETag that was sent' } }),
      ...Object.fromEntries(
        problems.map((problem) => [
          problem,
          { description: PROBLEMS[problem], content: { 'application/problem+json': { schema: problemSchema } } },
        ]),
      ),
    },
  })

const PROBLEMS = {
  401: 'A tracker or this service does not accept who asks',
  404: 'There is no such plan, phase, measure, baseline or source',
  409: 'Something else stands against it; the detail says what',
  422: 'Something in the request is wrong; `errors` names each place',
  429: 'A limit is reached; `Retry-After` says when to try again',
  503: 'The database does not answer',
} as const
