import { RESOLUTIONS } from './defaults.ts'
import type { JiraChange, JiraIssue, JiraWorklog } from './model.ts'

/** Id and written form. */
export type Side = readonly [string | null, string | null]

export const change = (field: string, fieldId: string, from: Side, to: Side): JiraChange => ({
  field,
  fieldtype: 'jira',
  fieldId,
  from: from[0],
  fromString: from[1],
  to: to[0],
  toString: to[1],
})

export const custom = (field: string, fieldId: string, from: Side, to: Side): JiraChange => ({
  ...change(field, fieldId, from, to),
  fieldtype: 'custom',
})

/** One entry per value that went or came, as Jira writes versions and components. */
export const listChanges = (
  field: string,
  fieldId: string,
  before: readonly string[],
  after: readonly string[],
  side: (id: string) => Side,
): JiraChange[] => [
  ...before.filter((id) => !after.includes(id)).map((id) => change(field, fieldId, side(id), [null, null])),
  ...after.filter((id) => !before.includes(id)).map((id) => change(field, fieldId, [null, null], side(id))),
]

export const resolutionSide = (name: string | null): Side =>
  name === null ? [null, null] : [String(10000 + Math.max(0, RESOLUTIONS.indexOf(name))), name]

export const timeSpent = (issue: JiraIssue): number => issue.worklogs.reduce((sum, worklog) => sum + worklog.seconds, 0)

export const timeChanges = (worklog: JiraWorklog, before: number, after: number): JiraChange[] => [
  change('timespent', 'timespent', [String(before), String(before)], [String(after), String(after)]),
  change('WorklogId', 'WorklogId', [worklog.id, worklog.id], [null, null]),
]

export const textOf = (value: number | null): string | null => (value === null ? null : String(value))
