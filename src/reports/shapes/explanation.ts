import { z } from 'zod'
import { reasonSchema } from './plan-variance.ts'

const input = z.object({
  name: z.string(),
  value: z.number().nullable(),
  /** Another measure that can be explained in turn. */
  measure: z.string().nullable(),
  /** The phase whose measure it is; `null` = the same as explained. */
  phase: z.string().nullable(),
  note: z.string().nullable(),
})

/** How one number came about, down to the postings and baseline rows behind it. */
export const explanationSchema = z.object({
  plan: z.string(),
  phase: z.string().nullable(),
  measure: z.string(),
  name: z.string(),
  asOf: z.string(),
  knownAt: z.string(),
  revision: z.int(),
  baseline: z.int().nullable(),
  value: z.number().nullable(),
  /** Dates and statuses, which are no numbers. */
  text: z.string().nullable(),
  unit: z.string(),
  undefinedBecause: reasonSchema.nullable(),
  /** In words, and in symbols with the numbers put in. */
  words: z.string(),
  formula: z.string(),
  good: z.string(),
  source: z.string(),
  inputs: z.array(input),
  baselineRows: z.array(
    z.object({
      phase: z.string(),
      start: z.string().nullable(),
      finish: z.string().nullable(),
      value: z.number(),
      scope: z.number().nullable(),
      plannedValue: z.number(),
    }),
  ),
  postings: z.array(
    z.object({
      subject: z.int(),
      key: z.string(),
      url: z.string().nullable(),
      title: z.string(),
      phase: z.string(),
      day: z.string(),
      cause: z.string(),
      entry: z.string(),
      book: z.int(),
      /** What the line adds to the explained value, in its unit. */
      amount: z.number(),
    }),
  ),
  /** Sum of `amount` over all postings, also those on later pages. */
  postingsTotal: z.number(),
  next: z.string().nullable(),
  address: z.string(),
})

export type Explanation = z.infer<typeof explanationSchema>
