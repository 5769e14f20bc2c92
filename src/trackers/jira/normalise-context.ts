import type { SourceFields } from './field-candidates.ts'
import type { StatusBook } from './states.ts'

/** What must be known of a site and a source to read its issues. */
export interface NormaliseContext {
  readonly baseUrl: string
  readonly statuses: StatusBook
  readonly dropped: ReadonlySet<string>
  readonly fields: SourceFields
  /** The source's project; `null` = the source is a query. */
  readonly projectId: string | null
  /** Ids of epics that Data Center names by key only. */
  readonly idOfKey: ReadonlyMap<string, string>
}
