import { Fault } from '../model/fault.ts'
import { backwardPass } from './network-backward.ts'
import { type NetworkOptions, forwardPass } from './network-forward.ts'
import { orderNetwork } from './network-order.ts'
import type { NetworkTask, TaskDates } from './network-task.ts'

export interface ScheduleNetwork {
  /** End of the last task. */
  readonly finish: number
  readonly tasks: ReadonlyMap<string, TaskDates>
  /** In the order given. */
  readonly critical: readonly string[]
}

/**
 * The critical path method: earliest and latest dates, total and free float of every task.
 *
 * Forward: FS start >= finish + lag; SS start >= start + lag; FF finish >= finish + lag; SF finish >= start + lag; nothing
 * starts before `start` (started work: before `dataDate`). Backward: the mirror image, and no late finish after the
 * end of the network. Started work keeps its start and goes on from the status date; links still hold for what remains
 * (retained logic) unless `outOfSequence` is `'override'`. Finished work is fixed, has no float and is not critical.
 *
 * @throws Fault `invalid` for a cycle (named), a link to an unknown task, or an id given twice
 * @source Kelley & Walker (1959); precedence links: Fondahl (1961); conventions: docstring of `NetworkTask`
 * @example two tasks of 3 and 2 linked FS end at 5; both are critical
 */
export const scheduleNetwork = (tasks: readonly NetworkTask[], options: NetworkOptions = {}): ScheduleNetwork => {
  const order = orderNetwork(tasks)
  if (order.cycle !== null)
    throw new Fault(
      'invalid',
      `measures: dependencies form a cycle: ${[...order.cycle, order.cycle[0]].join(' → ')}; remove one of these links`,
    )
  const early = forwardPass(tasks, order, options)
  const dates = backwardPass(tasks, order, early, options)
  const byId = new Map(tasks.map((task, index) => [task.id, dates[index]!]))
  return {
    finish: early.end,
    tasks: byId,
    critical: tasks.filter((_, index) => dates[index]!.critical).map((task) => task.id),
  }
}

/** The members of one cycle, in link order, or `null`: for plans that are still being edited. */
export const cycleIn = (tasks: readonly Pick<NetworkTask, 'id' | 'predecessors'>[]): readonly string[] | null =>
  orderNetwork(tasks).cycle
