import type { Micro } from '../model/amounts.ts'
import { type Amounts, type Cause, NO_AMOUNTS } from '../model/posting.ts'
import type { WorkState } from '../model/work-item.ts'

/** Why an item carries nothing in a plan. */
export type Absence = 'unborn' | 'unmapped' | 'gone' | 'container'

/** How an item stands in a plan at a moment. */
export type Standing = Present | { readonly absent: Absence }

export interface Present {
  readonly absent: null
  readonly phaseNo: number
  readonly state: WorkState
  readonly size: Micro
  readonly estimated: boolean
}

/** One event of a change: what it adds to a phase. */
export interface StandingChange {
  readonly phaseNo: number
  readonly cause: Cause
  readonly amounts: Amounts
}

/** What an item that stands like this weighs in its phase. A dropped item is counted, and weighs nothing. */
export const amountsOf = (standing: Standing): Amounts => {
  if (standing.absent !== null) return NO_AMOUNTS
  const { state, size, estimated } = standing
  if (state === 'dropped') return { ...NO_AMOUNTS, dropped: 1 }
  return {
    ...NO_AMOUNTS,
    items: 1,
    unestimated: estimated ? 0 : 1,
    size,
    doing: state === 'doing' ? 1 : 0,
    done: state === 'done' ? 1 : 0,
    doneSize: state === 'done' ? size : 0n,
  }
}

/**
 * The events that lead from one standing to the next, each with one cause: an item enters as to do and is then
 * started or completed; a done item that is dropped is reopened first. So completions minus reopenings count every
 * item once, and scope by cause adds up.
 *
 * @param entering cause of entering the plan: `split` below an item that the baseline lists, else `added`
 */
export const changesBetween = (before: Standing, after: Standing, entering: 'added' | 'split'): StandingChange[] => {
  const changes: StandingChange[] = []
  let now: Standing = before
  const to = (next: Standing, cause: Cause) => {
    const phaseNo = next.absent === null ? next.phaseNo : now.absent === null ? now.phaseNo : null
    if (phaseNo !== null) push(changes, phaseNo, cause, minus(amountsOf(next), amountsOf(now)))
    now = next
  }

  if (after.absent !== null) {
    if (now.absent === null) to(after, LEAVING[after.absent])
    return changes
  }
  if (now.absent !== null) {
    if (after.state === 'dropped') to(after, 'dropped')
    else to({ ...after, state: 'todo' }, now.absent === 'container' ? 'split' : entering)
  } else if (now.phaseNo !== after.phaseNo) {
    push(changes, now.phaseNo, 'moved', minus(NO_AMOUNTS, amountsOf(now)))
    push(changes, after.phaseNo, 'moved', amountsOf(now))
    now = { ...now, phaseNo: after.phaseNo }
  }
  if (now.absent !== null) return changes
  if (now.state === 'dropped' && after.state !== 'dropped') to({ ...after, state: 'todo' }, 'reopened')
  else if (now.state === 'done' && after.state === 'dropped') to({ ...now, state: 'todo' }, 'reopened')
  else if (after.state !== 'dropped') to({ ...after, state: now.state }, 'estimated')
  if (now.state !== after.state) to(after, CHANGING[now.state][after.state])
  return changes
}

export const minus = (a: Amounts, b: Amounts): Amounts => ({
  items: a.items - b.items,
  doing: a.doing - b.doing,
  done: a.done - b.done,
  dropped: a.dropped - b.dropped,
  unestimated: a.unestimated - b.unestimated,
  size: a.size - b.size,
  doneSize: a.doneSize - b.doneSize,
  outside: a.outside - b.outside,
  cost: a.cost - b.cost,
  earned: a.earned - b.earned,
  seconds: a.seconds - b.seconds,
  unratedSeconds: a.unratedSeconds - b.unratedSeconds,
})

export const isNothing = (amounts: Amounts): boolean =>
  amounts.items === 0 &&
  amounts.doing === 0 &&
  amounts.done === 0 &&
  amounts.dropped === 0 &&
  amounts.unestimated === 0 &&
  amounts.size === 0n &&
  amounts.doneSize === 0n &&
  amounts.outside === 0n &&
  amounts.cost === 0n &&
  amounts.earned === 0n &&
  amounts.seconds === 0 &&
  amounts.unratedSeconds === 0

const LEAVING = { unborn: 'removed', unmapped: 'removed', gone: 'deleted', container: 'split' } as const

/** Cause of a change of state, from → to. */
const CHANGING: Record<WorkState, Record<WorkState, Cause>> = {
  todo: { todo: 'started', doing: 'started', done: 'completed', dropped: 'dropped' },
  doing: { todo: 'started', doing: 'started', done: 'completed', dropped: 'dropped' },
  done: { todo: 'reopened', doing: 'reopened', done: 'completed', dropped: 'dropped' },
  dropped: { todo: 'reopened', doing: 'reopened', done: 'reopened', dropped: 'dropped' },
}

const push = (changes: StandingChange[], phaseNo: number, cause: Cause, amounts: Amounts): void => {
  if (!isNothing(amounts)) changes.push({ phaseNo, cause, amounts })
}
