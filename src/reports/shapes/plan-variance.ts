import { z } from 'zod'
import { REASONS, type Reason } from '../../model/reason.ts'

const number = z.number().nullable()
const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const date = isoDate.nullable()

export const reasonSchema = z.enum(Object.keys(REASONS) as [Reason, ...Reason[]])
export const statusSchema = z.enum(['on-track', 'at-risk', 'off-track', 'unknown'])

/** Values and variances of a period or of everything to date, in major units of `valueUnit`. */
const valuesSchema = z.object({
  plannedValue: number,
  earnedValue: number,
  actualCost: number,
  scheduleVariance: number,
  costVariance: number,
})

const scopeSchema = z.object({
  baseline: number,
  added: z.number(),
  removed: z.number(),
  reestimated: z.number(),
  movedIn: z.number(),
  movedOut: z.number(),
  /** Part of the baseline's stated size that items which came later have filled. */
  filled: number,
  current: number,
  done: z.number(),
})

const itemsSchema = z.object({
  total: z.int(),
  done: z.int(),
  doing: z.int(),
  todo: z.int(),
  dropped: z.int(),
  unestimated: z.int(),
})

const measuresShape = {
  plannedPercent: number,
  percentComplete: number,
  ...valuesSchema.shape,
  scheduleVariancePercent: number,
  costVariancePercent: number,
  schedulePerformanceIndex: number,
  costPerformanceIndex: number,
  budgetAtCompletion: number,
  estimateAtCompletion: number,
  estimateMethod: z.enum(['byCpi', 'byBudget']).nullable(),
  estimates: z.object({ byCpi: number, byBudget: number, byCpiSpi: number, fromWork: number }),
  estimateToComplete: number,
  varianceAtCompletion: number,
  varianceAtCompletionPercent: number,
  toCompletePerformanceIndex: number,
  /** Working days of the baseline calendar. Time variance: negative = late. */
  earnedSchedule: number,
  timeVariance: number,
  timePerformanceIndex: number,
}

/** What a sum says when unknown and level-of-effort parts are left out. */
export const judgedSchema = z.object({ ...measuresShape, share: number })

export const rowSchema = z.object({
  id: z.string(),
  parent: z.string().nullable(),
  level: z.int(),
  name: z.string(),
  owner: z.string().nullable(),
  baselineStart: date,
  baselineFinish: date,
  plannedStart: date,
  plannedFinish: date,
  actualStart: date,
  actualFinish: date,
  expectedFinish: date,
  /** Working days, positive = late. */
  finishVarianceDays: number,
  current: valuesSchema,
  ...measuresShape,
  hours: z.object({ logged: z.number(), unrated: z.number() }),
  scope: scopeSchema,
  items: itemsSchema,
  forecastFinish: z.object({ p50: date, p85: date, p95: date }),
  totalFloatDays: number,
  critical: z.boolean().nullable(),
  status: statusSchema,
  /** Sentences: each rule that fired, with its numbers. */
  statusBecause: z.array(z.string()),
  declaredStatus: z
    .object({ status: z.enum(['on-track', 'at-risk', 'off-track']), date: isoDate, comment: z.string().nullable() })
    .nullable(),
  judged: judgedSchema.nullable(),
  /** Key path → why it is null, e.g. `{ "costPerformanceIndex": "actualCostZero" }`. */
  undefinedBecause: z.record(z.string(), reasonSchema),
})

/** What the numbers rest on, and what is missing. */
export const trustSchema = z.object({
  level: z.enum(['good', 'limited', 'poor']),
  /** Sentences: what limits it, and what to do. */
  remarks: z.array(z.string()),
  lastDeliveryAt: z.string().nullable(),
  lastPollAt: z.string().nullable(),
  itemsSeen: z.int(),
  mapped: z.int(),
  unmapped: z.int(),
  unestimated: z.int(),
  settling: z.boolean(),
  sources: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      lastPollAt: z.string().nullable(),
      lastDeliveryAt: z.string().nullable(),
      itemsSeen: z.int(),
      error: z.string().nullable(),
      nextAttemptAt: z.string().nullable(),
    }),
  ),
})

export const planVarianceSchema = z.object({
  plan: z.string(),
  name: z.string(),
  timezone: z.string(),
  /** Status date: the end of this day in the plan's zone. */
  asOf: isoDate,
  /** The revision of the plan's books that was read, and when it was recorded. */
  knownAt: z.string(),
  revision: z.int(),
  baseline: z
    .object({ number: z.int(), name: z.string(), approvedAt: z.string(), reason: z.string(), workDay: isoDate })
    .nullable(),
  unit: z.enum(['points', 'hours', 'items']),
  currency: z.string().nullable(),
  /** Currency, or the plan's unit where no budget exists. */
  valueUnit: z.string(),
  period: z.object({ kind: z.enum(['week', 'month']), from: isoDate, to: isoDate }),
  rows: z.array(rowSchema),
  total: rowSchema,
  unmapped: z.object({ items: z.int() }),
  milestones: z.array(
    z.object({
      id: z.string(),
      phase: z.string(),
      name: z.string(),
      baselineDate: date,
      plannedDate: isoDate,
      actualDate: date,
      varianceDays: number,
    }),
  ),
  trust: trustSchema,
})

export type PlanVariance = z.infer<typeof planVarianceSchema>
export type PlanVarianceRow = z.infer<typeof rowSchema>
export type Judged = z.infer<typeof judgedSchema>
export type Trust = z.infer<typeof trustSchema>
export type Status = z.infer<typeof statusSchema>
