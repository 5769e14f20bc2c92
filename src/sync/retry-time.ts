import { Fault, REMEDY } from '../model/fault.ts'

const FIRST_WAIT_MS = 15_000
const LONGEST_WAIT_MS = 30 * 60_000
const REJECTED_WAIT_MS = 10 * 60_000

/**
 * When to try again after a failure: when the tracker said so, else twice as long as last time (15 s … 30 min); what
 * only a person can mend is asked again every ten minutes, so that mending it needs no restart.
 *
 * @param failures failures in a row, this one included, >= 1
 */
export const retryTime = (error: unknown, failures: number, now: Date): Date => {
  const fault = error instanceof Fault ? error : null
  const backoff = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures - 1, 20))
  if (fault?.retryAt) return new Date(Math.max(fault.retryAt.getTime(), now.getTime() + 1000))
  if (fault && REMEDY[fault.kind] !== 'retry') return new Date(now.getTime() + REJECTED_WAIT_MS)
  return new Date(now.getTime() + backoff)
}
