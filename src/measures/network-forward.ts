import type { NetworkOrder } from './network-order.ts'
import type { NetworkTask } from './network-task.ts'

export interface NetworkOptions {
  /** Nothing starts before; default 0. */
  readonly start?: number
  /** The status date: work that is not finished goes on from here; default `start`. */
  readonly dataDate?: number
  /** Started out of sequence: links still hold for what remains, or do not. */
  readonly outOfSequence?: 'retained' | 'override'
}

/** Earliest dates by task index. */
export interface EarlyDates {
  readonly start: Float64Array
  readonly finish: Float64Array
  /** Where the work that is left begins: the start itself for work not started. */
  readonly resume: Float64Array
  readonly end: number
}

/** The forward pass: the earliest dates that links, constraints and progress allow. */
export const forwardPass = (
  tasks: readonly NetworkTask[],
  { sequence, incoming }: NetworkOrder,
  { start: floor = 0, dataDate = floor, outOfSequence = 'retained' }: NetworkOptions,
): EarlyDates => {
  const start = new Float64Array(tasks.length)
  const finish = new Float64Array(tasks.length)
  const resume = new Float64Array(tasks.length)
  let end = tasks.length === 0 ? floor : Number.NEGATIVE_INFINITY
  for (const index of sequence) {
    const task = tasks[index]!
    const left = remainingOf(task)
    if (isFinished(task)) {
      finish[index] = task.actualFinish!
      start[index] = task.actualStart ?? finish[index]!
      resume[index] = finish[index]!
    } else {
      const started = isStarted(task)
      let from = started ? dataDate : Math.max(floor, dataDate, task.earliestStart ?? floor)
      if (!started || outOfSequence === 'retained')
        for (const { other, type, lag } of incoming[index]!) {
          const bound = (type === 'FS' || type === 'FF' ? finish[other]! : start[other]!) + lag
          from = Math.max(from, type === 'FS' || type === 'SS' ? bound : bound - left)
        }
      resume[index] = from
      start[index] = started ? task.actualStart! : from
      finish[index] = from + left
    }
    end = Math.max(end, finish[index]!)
  }
  return { start, finish, resume, end }
}

export const isFinished = (task: NetworkTask): boolean => (task.actualFinish ?? null) !== null

export const isStarted = (task: NetworkTask): boolean => (task.actualStart ?? null) !== null

/** Duration that is left: of started work what was given, of finished work nothing. */
export const remainingOf = (task: NetworkTask): number => (isFinished(task) ? 0 : (task.remaining ?? task.duration))
