import type { JiraField, JiraIssueType, JiraStatus } from './model.ts'

export const STATUSES: readonly JiraStatus[] = [
  { id: '10000', name: 'To Do', category: 'new' },
  { id: '3', name: 'In Progress', category: 'indeterminate' },
  { id: '10001', name: 'In Review', category: 'indeterminate' },
  { id: '10002', name: 'Done', category: 'done' },
  { id: '6', name: 'Closed', category: 'done' },
]

export const ISSUE_TYPES: readonly JiraIssueType[] = [
  { id: '10001', name: 'Story', subtask: false, level: 0 },
  { id: '10002', name: 'Task', subtask: false, level: 0 },
  { id: '10004', name: 'Bug', subtask: false, level: 0 },
  { id: '10000', name: 'Epic', subtask: false, level: 1 },
  { id: '10003', name: 'Sub-task', subtask: true, level: -1 },
]

/** Custom fields as a new Cloud site numbers them. */
export const STORY_POINT_ESTIMATE = 'customfield_10016'
export const STORY_POINTS = 'customfield_10026'
export const SPRINT = 'customfield_10020'
export const EPIC_LINK = 'customfield_10014'

export const FIELDS: readonly JiraField[] = [
  { id: 'summary', name: 'Summary', type: 'string' },
  { id: 'status', name: 'Status', type: 'status' },
  { id: 'resolution', name: 'Resolution', type: 'resolution' },
  { id: 'assignee', name: 'Assignee', type: 'user' },
  { id: 'fixVersions', name: 'Fix versions', type: 'array' },
  { id: 'duedate', name: 'Due date', type: 'date' },
  { id: 'labels', name: 'Labels', type: 'array' },
  {
    id: STORY_POINT_ESTIMATE,
    name: 'Story point estimate',
    type: 'number',
    custom: 'com.pyxis.greenhopper.jira:jsw-story-points',
  },
  {
    id: STORY_POINTS,
    name: 'Story Points',
    type: 'number',
    custom: 'com.atlassian.jira.plugin.system.customfieldtypes:float',
  },
  { id: SPRINT, name: 'Sprint', type: 'array', custom: 'com.pyxis.greenhopper.jira:gh-sprint' },
  { id: EPIC_LINK, name: 'Epic Link', type: 'any', custom: 'com.pyxis.greenhopper.jira:gh-epic-link' },
]

/** Ids of resolutions by name; any other name gets the last one. */
export const RESOLUTIONS: readonly string[] = [
  'Done',
  "Won't Do",
  'Duplicate',
  'Cannot Reproduce',
  'Declined',
  'Obsolete',
  'Fixed',
]
