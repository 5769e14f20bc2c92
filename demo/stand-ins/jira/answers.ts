import type { Context } from 'hono'
import { JqlError, type Query, parseJql } from './jql.ts'
import type { JiraIssue } from './model.ts'
import type { Printer } from './render.ts'

export interface RouteOptions {
  readonly now: () => Date
  /** What Jira does with ids in a query that it does not know: versions differ. */
  readonly unknownIds: 'refuse' | 'ignore'
  /** Data Center: how many histories a search shows per issue. */
  readonly embeddedHistories: number
  /** Issues per page of a search with fields, at most. */
  readonly issuesPerPage: number
  /** Issues per page of a search for ids alone, at most. */
  readonly idsPerPage: number
}

/** Runs a query and answers with what it finds, in order; a bad query is refused in Jira's words. */
export const withQuery = (
  c: Context,
  { state }: Printer,
  options: RouteOptions,
  jql: string,
  answer: (query: Query, found: readonly JiraIssue[]) => Response,
): Response => {
  try {
    const query = parseJql(jql, state, { unknownIds: options.unknownIds, now: options.now() })
    const found = [...state.issues.values()].filter(query.matches).sort((a, b) => query.compare(a, b) || byId(a, b))
    return answer(query, found)
  } catch (error) {
    if (error instanceof JqlError) return badRequest(c, error.message)
    throw error
  }
}

export const byId = (a: JiraIssue, b: JiraIssue): number => Number(a.id) - Number(b.id)

export const fieldsOf = (text: string | undefined): ReadonlySet<string> | null =>
  text === undefined || text === '' ? null : new Set(text.split(','))

export const badRequest = (c: Context, message: string): Response =>
  c.json({ errorMessages: [message], errors: {} }, 400)
export const notFound = (c: Context, message: string): Response => c.json({ errorMessages: [message], errors: {} }, 404)
