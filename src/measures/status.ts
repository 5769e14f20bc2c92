import { type Known, REASONS, type Reason } from '../model/reason.ts'

export type TrackStatus = 'on-track' | 'at-risk' | 'off-track' | 'unknown'

/** Limits of the status rules: beyond the first at risk, beyond the second off track. A value on a limit is within it. */
export interface StatusLimits {
  /** Time, schedule and cost performance index: below. */
  readonly index: readonly [number, number]
  /** Finish variance in working days: above. */
  readonly finishDays: readonly [number, number]
  /** Finish variance in per cent of the baseline duration: above. Catches short phases. */
  readonly finishPercent: readonly [number, number]
  /** Net growth of scope in per cent: above. */
  readonly scopePercent: readonly [number, number]
  /** Indices are judged once this many working days have passed: before, one item more or less decides. */
  readonly indexAfterDays: number
}

export const STATUS_LIMITS: StatusLimits = {
  index: [0.95, 0.9],
  finishDays: [5, 15],
  finishPercent: [20, 50],
  scopePercent: [10, 25],
  indexAfterDays: 5,
}

/** What a status follows from: of a phase its own measures, of a sum those it is judged by. */
export interface StatusEvidence {
  readonly plannedValue: Known
  readonly earnedValue: Known
  readonly timePerformanceIndex: Known
  readonly schedulePerformanceIndex: Known
  readonly costPerformanceIndex: Known
  /** Working days from the baseline start to the status date. */
  readonly actualTime: number
  readonly finishVarianceDays: Known
  /** Working days from baseline start to baseline finish; `null` = no dates. */
  readonly baselineDays: number | null
  readonly scopeGrowthPercent: Known
  readonly finished: boolean
  /** The indices leave out parts (level of effort, unknown ones), so they differ from those of the row: sentences say so. */
  readonly isJudged?: boolean
  /** How far the data can be relied on. */
  readonly trust: 'good' | 'limited' | 'poor'
}

/**
 * The status that the numbers give, and every rule that fired, as a sentence with its numbers. The worst rule wins.
 * Values are rounded to 4 decimals before they are compared, so 0.95 computed as 0.9499999 is 0.95. Where nothing fired but
 * an input is unknown or trust is limited, the status is `unknown`, never on track; poor trust makes it `unknown` always.
 *
 * @source limits are conventions, kept as parameters; compare the FEMA index bands .95 and .90 (one-sided here: being ahead
 *         is no fault)
 */
export const status = (
  evidence: StatusEvidence,
  limits: StatusLimits = STATUS_LIMITS,
): { readonly status: TrackStatus; readonly because: readonly string[] } => {
  const fired = [
    scheduleRule(evidence, limits),
    costRule(evidence, limits),
    finishRule(evidence, limits),
    scopeRule(evidence, limits),
  ].filter((rule) => rule !== null)
  const gaps = missing(evidence)
  const sentences = [...fired.map((rule) => rule.sentence), ...gaps]
  if (evidence.trust === 'poor') return { status: 'unknown', because: [POOR, ...sentences] }
  if (fired.some((rule) => rule.status === 'off-track')) return { status: 'off-track', because: sentences }
  if (fired.length > 0) return { status: 'at-risk', because: sentences }
  if (gaps.length > 0) return { status: 'unknown', because: gaps }
  if (evidence.trust === 'limited') return { status: 'unknown', because: [LIMITED] }
  return { status: 'on-track', because: [inOrder(evidence, limits)] }
}

interface Fired {
  readonly status: 'at-risk' | 'off-track'
  readonly sentence: string
}

const POOR = 'The data is too poor to judge by: see what limits trust.'
const LIMITED = 'No rule has fired, but the data is too incomplete to say on track: see what limits trust.'

const round = (value: number): number => Math.round(value * 10_000) / 10_000

/** Two decimals, or four where two would read like the limit. */
const shown = (value: number, limit: number): string => {
  const short = Math.round(value * 100) / 100
  return String(short === limit && round(value) !== limit ? round(value) : short)
}

const inDays = (days: number, limit: number): string => `${shown(days, limit)} working ${days === 1 ? 'day' : 'days'}`

const below = (name: string, value: number, [risk, off]: readonly [number, number]): Fired | null => {
  const limit = round(value) < off ? off : round(value) < risk ? risk : null
  if (limit === null) return null
  return {
    status: limit === off ? 'off-track' : 'at-risk',
    sentence: `${name} is ${shown(value, limit)}, below ${limit}.`,
  }
}

const above = (
  value: number,
  [risk, off]: readonly [number, number],
): { limit: number; status: Fired['status'] } | null =>
  round(value) > off
    ? { limit: off, status: 'off-track' }
    : round(value) > risk
      ? { limit: risk, status: 'at-risk' }
      : null

const tooEarly = (evidence: StatusEvidence, limits: StatusLimits): boolean =>
  evidence.actualTime < limits.indexAfterDays || evidence.plannedValue.value === 0

const named = (name: string, { isJudged }: StatusEvidence): string => (isJudged ? `${name}, judged,` : name)

const scheduleRule = (evidence: StatusEvidence, limits: StatusLimits): Fired | null => {
  if (tooEarly(evidence, limits)) return null
  const { timePerformanceIndex: time, schedulePerformanceIndex: schedule } = evidence
  if (time.because === null) return below(named('Time performance index SPI(t)', evidence), time.value, limits.index)
  return schedule.because === null
    ? below(named('Schedule performance index SPI', evidence), schedule.value, limits.index)
    : null
}

const costRule = (evidence: StatusEvidence, limits: StatusLimits): Fired | null =>
  tooEarly(evidence, limits) || evidence.costPerformanceIndex.because !== null
    ? null
    : below(named('Cost performance index CPI', evidence), evidence.costPerformanceIndex.value, limits.index)

const finishRule = (evidence: StatusEvidence, limits: StatusLimits): Fired | null => {
  const { finishVarianceDays: variance, baselineDays, finished } = evidence
  if (variance.because !== null) return null
  const verb = finished ? 'Finished' : 'Expected to finish'
  const days = above(variance.value, limits.finishDays)
  const share = baselineDays !== null && baselineDays > 0 ? (variance.value / baselineDays) * 100 : 0
  const relative = above(share, limits.finishPercent)
  if (relative !== null && (days === null || (relative.status === 'off-track' && days.status === 'at-risk')))
    return {
      status: relative.status,
      sentence: `${verb} ${inDays(variance.value, 0)} late, ${shown(share, relative.limit)} % of the ${baselineDays} that were planned (limit ${relative.limit} %).`,
    }
  return days === null
    ? null
    : {
        status: days.status,
        sentence: `${verb} ${inDays(variance.value, days.limit)} late (limit ${days.limit}).`,
      }
}

const scopeRule = ({ scopeGrowthPercent: growth }: StatusEvidence, limits: StatusLimits): Fired | null => {
  const found = growth.because === null ? above(growth.value, limits.scopePercent) : null
  return found === null
    ? null
    : {
        status: found.status,
        sentence: `Scope has grown by ${shown(growth.value!, found.limit)} % since the baseline (limit ${found.limit} %).`,
      }
}

/** What stays unknown although it would be needed: progress once something was planned, and the finish. */
const missing = ({ plannedValue, earnedValue, finishVarianceDays }: StatusEvidence): readonly string[] => {
  const reasons = new Set<Reason>()
  if (plannedValue.because !== null) reasons.add(plannedValue.because)
  if (earnedValue.because !== null) reasons.add(earnedValue.because)
  if (finishVarianceDays.because !== null) reasons.add(finishVarianceDays.because)
  return [...reasons].map((reason) => REASONS[reason])
}

const inOrder = (evidence: StatusEvidence, limits: StatusLimits): string => {
  const { timePerformanceIndex: time, schedulePerformanceIndex: schedule, finishVarianceDays: variance } = evidence
  const index = time.because === null ? time : schedule
  const days = variance.value ?? 0
  const finish =
    days === 0
      ? 'on the baseline finish'
      : `${inDays(Math.abs(days), 0)} ${days > 0 ? 'late' : 'early'}, within the limit`
  const pace =
    index.because !== null || tooEarly(evidence, limits)
      ? 'it is too early to judge the pace'
      : `${named(time.because === null ? 'SPI(t)' : 'SPI', evidence)} is ${shown(index.value, Number.NaN)}`
  return `${evidence.finished ? 'Finished' : 'Expected to finish'} ${finish}; ${pace}.`
}
