import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readLines } from './read-lines.ts'

/** An issue as issues.apache.org gave it, with its whole changelog. */
export interface ApacheIssue {
  readonly id: string
  readonly key: string
  readonly fields: Readonly<Record<string, unknown>> & {
    readonly project: ApacheProject
    readonly status: ApacheStatus
    readonly resolution: { readonly name: string } | null
    readonly fixVersions: readonly ApacheVersion[]
    readonly parent?: { readonly id: string }
    readonly created: string
    readonly updated: string
  }
  readonly changelog: { readonly total: number; readonly histories: readonly ApacheHistory[] }
}

export interface ApacheHistory {
  readonly id: string
  readonly created: string
  readonly items: readonly ApacheChange[]
}

export interface ApacheChange {
  readonly field: string
  readonly from: string | null
  readonly to: string | null
  readonly fromString?: string | null
}

export interface ApacheProject {
  readonly id: string
  readonly key: string
  readonly name: string
}

export interface ApacheStatus {
  readonly id: string
  readonly name: string
  readonly statusCategory: { readonly key: string }
}

export interface ApacheVersion {
  readonly id: string
  readonly name: string
  readonly released: boolean
  readonly releaseDate?: string
}

/** Issues recorded from issues.apache.org. */
export interface ApacheRecording {
  readonly issues: readonly ApacheIssue[]
}

/** @param dir folder of recordings; `null` = it holds none of this site */
export const readApache = (dir: string): ApacheRecording | null => {
  const file = join(dir, 'jira', 'apache-rest-v2-expand-changelog.ndjson.gz')
  return existsSync(file) ? { issues: readLines<ApacheIssue>(file) } : null
}

/** Projects of the issues, by key. */
export const projectsOf = ({ issues }: ApacheRecording): readonly ApacheProject[] =>
  [...new Map(issues.map(({ fields }) => [fields.project.key, fields.project])).values()].sort((a, b) =>
    a.key < b.key ? -1 : 1,
  )

/** Versions that the issues of a project are filed under. */
export const versionsOf = ({ issues }: ApacheRecording, project: string): readonly ApacheVersion[] => [
  ...new Map(
    issues
      .filter(({ fields }) => fields.project.key === project)
      .flatMap(({ fields }) => fields.fixVersions.map((version) => [version.id, version])),
  ).values(),
]

/** Statuses by id: those that the issues have, and two of that site through which they only passed. */
export const statusesOf = ({ issues }: ApacheRecording): Map<string, ApacheStatus> =>
  new Map([
    ['3', { id: '3', name: 'In Progress', statusCategory: { key: 'indeterminate' } }],
    ['10002', { id: '10002', name: 'Patch Available', statusCategory: { key: 'indeterminate' } }],
    ...issues.map((issue) => [issue.fields.status.id, issue.fields.status] as const),
  ])
