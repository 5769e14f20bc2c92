/**
 * Earned schedule (ES): the moment at which the plan expected what is earned now.
 * ES = C + (EV − PV_C) ÷ (PV_{C+1} − PV_C), where C is the last period end with PV_C <= EV; period 0 has PV 0.
 *
 * @param earnedValue  EV at the status date, value unit; below 0 counts as 0, above the end of the curve as its end
 * @param plannedCurve cumulative PV at the end of periods 1..n, value unit, never falling
 * @returns periods since the start, 0..the period in which the curve first reaches its end. On a plateau inside the curve
 *          the later end counts; 0 when nothing is earned
 * @throws nothing; a falling curve is refused when the baseline is imported
 * @source Lipke, "Schedule is Different" (2003)
 * @example earnedSchedule(25, [10, 20, 40]) // => 2.25
 */
export const earnedSchedule = (earnedValue: number, plannedCurve: readonly number[]): number => {
  if (earnedValue <= 0 || plannedCurve.length === 0) return 0
  if (earnedValue >= plannedCurve[plannedCurve.length - 1]!) return plannedDuration(plannedCurve)
  // The first period end above EV; the one before it is C.
  const above = firstIndex(plannedCurve, (planned) => planned > earnedValue)
  const before = above === 0 ? 0 : plannedCurve[above - 1]!
  return above + (earnedValue - before) / (plannedCurve[above]! - before)
}

/**
 * Planned duration (PD): the period in which the curve first reaches its end, so that a flat tail does not count.
 *
 * @returns whole periods, 0..n
 * @example plannedDuration([10, 20, 20]) // => 2
 */
export const plannedDuration = (plannedCurve: readonly number[]): number => {
  const end = plannedCurve[plannedCurve.length - 1] ?? 0
  return end <= 0 ? 0 : firstIndex(plannedCurve, (planned) => planned >= end) + 1
}

const firstIndex = (curve: readonly number[], holds: (planned: number) => boolean): number => {
  let low = 0
  let high = curve.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(curve[middle]!)) high = middle
    else low = middle + 1
  }
  return low
}
