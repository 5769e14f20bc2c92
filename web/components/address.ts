/** What a visitor asked to see; carried along in every link. `null` = the default. */
export interface View {
  readonly asOf: string | null
  readonly knownAt: string | null
  readonly baseline: number | null
  readonly period: 'week' | 'month' | null
}

/** Today, as known now, against the baseline in force. */
export const PRESENT: View = { asOf: null, knownAt: null, baseline: null, period: null }

/** What narrows a list of items; `null` = no matter. */
export interface ItemFilters {
  readonly state: string | null
  readonly phase: string | null
  readonly unmapped: boolean
  readonly unestimated: boolean
  readonly search: string | null
}

export const NO_FILTERS: ItemFilters = { state: null, phase: null, unmapped: false, unestimated: false, search: null }

export const portfolioAddress = (view: View = PRESENT): string => `/${query({ ...view })}`

export const planAddress = (plan: string, view: View = PRESENT): string =>
  `/plans/${encodeURIComponent(plan)}${query({ ...view })}`

/** `phase: null` = the whole plan. */
export const phaseAddress = (plan: string, phase: string | null, view: View = PRESENT): string =>
  phase === null
    ? planAddress(plan, view)
    : `/plans/${encodeURIComponent(plan)}/phases/${encodeURIComponent(phase)}${query({ ...view })}`

export const itemsAddress = (
  plan: string,
  phase: string | null,
  filters: Partial<ItemFilters> & { readonly cursor?: string | null } = {},
  view: View = PRESENT,
): string => {
  const place = phase === null ? '' : `/phases/${encodeURIComponent(phase)}`
  const wanted = { ...filters, unmapped: flag(filters.unmapped), unestimated: flag(filters.unestimated) }
  return `/plans/${encodeURIComponent(plan)}${place}/items${query({ ...wanted, ...view })}`
}

/** `measure` is the key path of the number in the plan's report, e.g. `costPerformanceIndex`, `scope.added`. */
export const explainAddress = (
  plan: string,
  measure: string,
  phase: string | null,
  view: View = PRESENT,
  cursor: string | null = null,
): string =>
  `/plans/${encodeURIComponent(plan)}/explain/${encodeURIComponent(measure)}${query({ phase, ...view, cursor })}`

export const setupAddress = (): string => '/setup'
export const setupSourcesAddress = (connection: string): string => `/setup/${encodeURIComponent(connection)}/sources`
export const setupDraftAddress = (connection: string): string => `/setup/${encodeURIComponent(connection)}/draft`
export const setupBaselineAddress = (plan: string): string => `/plans/${encodeURIComponent(plan)}/baseline`
export const sourcesAddress = (): string => '/sources'

/** An address in a tracker, or `null` when it is not one that a browser should open. */
export const trackerAddress = (url: string | null): string | null =>
  url !== null && /^https?:\/\//i.test(url) ? url : null

const flag = (wanted: boolean | undefined): string | null => (wanted ? '1' : null)

const query = (parts: Readonly<Record<string, string | number | null | undefined>>): string => {
  const wanted = new URLSearchParams()
  for (const [key, value] of Object.entries(parts))
    if (value !== null && value !== undefined && value !== '') wanted.set(key, String(value))
  const text = wanted.toString()
  return text === '' ? '' : `?${text}`
}
