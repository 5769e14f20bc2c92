import type { IsoInstant } from '../../model/time.ts'
import type { Zone } from '../../model/zone.ts'
import type { RawIssue } from './raw.ts'

/** What the two deployments of Jira both can, each in its own way. */
export interface JiraApi {
  myself(): Promise<unknown>
  /** Names of those of `wanted` that the account holds. */
  permissions(wanted: readonly string[]): Promise<readonly string[]>
  statuses(): Promise<unknown>
  fields(): Promise<unknown>
  project(key: string): Promise<unknown>
  /** The first 50, newest activity first where Jira can sort so. */
  projects(): Promise<readonly unknown[]>
  versions(project: string): Promise<readonly unknown[]>
  /** How many items a query finds; `null` = this Jira does not tell. */
  count(jql: string): Promise<number | null>
  /** Ids in order of one of their instants, page by page. May give an id twice, gives each at least once. */
  listIds(listing: Listing): AsyncIterable<readonly ListedId[]>
  /** Issues that a query finds, with all histories and worklogs. Ids that it no longer knows are left out. */
  issues(query: IssueQuery): Promise<readonly RawIssue[]>
  filter(no: string): Promise<unknown>
  boardConfiguration(no: string): Promise<unknown>
}

export interface Listing {
  readonly jql: string
  readonly order: 'created' | 'updated'
  /** Only those whose instant is not earlier. */
  readonly from: IsoInstant | null
  /** Of the account: JQL dates are local. */
  readonly zone: Zone | null
}

export interface ListedId {
  readonly id: string
  readonly created: IsoInstant | null
  readonly updated: IsoInstant | null
}

export interface IssueQuery {
  /** Narrows the ids further; `null` = the ids alone. */
  readonly jql: string | null
  /** Ids, or keys where `by` says so. */
  readonly ids: readonly string[]
  readonly by: 'id' | 'key'
  readonly fields: readonly string[]
  readonly history: boolean
}
