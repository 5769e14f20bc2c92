import type { ApacheIssue } from '../../demo/real/apache-recording.ts'
import { statusesOf } from '../../demo/real/apache-recording.ts'
import { dayOf } from './by-hand.ts'

/** Resolutions of issues.apache.org with which something was closed without being done. */
export const DROPPED = ['Duplicate', 'Invalid', "Won't Fix", 'Cannot Reproduce', 'Not a Problem', 'Incomplete', 'Later']

export type State = 'todo' | 'doing' | 'done' | 'dropped'

export interface Standing {
  readonly issue: ApacheIssue
  /** The first version in the plan's order that the issue is filed under. */
  readonly version: string
  readonly state: State
  /** Day of the last entry into a done status; of dropped ones too. */
  readonly closedOn: string | null
}

/** What the changelogs alone tell: how each issue stood at the end of a day. */
export const changelogReader = (issues: readonly ApacheIssue[], zone: string, versions: readonly string[]) => {
  const categories = new Map([...statusesOf({ issues })].map(([id, status]) => [id, status.statusCategory.key]))
  const changes = new Map(
    issues.map((issue) => [
      issue,
      issue.changelog.histories
        .flatMap((history) => history.items.map((item) => ({ ...item, day: dayOf(history.created, zone), history })))
        .sort(
          (a, b) =>
            Date.parse(a.history.created) - Date.parse(b.history.created) ||
            Number(a.history.id) - Number(b.history.id),
        ),
    ]),
  )
  const byField = new Map([...changes].map(([issue, all]) => [issue, Map.groupBy(all, ({ field }) => field)]))
  const of = (issue: ApacheIssue, field: string) => byField.get(issue)!.get(field) ?? []

  const single = (issue: ApacheIssue, field: string, asOf: string, present: string | null): string | null => {
    const all = of(issue, field)
    const last = all.findLast((change) => change.day <= asOf)
    return last ? last.to : all.length > 0 ? all[0]!.from : present
  }

  const versionsOn = (issue: ApacheIssue, asOf: string): readonly string[] => {
    const set = new Set(issue.fields.fixVersions.map((version) => version.id))
    for (const change of of(issue, 'Fix Version')
      .filter(({ day }) => day > asOf)
      .toReversed()) {
      if (change.to) set.delete(change.to)
      if (change.from) set.add(change.from)
    }
    return [...set]
  }

  const resolutionOn = (issue: ApacheIssue, asOf: string): string | null => {
    const after = of(issue, 'resolution').find(({ day }) => day > asOf)
    return after ? (after.fromString ?? null) : (issue.fields.resolution?.name ?? null)
  }

  const stateOn = (issue: ApacheIssue, asOf: string): State => {
    const category = categories.get(single(issue, 'status', asOf, issue.fields.status.id) ?? '')
    if (category === 'done') return DROPPED.includes(resolutionOn(issue, asOf) ?? '') ? 'dropped' : 'done'
    return category === 'indeterminate' ? 'doing' : 'todo'
  }

  const closedOn = (issue: ApacheIssue, asOf: string): string | null =>
    of(issue, 'status').findLast(
      ({ day, from, to }) =>
        day <= asOf && categories.get(to ?? '') === 'done' && categories.get(from ?? '') !== 'done',
    )?.day ?? null

  const parentOn = (issue: ApacheIssue, asOf: string): string | null =>
    single(issue, 'Parent', asOf, issue.fields.parent?.id ?? null)

  const createdOn = new Map(issues.map((issue) => [issue, dayOf(issue.fields.created, zone)]))

  const read = (asOf: string): readonly Standing[] => {
    const standings: Standing[] = []
    for (const issue of issues) {
      if (createdOn.get(issue)! > asOf) continue
      const filed = versionsOn(issue, asOf)
      const version = versions.find((id) => filed.includes(id))
      if (version === undefined) continue
      standings.push({ issue, version, state: stateOn(issue, asOf), closedOn: closedOn(issue, asOf) })
    }
    const inScope = standings.filter(({ state }) => state !== 'dropped')
    const holdOthers = new Set(inScope.map(({ issue }) => parentOn(issue, asOf)))
    return standings.filter(({ issue }) => !holdOthers.has(issue.id))
  }

  const known = new Map<string, readonly Standing[]>()
  /** Every issue that belonged to a version of the plan then, and does not merely hold others. */
  const on = (asOf: string): readonly Standing[] => {
    const standings = known.get(asOf) ?? read(asOf)
    known.set(asOf, standings)
    return standings
  }

  const days = [...new Set([...createdOn.values(), ...[...changes.values()].flat().map(({ day }) => day)])].sort()
  /** The first day at whose end a version held something started or done. */
  const startOf = (version: string, asOf: string): string | null =>
    days.find(
      (day) =>
        day <= asOf &&
        on(day).some((standing) => standing.version === version && ['doing', 'done'].includes(standing.state)),
    ) ?? null
  return { on, startOf }
}
