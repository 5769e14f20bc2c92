/** Items a call: each brings up to 100 events, labels and so on; GitHub allows 100 nodes and ten seconds. */
export const ITEMS_A_CALL = 50

const ISSUE_EVENTS = [
  'CLOSED_EVENT',
  'REOPENED_EVENT',
  'MILESTONED_EVENT',
  'DEMILESTONED_EVENT',
  'LABELED_EVENT',
  'UNLABELED_EVENT',
  'ASSIGNED_EVENT',
  'UNASSIGNED_EVENT',
  'RENAMED_TITLE_EVENT',
  'PARENT_ISSUE_ADDED_EVENT',
  'PARENT_ISSUE_REMOVED_EVENT',
].join(', ')

const PULL_REQUEST_EVENTS = ISSUE_EVENTS.split(', ')
  .filter((type) => !type.startsWith('PARENT_'))
  .join(', ')

const PAGE = 'pageInfo { hasNextPage endCursor }'
const ASSIGNEE = 'assignee { ... on User { login } ... on Bot { login } ... on Mannequin { login } }'
const PARENT = 'parent { id number repository { nameWithOwner } }'

const SHARED_EVENTS = `
  __typename
  ... on ReopenedEvent { id createdAt actor { login } }
  ... on MilestonedEvent { id createdAt actor { login } milestoneTitle }
  ... on DemilestonedEvent { id createdAt actor { login } milestoneTitle }
  ... on LabeledEvent { id createdAt actor { login } label { name } }
  ... on UnlabeledEvent { id createdAt actor { login } label { name } }
  ... on AssignedEvent { id createdAt actor { login } ${ASSIGNEE} }
  ... on UnassignedEvent { id createdAt actor { login } ${ASSIGNEE} }
  ... on RenamedTitleEvent { id createdAt actor { login } previousTitle currentTitle }
  ... on ClosedEvent { id createdAt actor { login } stateReason }`

const ISSUE_TIMELINE = `${PAGE} nodes {${SHARED_EVENTS}
  ... on ParentIssueAddedEvent { id createdAt actor { login } ${PARENT} }
  ... on ParentIssueRemovedEvent { id createdAt actor { login } ${PARENT} }
}`

const PULL_REQUEST_TIMELINE = `${PAGE} nodes {${SHARED_EVENTS}
}`

const SHARED_FIELDS = `
  id number title url createdAt updatedAt closedAt
  author { login }
  repository { nameWithOwner }
  milestone { id title }
  labels(first: 100) { ${PAGE} nodes { name } }
  assignees(first: 100) { ${PAGE} nodes { login } }`

/** Items with their history; a timeline, label list or assignee list that goes on is paged by the queries below. */
export const ITEMS = `query Items($ids: [ID!]!) {
  nodes(ids: $ids) {
    __typename
    ... on Issue {${SHARED_FIELDS}
      issueState: state
      stateReason(enableDuplicate: true)
      ${PARENT}
      timelineItems(first: 100, itemTypes: [${ISSUE_EVENTS}]) { ${ISSUE_TIMELINE} }
    }
    ... on PullRequest {${SHARED_FIELDS}
      pullRequestState: state
      timelineItems(first: 100, itemTypes: [${PULL_REQUEST_EVENTS}]) { ${PULL_REQUEST_TIMELINE} }
    }
  }
}`

/** More of one item's history. */
export const MORE_EVENTS = `query MoreEvents($id: ID!, $after: String!) {
  node(id: $id) {
    __typename
    ... on Issue {
      timelineItems(first: 100, after: $after, itemTypes: [${ISSUE_EVENTS}]) { ${ISSUE_TIMELINE} }
    }
    ... on PullRequest {
      timelineItems(first: 100, after: $after, itemTypes: [${PULL_REQUEST_EVENTS}]) { ${PULL_REQUEST_TIMELINE} }
    }
  }
}`

/** How many items a listing will bring, for the progress bar. */
export const TOTALS = `query Totals($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    issues { totalCount }
    pullRequests { totalCount }
  }
}`
