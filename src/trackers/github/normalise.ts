import type { Fact, FieldFact, PulledItem } from '../../model/fact.ts'
import { type IsoInstant, isoInstant } from '../../model/time.ts'
import { BLANK_FIELDS, type ItemField, type ItemFields, type Reference } from '../../model/work-item.ts'
import { accountOf, changesOf, referenceTo } from './changes.ts'
import { pointsOf } from './estimate.ts'
import { type Change, type Replayed, replaySet, replaySingle } from './history.ts'
import type { MilestoneTitles } from './milestones.ts'
import type { GitHubSource } from './settings.ts'
import type { ItemNode } from './shapes.ts'
import { presentStanding, replayStatus, statusOf } from './status.ts'

/**
 * One GitHub issue or pull request as Plumbline knows items. Pure.
 *
 * Events tell what changed, facts tell whole values: each field is rebuilt from its present value back to its first one,
 * and forward again. Keys come from GitHub's event ids, so pulling twice gives the same facts.
 *
 * @param titles milestones by present title, to find the id behind an event's title
 */
export const normalise = (node: ItemNode, source: GitHubSource, titles: MilestoneTitles): PulledItem => {
  const labels = (node.labels?.nodes ?? []).map((label) => label.name).sort()
  const milestone = node.milestone ? { id: node.milestone.id, key: node.milestone.title } : null
  const parent = node.parent ? referenceTo(node.parent) : null
  const assignees = node.assignees.nodes.map(({ login }) => accountOf(login)).sort()
  const createdAt = isoInstant(node.createdAt)

  const changes = changesOf(node, titles)
  const labelHistory = replaySet(labels, changes.labels)
  const status = replayStatus(node, source, changes.closing, labelHistory)
  const histories: Histories = {
    title: replayTitle(node, changes.title),
    status,
    points: mapped(labelHistory, (names) => pointsOf(names, source)),
    labels: labelHistory,
    assignees: replaySet(assignees, changes.assignees),
    milestones: mapped(replaySingle(milestone, changes.milestone, sameReference), listOf),
    parent: replaySingle(parent, changes.parent, sameReference),
  }
  const snapshot: ItemFields = {
    ...BLANK_FIELDS,
    title: node.title,
    status: statusOf(presentStanding(node, labels), node, source),
    points: pointsOf(labels, source),
    type: node.__typename === 'PullRequest' ? 'Pull request' : null,
    milestones: listOf(milestone),
    parent,
    labels,
    assignees,
  }
  const author = node.author ? accountOf(node.author.login) : null
  const created: Fact = {
    ...BIRTH,
    key: 'created',
    field: 'created',
    value: null,
    occurredAt: createdAt,
    actor: author,
  }
  return {
    externalId: node.id,
    key: `${node.repository.nameWithOwner}#${node.number}`,
    url: node.url,
    createdAt,
    updatedAt: isoInstant(node.updatedAt),
    snapshot,
    history: [created, ...factsOf(histories, createdAt, author)],
    completeHistory: TRACED.filter((field) => sameJson(lastOf(histories[field]), snapshot[field])),
  }
}

type Histories = { readonly [F in Traced]: Replayed<ItemFields[F]> }
type Traced = (typeof TRACED)[number]

/** Fields of which GitHub records changes. */
const TRACED = [
  'title',
  'status',
  'points',
  'labels',
  'assignees',
  'milestones',
  'parent',
] as const satisfies ItemField[]

const BIRTH = { sequence: 0, assumed: false }

/** First values (unless blank) count from the creation on; then a fact wherever the value changes. */
const factsOf = (histories: Histories, createdAt: IsoInstant, author: string | null): readonly FieldFact[] =>
  TRACED.flatMap((field) => {
    const { first, steps } = histories[field]
    const facts: FieldFact[] = []
    let last = JSON.stringify(first)
    if (last !== JSON.stringify(BLANK_FIELDS[field])) {
      facts.push(fieldFact(field, first, { ...BIRTH, key: `first:${field}`, occurredAt: createdAt, actor: author }))
    }
    for (const { change, value } of steps) {
      const text = JSON.stringify(value)
      if (text === last) continue
      last = text
      const { eventId, occurredAt, sequence, actor } = change
      facts.push(fieldFact(field, value, { key: `${eventId}:${field}`, occurredAt, sequence, actor, assumed: false }))
    }
    return facts
  })

/** Where the events do not lead to what the item is now (a label was deleted, a closing was never recorded), some are missing. */
const lastOf = ({ first, steps }: Replayed<unknown>): unknown => {
  const last = steps.at(-1)
  return last ? last.value : first
}

const sameJson = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

type FactBase = Omit<FieldFact, 'field' | 'value'>

/** The compiler cannot follow a field and its value through a list of fields; `Histories` has checked them. */
const fieldFact = (field: Traced, value: ItemFields[Traced], base: FactBase): FieldFact =>
  ({ ...base, field, value }) as FieldFact

const sameReference = (a: Reference, b: Reference): boolean => a.id === b.id

const listOf = (reference: Reference | null): readonly Reference[] => (reference === null ? [] : [reference])

const mapped = <A, B>({ first, steps }: Replayed<A>, to: (value: A) => B): Replayed<B> => ({
  first: to(first),
  steps: steps.map(({ change, value }) => ({ change, value: to(value) })),
})

/** The only event that tells both values. */
const replayTitle = (node: ItemNode, changes: readonly Change<string>[]): Replayed<string> => {
  const firstChange = changes[0]?.eventId
  const first = node.timelineItems.nodes.find((event) => event.id === firstChange)?.previousTitle ?? node.title
  return { first, steps: changes.map((change) => ({ change, value: change.added ?? node.title })) }
}
