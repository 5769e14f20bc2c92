/**
 * What a person with the recorded files, a calendar and a pencil would find: written for these tests alone, without
 * the engine that they check. Days are `YYYY-MM-DD`; working days are Monday to Friday.
 */

const formats = new Map<string, Intl.DateTimeFormat>()

/** The local day of an instant. */
export const dayOf = (instant: string, zone: string): string => {
  const format = formats.get(zone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone: zone })
  formats.set(zone, format)
  return format.format(Date.parse(instant))
}

export const isWorkday = (day: string): boolean => ![0, 6].includes(new Date(day).getUTCDay())

export const shift = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)

/** Working days from one day to another, both included. */
export const workdays = (from: string, to: string): number => {
  let count = 0
  for (let day = from; day <= to; day = shift(day, 1)) if (isWorkday(day)) count += 1
  return count
}

/** Working days by which something came after its due day; negative = before. */
export const slip = (due: string, came: string): number =>
  came >= due ? workdays(shift(due, 1), came) : -workdays(shift(came, 1), due)

/** The day on which so many working days of work are over. */
export const finishOf = (begin: string, days: number): string => {
  let left = Math.ceil(days - 1e-6)
  let day = begin
  for (;;) {
    if (isWorkday(day)) left -= 1
    if (left <= 0) return day
    day = shift(day, 1)
  }
}

/** A phase on a status date, counted from the files. */
export interface Found {
  readonly start: string | null
  readonly finish: string | null
  readonly todo: number
  readonly doing: number
  readonly dropped: number
  /** Day on which each of the done items was done. */
  readonly doneDays: readonly string[]
  /** How many items it held, in scope, when the baseline was frozen. */
  readonly planned: number
  /** How many of its items counted as done at the end of a day: those filed there later did not yet. */
  readonly doneBy: (day: string) => number
  /** First day on which it held an item that was started or done. */
  readonly startedOn: string | null
}

const PACE_DAYS = 40
const ENOUGH_COMPLETIONS = 5

/**
 * The last completion when all is done; else what is left at the pace of the last 40 working days if at least five items
 * were done in them, else at the pace that was planned, else as the plan has it; a phase that holds nothing comes as
 * planned while that is still to come. `null` = nobody can tell.
 */
export const expectedFinish = (found: Found, asOf: string): string | null => {
  const { start, finish, doneDays, planned, startedOn } = found
  const left = found.todo + found.doing
  if (left === 0 && doneDays.length > 0) return [...doneDays].sort().at(-1)!
  const tomorrow = shift(asOf, 1)
  const begin = startedOn === null && start !== null && start > tomorrow ? start : tomorrow
  const plannedDays = start === null || finish === null ? 0 : workdays(start, finish)
  if (left > 0) {
    let from = asOf
    while (workdays(from, asOf) < PACE_DAYS) from = shift(from, -1)
    const lately = doneDays.length - found.doneBy(shift(from, -1))
    const days = workdays(startedOn !== null && startedOn > from ? startedOn : from, asOf)
    if (lately >= ENOUGH_COMPLETIONS) return finishOf(begin, (left * days) / lately)
    if (planned > 0 && plannedDays > 0) return finishOf(begin, (left * plannedDays) / planned)
  }
  const daysLeft = left > 0 && startedOn === null ? plannedDays : finish === null ? 0 : workdays(begin, finish)
  return daysLeft > 0 ? finishOf(begin, daysLeft) : null
}
