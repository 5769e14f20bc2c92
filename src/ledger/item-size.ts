import { type Micro, microSize } from '../model/amounts.ts'
import type { SizeUnit } from '../model/plan.ts'
import type { ItemFields } from '../model/work-item.ts'

/** How sizes are told: a plan's unit and what an unestimated item weighs in it. */
export interface SizeMeasure {
  readonly unit: SizeUnit
  readonly missingSize: number
}

/** An item's size in a plan's unit. A negative estimate is none. Counting items, every item is estimated. */
export const itemSize = (
  fields: ItemFields,
  { unit, missingSize }: SizeMeasure,
): { readonly size: Micro; readonly estimated: boolean } => {
  if (unit === 'items') return { size: microSize(1), estimated: true }
  const estimate =
    unit === 'points' ? fields.points : fields.estimateSeconds === null ? null : fields.estimateSeconds / 3600
  return estimate === null || !(estimate >= 0)
    ? { size: microSize(missingSize), estimated: false }
    : { size: microSize(estimate), estimated: true }
}
