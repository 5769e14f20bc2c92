import type { Judged, PlanVarianceRow } from '../../src/reports/shapes/plan-variance.ts'
import { amount, count, days, daysLate, hours, index, percent, quantity, timeVariance } from './format.ts'
import { belowOneIsBad, negativeIsBad, positiveIsBad } from './measure.tsx'

/** Units that a plan's values and sizes are told in. */
export interface Units {
  readonly valueUnit: string
  readonly unit: string
}

/** A number of a row: how to find it, say it and judge it. `key` is its path in the report and in addresses. */
export interface NumberColumn {
  readonly kind: 'number'
  readonly key: string
  readonly name: string
  /** What it means, for those who do not know the short name. */
  readonly title: string
  readonly read: (row: PlanVarianceRow) => number | null
  readonly format: (value: number, units: Units) => string
  readonly tone?: (value: number | null) => 'good' | 'bad' | 'plain'
  /** What stands beside the number, such as the method that gave it. */
  readonly note?: (row: PlanVarianceRow) => string | null
  /** An item count opens the list of these items. */
  readonly items?: { readonly state?: string; readonly unestimated?: true }
}

export interface DateColumn {
  readonly kind: 'date'
  readonly key: string
  readonly name: string
  readonly title: string
  readonly read: (row: PlanVarianceRow) => string | null
}

export type Column = NumberColumn | DateColumn

/** Columns under one heading, with the sign convention that holds for them. */
export interface ColumnGroup {
  readonly name: string
  readonly note: string | null
  readonly columns: readonly Column[]
}

type JudgedKey = Exclude<keyof Judged & keyof PlanVarianceRow, 'estimateMethod' | 'estimates'>
type CurrentKey = keyof PlanVarianceRow['current']
type ScopeKey = keyof PlanVarianceRow['scope']
type ItemKey = keyof PlanVarianceRow['items']
type DateKey = {
  [K in keyof PlanVarianceRow]: K extends `${string}Start` | `${string}Finish`
    ? PlanVarianceRow[K] extends string | null
      ? K
      : never
    : never
}[keyof PlanVarianceRow]

const inValueUnit = (value: number, units: Units): string => amount(value, units.valueUnit)

export const value = (key: JudgedKey, name: string, title: string, tone?: NumberColumn['tone']): NumberColumn =>
  column(key, name, title, (row) => row[key], inValueUnit, tone)

export const currentValue = (key: CurrentKey, name: string, title: string, tone?: NumberColumn['tone']): NumberColumn =>
  column(`current.${key}`, name, title, (row) => row.current[key], inValueUnit, tone)

export const percentage = (key: JudgedKey, name: string, title: string, tone?: NumberColumn['tone']): NumberColumn =>
  column(key, name, title, (row) => row[key], percent, tone)

export const ratio = (key: JudgedKey, name: string, title: string): NumberColumn =>
  column(key, name, title, (row) => row[key], index, belowOneIsBad)

export const scopeSize = (key: ScopeKey, name: string, title: string): NumberColumn =>
  column(`scope.${key}`, name, title, (row) => row.scope[key], quantity)

export const itemCount = (key: ItemKey, name: string, title: string, items: NumberColumn['items']): NumberColumn => ({
  ...column(`items.${key}`, name, title, (row) => row.items[key], count),
  ...(items ? { items } : {}),
})

export const isoDate = (key: DateKey, name: string, title: string): DateColumn => ({
  kind: 'date',
  key,
  name,
  title,
  read: (row) => row[key],
})

export const estimate = (key: keyof PlanVarianceRow['estimates'], name: string, title: string): NumberColumn =>
  column(`estimates.${key}`, name, title, (row) => row.estimates[key], inValueUnit)

/** The estimate at completion, with the method that gave it. */
export const estimateAtCompletion: NumberColumn = {
  ...value('estimateAtCompletion', 'EAC', 'Estimate at completion'),
  note: ({ estimateMethod }) =>
    estimateMethod === null ? null : estimateMethod === 'byCpi' ? 'by CPI' : 'rest at budget',
}

export const forecastDate = (key: 'p50' | 'p85' | 'p95', name: string, title: string): DateColumn => ({
  kind: 'date',
  key: `forecastFinish.${key}`,
  name,
  title,
  read: (row) => row.forecastFinish[key],
})

export const finishVariance: NumberColumn = column(
  'finishVarianceDays',
  'Finish variance',
  'Expected finish against baseline finish, in working days',
  (row) => row.finishVarianceDays,
  daysLate,
  positiveIsBad,
)

export const earnedSchedule: NumberColumn = column(
  'earnedSchedule',
  'Earned schedule',
  'Working days of the plan that what is earned now was worth',
  (row) => row.earnedSchedule,
  days,
)

export const timeVarianceColumn: NumberColumn = column(
  'timeVariance',
  'Time variance',
  'SV(t): earned schedule − time used, in working days',
  (row) => row.timeVariance,
  timeVariance,
  negativeIsBad,
)

export const totalFloat: NumberColumn = {
  ...column(
    'totalFloatDays',
    'Total float',
    'Working days that the phase may slip before the plan does',
    (row) => row.totalFloatDays,
    days,
  ),
  note: ({ critical }) => (critical === true ? 'critical' : null),
}

export const hoursLogged: NumberColumn = column(
  'hours.logged',
  'Hours logged',
  'Work logged in the trackers',
  (row) => row.hours.logged,
  hours,
)
export const hoursUnrated: NumberColumn = column(
  'hours.unrated',
  'Unrated',
  'Hours by people without a rate',
  (row) => row.hours.unrated,
  hours,
)

function column(
  key: string,
  name: string,
  title: string,
  read: NumberColumn['read'],
  format: NumberColumn['format'],
  tone?: NumberColumn['tone'],
): NumberColumn {
  return { kind: 'number', key, name, title, read, format, ...(tone ? { tone } : {}) }
}

/** The same number as judged: without unknown and level-of-effort parts. `undefined` = sums carry none of it. */
export const judgedNumber = (judged: Judged, column: Column): number | null | undefined => {
  if (column.kind !== 'number' || !(column.key in judged)) return undefined
  const found = judged[column.key as JudgedKey]
  return typeof found === 'number' || found === null ? found : undefined
}
