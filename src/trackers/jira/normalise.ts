import type { Fact, FieldFact, PulledItem } from '../../model/fact.ts'
import { isoInstant } from '../../model/time.ts'
import { BLANK_FIELDS, type ItemField, type ItemFields } from '../../model/work-item.ts'
import { type Change, readChange } from './changes.ts'
import type { NormaliseContext } from './normalise-context.ts'
import { type Standing, itemFieldsOf, standingOf } from './present.ts'
import { type RawHistory, type RawIssue, type RawWorklog, accountOf, instantOf, textOf } from './raw.ts'

/**
 * An issue with its changelog and worklogs → an item with facts. Pure: the same input gives the same item.
 *
 * Walks back from the present, undoing one history entry after the other: a fact says how its field stood after the
 * entry, and what is left at the end is how the issue was created.
 */
export const normalise = (issue: RawIssue, context: NormaliseContext): PulledItem => {
  const createdAt = instantOf(issue.fields.created) ?? isoInstant(0)
  const standing = standingOf(issue, context)
  const snapshot = itemFieldsOf(standing, context)
  const changes = changeFacts(issue, standing, context)
  const first = itemFieldsOf(standing, context)
  const author = accountOf(issue.fields.creator) ?? accountOf(issue.fields.reporter)
  const born = { occurredAt: createdAt, sequence: 0, actor: author }
  const initial = FIELDS.filter((field) => !equal(first[field], BLANK_FIELDS[field])).map((field) =>
    fieldFact(field, first, { key: `created:${field}`, ...born, assumed: !issue.historyComplete }),
  )
  return {
    externalId: issue.id,
    key: textOf(issue.key),
    url: `${context.baseUrl}/browse/${textOf(issue.key)}`,
    createdAt,
    updatedAt: instantOf(issue.fields.updated) ?? createdAt,
    snapshot,
    history: [
      { key: 'created', field: 'created', value: null, ...born, assumed: false },
      ...initial,
      ...changes,
      ...issue.worklogs.flatMap(worklogFact),
    ],
    completeHistory: issue.historyComplete
      ? RECORDED.filter((field) => endsAs(snapshot, field, [...initial, ...changes]))
      : [],
  }
}

const FIELDS = Object.keys(BLANK_FIELDS) as readonly ItemField[]

/** Jira records every change of these. Presence is more than the project an issue is in: a pull cannot know all of it. */
const RECORDED = FIELDS.filter((field) => field !== 'presence')

/** Whether history leads to the present. It does not where Jira changed a field in silence: a deleted version, a migration. */
const endsAs = (snapshot: ItemFields, field: ItemField, facts: readonly Fact[]): boolean => {
  const last = facts.findLast((fact) => fact.field === field)
  return equal(last ? last.value : BLANK_FIELDS[field], snapshot[field])
}

/** Undoes the whole history in `standing` and returns what it said, oldest first. */
const changeFacts = (issue: RawIssue, standing: Standing, context: NormaliseContext): Fact[] => {
  const facts: Fact[] = []
  const entries = inOrder(issue.histories)
  for (let place = entries.length - 1; place >= 0; place -= 1) {
    const { history, occurredAt } = entries[place]!
    const changes = (history.items ?? []).flatMap((item): Change[] => {
      const change = readChange(item, context)
      return change ? [change] : []
    })
    if (changes.length === 0) continue
    for (const change of changes) change.apply(standing, 'to')
    const after = itemFieldsOf(standing, context)
    for (const change of changes.toReversed()) change.apply(standing, 'from')
    const before = itemFieldsOf(standing, context)
    for (const field of new Set(changes.map((change) => change.field))) {
      if (equal(before[field], after[field])) continue
      const key = `${history.id === undefined ? `${occurredAt}/${place}` : textOf(history.id)}:${field}`
      facts.push(
        fieldFact(field, after, {
          key,
          occurredAt,
          sequence: place + 1,
          actor: accountOf(history.author),
          assumed: false,
        }),
      )
    }
  }
  return facts.reverse()
}

/** Oldest first; entries of one instant by their number. Jira sends them in either direction. */
const inOrder = (histories: readonly RawHistory[]) =>
  histories
    .flatMap((history) => {
      const occurredAt = instantOf(history.created)
      return occurredAt === null ? [] : [{ history, occurredAt, no: Number(history.id ?? 0) }]
    })
    .sort((a, b) => (a.occurredAt < b.occurredAt ? -1 : a.occurredAt > b.occurredAt ? 1 : a.no - b.no))

const worklogFact = (worklog: RawWorklog): Fact[] => {
  const startedAt = instantOf(worklog.started)
  if (startedAt === null || worklog.id === undefined) return []
  const account = accountOf(worklog.author)
  const value = { id: textOf(worklog.id), account, startedAt, seconds: worklog.timeSpentSeconds ?? 0 }
  return [
    {
      key: `worklog:${value.id}`,
      field: 'worklog',
      occurredAt: startedAt,
      sequence: 0,
      actor: account,
      assumed: false,
      value,
    },
  ]
}

type Circumstances = Pick<FieldFact, 'key' | 'occurredAt' | 'sequence' | 'actor' | 'assumed'>

const fieldFact = <F extends ItemField>(field: F, values: ItemFields, circumstances: Circumstances): FieldFact =>
  ({ field, value: values[field], ...circumstances }) as FieldFact

const equal = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b)
