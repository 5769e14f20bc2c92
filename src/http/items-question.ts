import { z } from '@hono/zod-openapi'
import type { BookedState } from '../store/items-in-plan.ts'
import { numberParameter, textParameter, viewShape } from './question.ts'

export const cursorParameter = z
  .string({ error: 'write it once' })
  .regex(/^\d{1,15}$/, { error: 'use the `next` of the page before' })

/** What narrows a list of work items. */
export const itemsShape = {
  ...viewShape,
  phase: textParameter().optional(),
  state: z
    .enum(['todo', 'doing', 'done', 'dropped', 'gone'], { error: 'write todo, doing, done, dropped or gone' })
    .optional(),
  unmapped: flag(),
  unestimated: flag(),
  search: textParameter().optional(),
}

export const itemsSchema = z.strictObject({
  ...itemsShape,
  cursor: cursorParameter.optional(),
  limit: numberParameter('how many to show', 1000).optional(),
})

const GONE = ['deleted', 'removed', 'container']

/** The page's list also offers how an item went, and `unmapped` as a state. */
export const itemsPageSchema = z.strictObject({
  ...itemsShape,
  state: z
    .enum(['todo', 'doing', 'done', 'dropped', 'gone', 'unmapped', 'deleted', 'removed', 'container'], {
      error: 'choose a state from the list',
    })
    .optional(),
  cursor: cursorParameter.optional(),
  period: z.enum(['week', 'month']).optional(),
})

/** States as the books know them. */
export const bookedState = (state: string | undefined): BookedState | undefined =>
  state === undefined || state === 'unmapped' ? undefined : GONE.includes(state) ? 'gone' : (state as BookedState)

function flag() {
  return z
    .enum(['1', '0', 'true', 'false'], { error: 'write true or false' })
    .transform((text) => text === '1' || text === 'true')
    .openapi({ type: 'boolean' })
    .optional()
}
