import { type Micro, splitExactly } from '../model/amounts.ts'
import { type WorkingCalendar, isWorkingDay } from '../model/calendar.ts'
import { Fault } from '../model/fault.ts'
import type { Spread } from '../model/plan.ts'
import { type IsoDate, addDays, dateOfDay, dayNumber } from '../model/time.ts'
import { spreadWeights } from './spread-weights.ts'

/** Cumulative planned value at the end of each calendar day from `curveStart`; flat after its last day. */
export interface PlannedCurve {
  readonly curveStart: IsoDate
  readonly curve: readonly Micro[]
}

/**
 * The planned value curve of a phase: its value, spread over its working days, summed up per calendar day. Days off add
 * nothing. Where there is no working day at all, the value falls due on the last day.
 *
 * @param value  micro units, >= 0; the curve ends on it exactly (largest remainder)
 * @param spread see `spreadWeights`; for dated periods each amount is spread evenly over its own working days, the first
 *               from `start`; amounts are scaled to `value`; what was due before `start` falls on `start`
 * @returns one entry a day from `start` to `finish` (or to the last period, if that is later), never falling
 * @throws Fault `invalid` when the finish is before the start
 * @example plannedCurve({ value: 500n, start: '2026-03-05', finish: '2026-03-09', spread: { kind: 'linear' }, calendar })
 *          // => { curveStart: '2026-03-05', curve: [167n, 334n, 334n, 334n, 500n] }: Thursday, Friday, Monday
 */
export const plannedCurve = ({
  value,
  start,
  finish,
  spread,
  calendar,
}: {
  readonly value: Micro
  readonly start: IsoDate
  readonly finish: IsoDate
  readonly spread: Spread
  readonly calendar: WorkingCalendar
}): PlannedCurve => {
  if (finish < start)
    throw new Fault('invalid', `measures: the finish is before the start: start=${start} finish=${finish}; swap them`)
  if (spread.kind !== 'periods') {
    const days = workingOrLast(calendar, start, finish)
    return accumulate(start, finish, [{ days, amounts: splitExactly(value, spreadWeights(spread.kind, days.length)) }])
  }
  const periods = [...spread.periods].sort((a, b) => (a.until < b.until ? -1 : a.until > b.until ? 1 : 0))
  const amounts = splitExactly(value, weightsOf(periods.map((period) => period.amount)))
  let from = start
  let last = finish
  const portions: Portion[] = periods.map((period, index) => {
    const until = period.until < start ? start : period.until
    const days = from <= until ? workingOrLast(calendar, from, until) : [until]
    if (period.until >= start) from = addDays(until, 1)
    if (until > last) last = until
    return { days, amounts: splitExactly(amounts[index]!, spreadWeights('linear', days.length)) }
  })
  // A budget without any period falls due on the last day.
  return accumulate(start, last, periods.length > 0 ? portions : [{ days: [finish], amounts: [value] }])
}

/** Planned value at the end of a day: 0 before the curve, its last value after it. */
export const plannedValueOn = ({ curveStart, curve }: PlannedCurve, date: IsoDate): Micro => {
  const index = dayNumber(date) - dayNumber(curveStart)
  if (index < 0 || curve.length === 0) return 0n
  return curve[Math.min(index, curve.length - 1)]!
}

/** The curve of a sum: curves added day by day. `null` when there is none. */
export const sumCurves = (curves: readonly PlannedCurve[]): PlannedCurve | null => {
  const filled = curves.filter((each) => each.curve.length > 0)
  if (filled.length === 0) return null
  const first = Math.min(...filled.map((each) => dayNumber(each.curveStart)))
  const end = Math.max(...filled.map((each) => dayNumber(each.curveStart) + each.curve.length))
  const curve = new Array<Micro>(end - first).fill(0n)
  for (const each of filled) {
    const offset = dayNumber(each.curveStart) - first
    for (let day = offset; day < curve.length; day += 1)
      curve[day]! += each.curve[Math.min(day - offset, each.curve.length - 1)]!
  }
  return { curveStart: dateOfDay(first), curve }
}

/**
 * The curve of a phase whose baseline was replaced: the predecessor's planned value up to the day before `firstDay`,
 * then the rest of the new value over the new dates. Closed days never change, so replanning does not reset a variance.
 * Where the new value is below what was already planned, the curve steps down to it on `firstDay`.
 *
 * @param next the phase as newly planned: dates, whole value, spread
 */
export const continuedCurve = (
  former: PlannedCurve,
  firstDay: IsoDate,
  next: Parameters<typeof plannedCurve>[0],
): PlannedCurve => {
  const dayBefore = addDays(firstDay, -1)
  const planned = plannedValueOn(former, dayBefore)
  const curveStart = former.curveStart < firstDay ? former.curveStart : firstDay
  const closed: Micro[] = []
  for (let day = dayNumber(curveStart); day < dayNumber(firstDay); day += 1)
    closed.push(plannedValueOn(former, dateOfDay(day)))
  if (next.value <= planned) return { curveStart, curve: [...closed, next.value] }
  const start = later(next.start, firstDay)
  const finish = later(next.finish, start)
  const rest = plannedCurve({ ...next, value: next.value - planned, start, finish })
  for (let day = dayNumber(firstDay); day < dayNumber(start); day += 1) closed.push(planned)
  return { curveStart, curve: [...closed, ...rest.curve.map((each) => planned + each)] }
}

const later = (a: IsoDate, b: IsoDate): IsoDate => {
  if (a > b) return a
  return b
}

interface Portion {
  readonly days: readonly IsoDate[]
  readonly amounts: readonly Micro[]
}

const workingOrLast = (calendar: WorkingCalendar, from: IsoDate, to: IsoDate): IsoDate[] => {
  const days: IsoDate[] = []
  for (let date = from; date <= to; date = addDays(date, 1)) if (isWorkingDay(calendar, date)) days.push(date)
  return days.length > 0 ? days : [to]
}

const weightsOf = (amounts: readonly number[]): bigint[] =>
  amounts.map((amount) => BigInt(Math.round(Math.max(0, amount) * 1_000_000)))

const accumulate = (start: IsoDate, finish: IsoDate, portions: readonly Portion[]): PlannedCurve => {
  const first = dayNumber(start)
  const curve = new Array<Micro>(dayNumber(finish) - first + 1).fill(0n)
  for (const { days, amounts } of portions)
    for (const [index, date] of days.entries()) curve[dayNumber(date) - first]! += amounts[index]!
  for (let day = 1; day < curve.length; day += 1) curve[day]! += curve[day - 1]!
  return { curveStart: start, curve }
}
