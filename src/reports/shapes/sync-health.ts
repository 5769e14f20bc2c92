import { z } from 'zod'

const instant = z.string().nullable()

/** What the sync does, per source and per connection: when it last heard, what it holds, what went wrong, what comes next. */
export const syncHealthSchema = z.object({
  at: z.string(),
  sources: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      connection: z.string(),
      tracker: z.string(),
      /** reading = a pull is under way; waiting = the next is due later; failing = the last one failed. */
      state: z.enum(['never-read', 'reading', 'waiting', 'failing']),
      lastDeliveryAt: instant,
      lastPollAt: instant,
      lastChangeAt: instant,
      nextAttemptAt: instant,
      items: z.object({
        total: z.int(),
        present: z.int(),
        todo: z.int(),
        doing: z.int(),
        done: z.int(),
        dropped: z.int(),
      }),
      calls: z.int(),
      quota: z.object({ remaining: z.number().nullable(), limit: z.number().nullable(), resetAt: instant }).nullable(),
      failures: z.int(),
      error: z.string().nullable(),
      errorKind: z.string().nullable(),
    }),
  ),
  connections: z.array(
    z.object({
      id: z.string(),
      tracker: z.string(),
      url: z.string(),
      webhookAddress: z.string(),
      deliveries: z.int(),
      refusedDeliveries: z.int(),
      lastDeliveryAt: instant,
      due: z.int(),
      dead: z.int(),
    }),
  ),
})

export type SyncHealth = z.infer<typeof syncHealthSchema>
