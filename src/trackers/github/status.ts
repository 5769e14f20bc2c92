import type { Status } from '../../model/work-item.ts'
import type { Change, Replayed, Step } from './history.ts'
import type { GitHubSource } from './settings.ts'
import type { ItemNode } from './shapes.ts'

/** What an item is, with or without its history. */
export interface Standing {
  readonly closed: boolean
  /** GitHub's reason for closing, upper case; empty = none given. */
  readonly reason: string
  readonly labels: readonly string[]
}

/**
 * GitHub knows open and closed. Closed as not planned, or as a duplicate, is not done; so is a pull request that was
 * closed without being merged. An open item is under way only if the source names labels that say so.
 */
export const statusOf = ({ closed, reason, labels }: Standing, node: ItemNode, source: GitHubSource): Status => {
  if (!closed) {
    const started = labels.find((label) => source.startedLabels.includes(label.toLowerCase()))
    return started === undefined ? { name: 'Open', state: 'todo' } : { name: started, state: 'doing' }
  }
  if (node.__typename === 'PullRequest') {
    return reason === 'MERGED'
      ? { name: 'Merged', state: 'done' }
      : { name: 'Closed without merging', state: 'dropped' }
  }
  if (reason === 'NOT_PLANNED') return { name: 'Closed as not planned', state: 'dropped' }
  if (reason === 'DUPLICATE') return { name: 'Closed as duplicate', state: 'dropped' }
  return { name: 'Closed', state: 'done' }
}

export const presentStanding = (node: ItemNode, labels: readonly string[]): Standing => {
  const state = node.issueState ?? node.pullRequestState
  const closed = state !== 'OPEN'
  const reason = state === 'MERGED' ? 'MERGED' : (node.stateReason ?? '')
  return { closed, reason: closed ? reason : '', labels }
}

/** The status after every event that can change it; an item is open when it is created. */
export const replayStatus = (
  node: ItemNode,
  source: GitHubSource,
  closing: readonly Change<string>[],
  labels: Replayed<readonly string[]>,
): Replayed<Status> => {
  const present = presentStanding(node, [])
  const closings = withMissingClosing(node, present, closing)
  const lastClosing = closings.findLast((change) => change.added !== null)
  let standing: Standing = { closed: false, reason: '', labels: labels.first }
  const first = statusOf(standing, node, source)
  const events = [
    ...closings.map((change) => ({ change, labels: null })),
    ...labels.steps.map(({ change, value }) => ({ change, labels: value })),
  ].sort((a, b) => a.change.sequence - b.change.sequence)
  const steps: Step<Status>[] = []
  let name = first.name
  for (const event of events) {
    if (event.labels !== null) standing = { ...standing, labels: event.labels }
    else if (event.change.added === null) standing = { ...standing, closed: false, reason: '' }
    else {
      // Of the last closing the item itself tells the reason, also when it was corrected later.
      const own = event.change === lastClosing && present.closed ? present.reason : ''
      standing = { ...standing, closed: true, reason: own || String(event.change.added) }
    }
    const value = statusOf(standing, node, source)
    if (value.name !== name) steps.push({ change: event.change, value })
    name = value.name
  }
  return { first, steps }
}

/** Items closed in GitHub's early years have no event: `closedAt` dates it. Some lack even that; then nothing is invented. */
const withMissingClosing = (
  node: ItemNode,
  present: Standing,
  closing: readonly Change<string>[],
): readonly Change<string>[] => {
  const last = closing.at(-1)
  if (!present.closed || !node.closedAt || (last && last.added !== null)) return closing
  const occurredAt = new Date(node.closedAt).toISOString()
  const change = {
    eventId: 'closedAt',
    occurredAt,
    sequence: AFTER_EVENTS,
    actor: null,
    added: present.reason,
    removed: null,
  }
  return [...closing, change]
}

const AFTER_EVENTS = 1_000_000
