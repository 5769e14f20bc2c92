import type { IsoDate, IsoInstant } from '../../../src/model/time.ts'
import type { Zone } from '../../../src/model/zone.ts'

export type StatusCategory = 'new' | 'indeterminate' | 'done'

export interface JiraUser {
  /** Account id on Cloud, user key on Data Center. */
  readonly id: string
  readonly displayName: string
  /** User name on Data Center; the id when left out. */
  readonly name?: string
  readonly email?: string
}

export interface JiraProject {
  readonly id: string
  key: string
  name: string
  /** Team-managed projects keep points in "Story point estimate", the others in "Story Points". */
  readonly teamManaged: boolean
  /** Keys it had before; Jira still finds it under them. */
  readonly formerKeys: string[]
  nextNumber: number
  /** False = the account may not browse it. */
  visible: boolean
}

export interface JiraVersion {
  readonly id: string
  readonly projectId: string
  name: string
  startDate: IsoDate | null
  releaseDate: IsoDate | null
  released: boolean
  archived: boolean
}

export interface JiraStatus {
  readonly id: string
  name: string
  readonly category: StatusCategory
}

export interface JiraIssueType {
  readonly id: string
  readonly name: string
  readonly subtask: boolean
  /** 1 = epic, 0 = standard, -1 = sub-task. */
  readonly level: number
}

export interface JiraField {
  readonly id: string
  readonly name: string
  /** Type of a custom field, e.g. `com.pyxis.greenhopper.jira:jsw-story-points`; left out for Jira's own. */
  readonly custom?: string
  readonly type: string
}

export interface JiraSprint {
  readonly id: number
  name: string
  state: 'future' | 'active' | 'closed'
}

/** One field of a history entry, as Jira writes it. */
export interface JiraChange {
  readonly field: string
  readonly fieldtype: 'jira' | 'custom'
  readonly fieldId: string
  readonly from: string | null
  readonly fromString: string | null
  readonly to: string | null
  readonly toString: string | null
}

export interface JiraHistory {
  readonly id: string
  readonly author: string | null
  readonly created: IsoInstant
  readonly items: readonly JiraChange[]
}

export interface JiraWorklog {
  readonly id: string
  readonly author: string
  started: IsoInstant
  seconds: number
  readonly created: IsoInstant
  updated: IsoInstant
}

export interface JiraIssue {
  readonly id: string
  key: string
  /** Keys that it had before it moved. */
  readonly formerKeys: string[]
  projectId: string
  summary: string
  typeId: string
  statusId: string
  resolution: string | null
  resolvedAt: IsoInstant | null
  readonly createdAt: IsoInstant
  updatedAt: IsoInstant
  readonly reporter: string | null
  assignee: string | null
  /** Values of number fields by field id: the story points are here. */
  readonly numbers: Map<string, number | null>
  estimateSeconds: number | null
  due: IsoDate | null
  fixVersions: string[]
  components: string[]
  labels: string[]
  sprints: number[]
  /** Issue id of the parent or epic. */
  parent: string | null
  readonly histories: JiraHistory[]
  readonly worklogs: JiraWorklog[]
  /** Fields that the stand-in knows nothing of, sent as they are. */
  readonly extra: Record<string, unknown>
}

/** When a change happens and who makes it. */
export interface Happening {
  readonly at: IsoInstant
  /** User id. */
  readonly by?: string
}

export interface NewIssue extends Happening {
  /** Project key. */
  readonly project: string
  readonly summary: string
  /** Issue type name; the first standard one when left out. */
  readonly type?: string
  /** Status name; the first one when left out. */
  readonly status?: string
  readonly resolution?: string
  readonly assignee?: string
  readonly points?: number
  readonly estimateSeconds?: number
  readonly due?: IsoDate
  /** Names of versions of the project. */
  readonly fixVersions?: readonly string[]
  readonly components?: readonly string[]
  readonly labels?: readonly string[]
  /** Sprint names. */
  readonly sprints?: readonly string[]
  /** Issue key or id of the parent or epic. */
  readonly parent?: string
  readonly extra?: Readonly<Record<string, unknown>>
}

/** What a webhook tells. */
export type JiraEvent =
  | {
      readonly event: 'jira:issue_created' | 'jira:issue_deleted'
      readonly issue: JiraIssue
      readonly happening: Happening
    }
  | {
      readonly event: 'jira:issue_updated'
      readonly issue: JiraIssue
      readonly happening: Happening
      readonly history: JiraHistory
    }
  | {
      readonly event: 'worklog_created' | 'worklog_updated' | 'worklog_deleted'
      readonly issue: JiraIssue
      readonly worklog: JiraWorklog
      readonly happening: Happening
    }
  | {
      readonly event: 'jira:version_created' | 'jira:version_updated' | 'jira:version_released'
      readonly version: JiraVersion
      readonly happening: Happening
    }

export interface JiraStateOptions {
  readonly projects: readonly {
    readonly key: string
    readonly name?: string
    readonly id?: string
    readonly teamManaged?: boolean
  }[]
  readonly users: readonly JiraUser[]
  readonly versions?: readonly {
    /** Project key. */
    readonly project: string
    readonly name: string
    readonly id?: string
    readonly startDate?: IsoDate
    readonly releaseDate?: IsoDate
    readonly released?: boolean
    readonly archived?: boolean
  }[]
  readonly statuses?: readonly JiraStatus[]
  readonly issueTypes?: readonly JiraIssueType[]
  readonly fields?: readonly JiraField[]
  readonly sprints?: readonly JiraSprint[]
  readonly filters?: readonly { readonly id: string; readonly jql: string }[]
  readonly boards?: readonly { readonly id: string; readonly filter: string; readonly estimationField?: string }[]
  /** Time zone of the account that reads: JQL dates and printed instants are in it. */
  readonly accountZone?: Zone
  readonly issues?: readonly NewIssue[]
}
