import { z } from 'zod'

/** What we read of GitHub's answers. What else they carry is left alone. */

/** PostgreSQL's jsonb refuses U+0000, which titles and labels made through the API can hold. */
const text = z.string().transform((value) => value.replaceAll('\0', '\uFFFD'))

const actor = z.object({ login: text }).nullish()
const page = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() })
const connection = <T extends z.ZodType>(node: T) => z.object({ pageInfo: page, nodes: z.array(node) })

const parent = z
  .object({ id: z.string(), number: z.number(), repository: z.object({ nameWithOwner: z.string() }) })
  .nullish()

const reason = z.string().nullish()

/** One event of a timeline. `label`, `assignee` and the like are set for the types that have them. */
export const timelineEvent = z.object({
  __typename: z.string(),
  id: z.string(),
  createdAt: z.string(),
  actor,
  stateReason: reason,
  milestoneTitle: text.nullish(),
  label: z.object({ name: text }).nullish(),
  /** `null` = an account that no longer exists. */
  assignee: z.object({ login: text.optional() }).nullish(),
  previousTitle: text.nullish(),
  currentTitle: text.nullish(),
  /** `null` = an issue that the token may not see. */
  parent,
})

export const timeline = connection(timelineEvent)

export const itemNode = z.object({
  __typename: z.enum(['Issue', 'PullRequest']),
  id: z.string(),
  number: z.number(),
  title: text,
  url: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
  closedAt: z.string().nullish(),
  author: actor,
  repository: z.object({ nameWithOwner: z.string() }),
  milestone: z.object({ id: z.string(), title: text }).nullish(),
  labels: connection(z.object({ name: text })).nullish(),
  assignees: connection(z.object({ login: text })),
  parent,
  /** `OPEN`, `CLOSED`; pull requests: `MERGED` too. Two names, because GraphQL refuses one name with two types. */
  issueState: z.string().optional(),
  pullRequestState: z.string().optional(),
  stateReason: reason,
  timelineItems: timeline,
})

/** `null` = deleted, transferred, or out of sight. */
export const anyNodes = z.object({ nodes: z.array(z.looseObject({ __typename: z.string() }).nullable()) })
export const moreEvents = z.object({ node: z.object({ timelineItems: timeline }).nullable() })

export const totals = z.object({
  repository: z
    .object({ issues: z.object({ totalCount: z.number() }), pullRequests: z.object({ totalCount: z.number() }) })
    .nullable(),
})

/** One line of the REST issue list. */
export const listedIssue = z.object({
  node_id: z.string(),
  updated_at: z.string(),
  pull_request: z.unknown().optional(),
})

export const listedMilestone = z.object({
  node_id: z.string(),
  title: text,
  html_url: z.string().nullish(),
  state: z.enum(['open', 'closed']),
  due_on: z.string().nullish(),
  closed_at: z.string().nullish(),
})

export const listedRepository = z.object({
  full_name: z.string(),
  pushed_at: z.string().nullish(),
  has_issues: z.boolean().optional(),
  archived: z.boolean().optional(),
})

export const user = z.object({ login: z.string() })

export type TimelineEvent = z.infer<typeof timelineEvent>
export type ItemNode = z.infer<typeof itemNode>
