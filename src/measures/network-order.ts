import { Fault } from '../model/fault.ts'
import type { NetworkLink, NetworkTask } from './network-task.ts'

/** Links by task index, in an order that puts predecessors first. */
export interface NetworkOrder {
  /** Task indices, predecessors first; shorter than the task list when there is a cycle. */
  readonly sequence: readonly number[]
  readonly incoming: readonly (readonly IndexedLink[])[]
  readonly outgoing: readonly (readonly IndexedLink[])[]
  /** Members of one cycle, each before its successor; `null` = none. */
  readonly cycle: readonly string[] | null
}

/** A link seen from one end: `other` is the task at the far end. */
export interface IndexedLink {
  readonly other: number
  readonly type: NetworkLink['type']
  readonly lag: number
}

/** Sorts a network so that every task comes after its predecessors, and names a cycle if there is one. */
export const orderNetwork = (tasks: readonly Pick<NetworkTask, 'id' | 'predecessors'>[]): NetworkOrder => {
  const indexOf = new Map<string, number>()
  for (const [index, { id }] of tasks.entries()) {
    if (indexOf.has(id)) throw new Fault('invalid', `measures: a task is given twice: id=${id}; give each its own id`)
    indexOf.set(id, index)
  }
  const incoming: IndexedLink[][] = tasks.map(() => [])
  const outgoing: IndexedLink[][] = tasks.map(() => [])
  for (const [index, task] of tasks.entries())
    for (const { id, type, lag } of task.predecessors) {
      const other = indexOf.get(id)
      if (other === undefined)
        throw new Fault(
          'invalid',
          `measures: a link names an unknown task: task=${task.id} predecessor=${id}; add it or remove the link`,
        )
      incoming[index]!.push({ other, type, lag })
      outgoing[other]!.push({ other: index, type, lag })
    }
  const waiting = incoming.map((links) => links.length)
  const sequence = waiting.flatMap((count, index) => (count === 0 ? [index] : []))
  for (let next = 0; next < sequence.length; next += 1)
    for (const { other } of outgoing[sequence[next]!]!) {
      waiting[other]! -= 1
      if (waiting[other] === 0) sequence.push(other)
    }
  const cycle = sequence.length === tasks.length ? null : findCycle(tasks, incoming, waiting)
  return { sequence, incoming, outgoing, cycle }
}

/** Walks back over unsorted predecessors until a task comes round again. Every unsorted task has such a predecessor. */
const findCycle = (
  tasks: readonly { readonly id: string }[],
  incoming: readonly (readonly IndexedLink[])[],
  waiting: readonly number[],
): string[] => {
  const path: number[] = []
  const seenAt = new Map<number, number>()
  let task = waiting.findIndex((count) => count > 0)
  while (!seenAt.has(task)) {
    seenAt.set(task, path.length)
    path.push(task)
    task = incoming[task]!.find(({ other }) => waiting[other]! > 0)!.other
  }
  const members = path
    .slice(seenAt.get(task))
    .reverse()
    .map((index) => tasks[index]!.id)
  // Begin with the first in the order given, so that the same cycle always reads the same.
  const first = tasks.find(({ id }) => members.includes(id))!.id
  const turn = members.indexOf(first)
  return [...members.slice(turn), ...members.slice(0, turn)]
}
