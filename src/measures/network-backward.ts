import { type EarlyDates, type NetworkOptions, isFinished, isStarted, remainingOf } from './network-forward.ts'
import type { IndexedLink, NetworkOrder } from './network-order.ts'
import type { NetworkTask, TaskDates } from './network-task.ts'

/** The backward pass: the latest dates that keep the end and the deadlines, and the float between early and late. */
export const backwardPass = (
  tasks: readonly NetworkTask[],
  { sequence, outgoing }: NetworkOrder,
  early: EarlyDates,
  { outOfSequence = 'retained' }: NetworkOptions,
): TaskDates[] => {
  // A link binds its predecessor only as long as it holds for the successor.
  const holds = ({ other }: IndexedLink): boolean =>
    !isFinished(tasks[other]!) && (outOfSequence === 'retained' || !isStarted(tasks[other]!))
  // Latest moment at which the remaining work begins and ends, by task index.
  const resume = new Float64Array(tasks.length)
  const finish = new Float64Array(tasks.length)
  const dates = new Array<TaskDates>(tasks.length)
  for (let at = sequence.length - 1; at >= 0; at -= 1) {
    const index = sequence[at]!
    const task = tasks[index]!
    if (isFinished(task)) {
      dates[index] = finishedDates(early, index)
      continue
    }
    const left = remainingOf(task)
    const started = isStarted(task)
    const open = outgoing[index]!.filter(holds)
    let latest = Math.min(early.end, task.deadline ?? early.end)
    let free = open.length === 0 ? early.end - early.finish[index]! : Number.POSITIVE_INFINITY
    for (const link of open) {
      const fromStart = link.type === 'SS' || link.type === 'SF'
      // What is started cannot start later: a link from its start no longer binds it.
      if (fromStart && started) continue
      const bound = boundBy(link, resume, finish)
      latest = Math.min(latest, fromStart ? bound + left : bound)
      free = Math.min(
        free,
        boundBy(link, early.resume, early.finish) - (fromStart ? early.start : early.finish)[index]!,
      )
    }
    finish[index] = latest
    resume[index] = latest - left
    const totalFloat = latest - early.finish[index]!
    dates[index] = {
      earlyStart: early.start[index]!,
      earlyFinish: early.finish[index]!,
      lateStart: started ? early.start[index]! : latest - left,
      lateFinish: latest,
      totalFloat,
      freeFloat: Number.isFinite(free) ? free : early.end - early.finish[index]!,
      critical: totalFloat <= 1e-9,
    }
  }
  return dates
}

/** How late the near end of a link may be, for the far end's dates. */
const boundBy = ({ other, type, lag }: IndexedLink, resume: Float64Array, finish: Float64Array): number =>
  (type === 'FS' || type === 'SS' ? resume[other]! : finish[other]!) - lag

const finishedDates = (early: EarlyDates, index: number): TaskDates => ({
  earlyStart: early.start[index]!,
  earlyFinish: early.finish[index]!,
  lateStart: early.start[index]!,
  lateFinish: early.finish[index]!,
  totalFloat: null,
  freeFloat: null,
  critical: false,
})
