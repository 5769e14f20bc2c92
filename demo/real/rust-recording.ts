import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readLines } from './read-lines.ts'

/** One issue or pull request as GitHub's REST API returned it. */
export interface RecordedIssue {
  readonly node_id: string
  readonly number: number
  readonly title: string
  readonly html_url: string
  readonly state: 'open' | 'closed'
  readonly state_reason: string | null
  readonly created_at: string
  readonly updated_at: string
  readonly closed_at: string | null
  readonly user: { readonly login: string } | null
  readonly closed_by: { readonly login: string } | null
  readonly labels: readonly { readonly name: string }[]
  readonly assignees: readonly { readonly login: string }[]
  readonly milestone: { readonly node_id: string; readonly title: string } | null
  readonly pull_request?: { readonly merged_at: string | null }
}

export interface RecordedMilestone {
  readonly node_id: string
  readonly number: number
  readonly title: string
  readonly state: 'open' | 'closed'
  readonly created_at: string
  readonly due_on: string | null
}

/** Issues and milestones of rust-lang/rust, recorded from its REST API. */
export interface RustRecording {
  readonly issues: readonly RecordedIssue[]
  readonly milestones: readonly RecordedMilestone[]
}

/** @param dir folder of recordings; `null` = it holds none of this repository */
export const readRust = (dir: string): RustRecording | null => {
  const issues = join(dir, 'github', 'rust-milestoned-only-rest.ndjson.gz')
  const milestones = join(dir, 'github', 'rust-milestones-from-issues.json')
  if (!existsSync(issues) || !existsSync(milestones)) return null
  return {
    // The archiver added a key of its own.
    issues: readLines<RecordedIssue & { readonly _meta?: unknown }>(issues).map(({ _meta, ...issue }) => issue),
    milestones: JSON.parse(readFileSync(milestones, 'utf8')),
  }
}
