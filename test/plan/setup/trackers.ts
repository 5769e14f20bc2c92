import type { TrackerWords } from '../../../src/plan/setup/setup.ts'

/** What two trackers tell of their settings. */
export const trackers: readonly TrackerWords[] = [
  {
    kind: 'github',
    connectionKeys: [
      { name: 'token', required: true, secret: true },
      { name: 'webhookSecret', secret: true },
    ],
    sourceKeys: [{ name: 'repository', required: true }, { name: 'pullRequests' }],
    checkSource: ({ settings }) =>
      String(settings.repository).includes('/') || typeof settings.repository !== 'string'
        ? []
        : ['repository: must be owner/name'],
  },
  {
    kind: 'jira',
    connectionKeys: [
      { name: 'url', required: true },
      { name: 'email' },
      { name: 'token', required: true, secret: true },
      { name: 'webhookSecret', secret: true },
    ],
    sourceKeys: [{ name: 'project' }, { name: 'jql' }, { name: 'storyPoints' }],
    checkSource: ({ settings }) =>
      settings.project === undefined && settings.jql === undefined ? ['write a project or a jql'] : [],
  },
]

export const environment = {
  GITHUB_TOKEN: 'github-token-value',
  GITHUB_HOOK: 'github-hook-value',
  JIRA_TOKEN: 'jira-token-value',
  JIRA_HOOK: 'jira-hook-value',
}
