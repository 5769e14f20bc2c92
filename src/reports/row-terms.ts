import type { WorkingCalendar } from '../model/calendar.ts'
import type { IsoDate } from '../model/time.ts'
import type { ValueUnit } from './value-unit.ts'

export interface RowTerms {
  readonly asOf: IsoDate
  readonly unit: ValueUnit
  readonly hasBaseline: boolean
  /** The baseline's calendar; the plan's own before there is one. */
  readonly calendar: WorkingCalendar
}
