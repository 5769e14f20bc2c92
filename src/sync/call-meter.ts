import type { Quota } from '../model/source.ts'
import type { TrackerCall } from '../trackers/tracker.ts'

/** Counts the calls of one piece of work, and remembers what the tracker last said of its limits. */
export interface CallMeter {
  readonly onCall: (call: TrackerCall) => void
  readonly calls: () => number
  readonly quota: () => Quota | null
}

export const callMeter = (): CallMeter => {
  let calls = 0
  let quota: Quota | null = null
  return {
    onCall: (call) => {
      calls += 1
      quota = call.quota ?? quota
    },
    calls: () => calls,
    quota: () => quota,
  }
}
