import { z } from 'zod'

const series = z.array(z.number().nullable())

/** Cumulative curves of a plan or one of its phases, one value a day. `null` = not known or still to come. */
export const planCurvesSchema = z.object({
  plan: z.string(),
  phase: z.string().nullable(),
  asOf: z.string(),
  revision: z.int(),
  valueUnit: z.string(),
  unit: z.string(),
  dates: z.array(z.string()),
  plannedValue: series,
  earnedValue: series,
  actualCost: series,
  /** Burn-up: scope now in, scope as baselined, size done. */
  scope: series,
  baselineScope: series,
  done: series,
})

export type PlanCurves = z.infer<typeof planCurvesSchema>
