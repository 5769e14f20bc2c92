import { z } from 'zod'
import type { Fault } from '../../model/fault.ts'
import { type ErrorStatus, statusOf, titleOf } from './status-of.ts'

/** A problem document (RFC 9457). `type` is `about:blank`: the status and the title say what kind it is. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    /** What is wrong and what to do. */
    detail: z.string(),
    /** The address that was asked. */
    instance: z.string(),
    /** Each thing that is wrong, and where. */
    errors: z.array(z.object({ at: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem' })

export type ProblemDocument = z.infer<typeof problemSchema>

export const problem = (
  status: ErrorStatus,
  detail: string,
  instance: string,
  errors: ProblemDocument['errors'] = [],
): ProblemDocument => ({
  type: 'about:blank',
  title: titleOf(status),
  status,
  detail,
  instance,
  ...(errors.length > 0 && { errors }),
})

export const problemOf = (fault: Fault, instance: string): ProblemDocument =>
  problem(statusOf(fault.kind), fault.message, instance, [...fault.problems])

/** @param retryAt when trying again makes sense */
export const problemAnswer = (document: ProblemDocument, retryAfterSeconds: number | null = null): Response =>
  new Response(JSON.stringify(document), {
    status: document.status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...(retryAfterSeconds !== null && { 'retry-after': String(retryAfterSeconds) }),
    },
  })
