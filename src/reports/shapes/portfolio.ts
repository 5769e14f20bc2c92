import { z } from 'zod'
import { reasonSchema, statusSchema } from './plan-variance.ts'

export const portfolioSchema = z.object({
  id: z.string().nullable(),
  name: z.string(),
  asOf: z.string(),
  plans: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      revision: z.int(),
      baseline: z.int().nullable(),
      status: statusSchema,
      statusBecause: z.array(z.string()),
      valueUnit: z.string(),
      currency: z.string().nullable(),
      plannedPercent: z.number().nullable(),
      percentComplete: z.number().nullable(),
      plannedValue: z.number().nullable(),
      earnedValue: z.number().nullable(),
      actualCost: z.number().nullable(),
      budgetAtCompletion: z.number().nullable(),
      estimateAtCompletion: z.number().nullable(),
      schedulePerformanceIndex: z.number().nullable(),
      timePerformanceIndex: z.number().nullable(),
      costPerformanceIndex: z.number().nullable(),
      scopeChangePercent: z.number().nullable(),
      baselineFinish: z.string().nullable(),
      expectedFinish: z.string().nullable(),
      finishVarianceDays: z.number().nullable(),
      trust: z.enum(['good', 'limited', 'poor']),
      trustRemarks: z.array(z.string()),
      undefinedBecause: z.record(z.string(), reasonSchema),
    }),
  ),
  total: z.object({
    currency: z.string().nullable(),
    plannedValue: z.number().nullable(),
    earnedValue: z.number().nullable(),
    actualCost: z.number().nullable(),
    budgetAtCompletion: z.number().nullable(),
    schedulePerformanceIndex: z.number().nullable(),
    costPerformanceIndex: z.number().nullable(),
    undefinedBecause: z.record(z.string(), reasonSchema),
  }),
  /** Items that count in more than one plan: shown, not subtracted. */
  overlap: z.object({ items: z.int() }),
})

export type Portfolio = z.infer<typeof portfolioSchema>
