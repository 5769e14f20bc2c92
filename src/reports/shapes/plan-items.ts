import { z } from 'zod'

/** The work items of a plan or a phase on a status date, and those that no rule takes. */
export const planItemsSchema = z.object({
  plan: z.string(),
  phase: z.string().nullable(),
  asOf: z.string(),
  revision: z.int(),
  unit: z.string(),
  currency: z.string().nullable(),
  items: z.array(
    z.object({
      subject: z.int(),
      key: z.string(),
      url: z.string(),
      title: z.string(),
      source: z.string(),
      type: z.string().nullable(),
      /** `null` = no rule takes it. */
      phase: z.string().nullable(),
      state: z.enum(['todo', 'doing', 'done', 'dropped', 'deleted', 'removed', 'container', 'unmapped']),
      status: z.string(),
      size: z.number(),
      estimated: z.boolean(),
      baselineSize: z.number().nullable(),
      baselineValue: z.number().nullable(),
      earnedValue: z.number().nullable(),
      hours: z.number(),
      cost: z.number().nullable(),
      assignees: z.array(z.string()),
      addedOn: z.string().nullable(),
      startedOn: z.string().nullable(),
      doneOn: z.string().nullable(),
      due: z.string().nullable(),
    }),
  ),
  next: z.string().nullable(),
})

export type PlanItems = z.infer<typeof planItemsSchema>
