/** One hour's calls, counted as GitHub counts them: a new hour begins with the first call after the last one ended. */
export interface Pool {
  readonly resource: 'core' | 'graphql'
  readonly limit: number
  used: number
  resetsAtSeconds: number
}

export const createPool = (resource: Pool['resource'], limit: number): Pool => ({
  resource,
  limit,
  used: 0,
  resetsAtSeconds: 0,
})

/** Begins a new hour if the last one is over; tells whether a call is left. */
export const hasCallLeft = (pool: Pool, now: Date): boolean => {
  const seconds = Math.floor(now.getTime() / 1000)
  if (seconds >= pool.resetsAtSeconds) {
    pool.used = 0
    pool.resetsAtSeconds = seconds + 3600
  }
  return pool.used < pool.limit
}

export const quotaHeaders = (pool: Pool): Record<string, string> => ({
  'x-ratelimit-limit': String(pool.limit),
  'x-ratelimit-remaining': String(Math.max(0, pool.limit - pool.used)),
  'x-ratelimit-used': String(pool.used),
  'x-ratelimit-reset': String(pool.resetsAtSeconds),
  'x-ratelimit-resource': pool.resource,
})
