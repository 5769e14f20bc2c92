import type { DemoTrackers } from '../../../../demo/run/trackers.ts'
import type { Service } from '../../serve.ts'

/** Something to look at: trackers on this machine, and what goes on in them while the page is open. */
export interface Show {
  readonly trackers: DemoTrackers
  /** Read everything again, because the trackers have moved to other addresses. */
  readonly hasMoved: boolean
  /** Said when the page can be opened. */
  readonly remarks: readonly string[]
  /** What counts as today in pages. */
  readonly today: () => string
  /** Lets happen what happens; resolves when it is over, or soon after `stop`. */
  readonly play: (service: Service, stop: AbortSignal) => Promise<void>
}
