import { z } from '@hono/zod-openapi'
import { PRESENT, type View } from '../../web/components/address.ts'
import { isIsoDate, isoInstant } from '../model/time.ts'
import type { PlanQuestion } from '../reports/load-books.ts'
import { type AppDeps, clockOf } from './deps.ts'

/** Before any tracker, and far enough from the beginning of calendars to reckon back from. */
const EARLIEST = '1900-01-01'

export const dateParameter = z
  .string({ error: 'write a date as YYYY-MM-DD, once' })
  .refine((text) => isIsoDate(text) && text >= EARLIEST, { error: 'write a date as YYYY-MM-DD, e.g. 2026-06-30' })
  .openapi({ type: 'string', format: 'date' })

export const numberParameter = (what: string, most: number) =>
  z
    .string({ error: `write ${what} once` })
    .regex(/^[1-9]\d{0,8}$/, { error: `write ${what} as a whole number above 0` })
    .transform(Number)
    .refine((number) => number <= most, { error: `write ${what} up to ${most}` })
    .openapi({ type: 'integer', minimum: 1, maximum: most })

export const textParameter = (most = 400) =>
  z.string({ error: 'write it once' }).max(most, { error: `write at most ${most} characters` })

/** Where the next page of postings goes on. */
export const linesCursor = z
  .string({ error: 'write it once' })
  .regex(/^\d{4}-\d{2}-\d{2}\.\d{1,15}\.\d{1,9}$/, { error: 'use the `next` of the page before' })

const HIGHEST_BASELINE = 100_000_000

/** What every report of a plan may be asked. */
export const viewShape = {
  asOf: dateParameter.optional(),
  knownAt: z
    .string({ error: 'write it once' })
    // A bare date would mean another instant in every zone.
    .pipe(z.iso.datetime({ offset: true, error: 'write a whole instant with its zone, e.g. 2026-06-30T17:00:00Z' }))
    .transform(isoInstant)
    // An offset can lead out of the four digits of a year.
    .refine((instant) => /^\d/.test(instant), { error: 'write an instant before the year 10000' })
    .openapi({ type: 'string', format: 'date-time' })
    .optional(),
  baseline: numberParameter('the number of a baseline', HIGHEST_BASELINE).optional(),
}

export const periodShape = {
  period: z.enum(['week', 'month'], { error: 'write week or month' }).optional(),
}

export const viewSchema = z.strictObject({ ...viewShape, ...periodShape })

export interface AskedView {
  readonly asOf?: string | undefined
  readonly knownAt?: string | undefined
  readonly baseline?: number | undefined
  readonly period?: 'week' | 'month' | undefined
}

export const planQuestion = (deps: AppDeps, plan: string, { asOf, knownAt, baseline }: AskedView): PlanQuestion => ({
  plan,
  ...clockOf(deps),
  ...(asOf !== undefined && { asOf }),
  ...(knownAt !== undefined && { knownAt }),
  ...(baseline !== undefined && { baseline }),
})

/** What was asked, to be carried along in every link. */
export const viewOf = ({ asOf, knownAt, baseline, period }: AskedView): View => ({
  ...PRESENT,
  asOf: asOf ?? null,
  knownAt: knownAt ?? null,
  baseline: baseline ?? null,
  period: period ?? null,
})
