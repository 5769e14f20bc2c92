/** What can go wrong on the next calls. */
export type StandInFault =
  | { readonly kind: 'status'; readonly status: 500 | 502 | 503 | 504 }
  /** Too many calls at once: 403 or 429 with `Retry-After`, or without it (GitHub then asks for a minute). */
  | { readonly kind: 'secondaryLimit'; readonly status?: 403 | 429; readonly retryAfterSeconds?: number | null }
  /** The hour's calls are used up. */
  | { readonly kind: 'primaryLimit' }
  /** The token may not. */
  | { readonly kind: 'forbidden' }
  /** The connection is reset before an answer. */
  | { readonly kind: 'reset' }
  /** Half of the JSON, and no more. */
  | { readonly kind: 'cutOff' }
  /** A proxy's page with status 200. */
  | { readonly kind: 'wrongType' }
  /** The answer takes this long. */
  | { readonly kind: 'slow'; readonly milliseconds: number }

export interface PlannedFault {
  readonly fault: StandInFault
  /** Calls whose method and path this matches, e.g. `/graphql/`. */
  readonly on: RegExp
  times: number
}

/** The fault for this call, if one is planned; each counts down. */
export const takeFault = (planned: PlannedFault[], call: string): StandInFault | null => {
  const index = planned.findIndex(({ on }) => on.test(call))
  const found = planned[index]
  if (!found) return null
  found.times -= 1
  if (found.times <= 0) planned.splice(index, 1)
  return found.fault
}
