/** What to tick when making a token: read-only, nothing more. By tracker kind. */
export interface Permissions {
  readonly where: string
  readonly tick: readonly string[]
  readonly webhook: string
}

/** @source https://docs.github.com/rest/authentication/permissions-required-for-fine-grained-personal-access-tokens and https://developer.atlassian.com/cloud/jira/platform/scopes-for-oauth-2-3LO-and-forge-apps */
export const PERMISSIONS: Readonly<Record<string, Permissions>> = {
  github: {
    where:
      'GitHub → Settings → Developer settings → Fine-grained tokens. Choose the repositories, then under Repository permissions:',
    tick: [
      'Issues: Read-only',
      'Metadata: Read-only (ticked by itself)',
      'Pull requests: Read-only, only if pull requests count as work',
    ],
    webhook:
      'Repository → Settings → Webhooks: content type application/json, the same secret as here, events Issues, Milestones, Labels and Sub-issues (and Pull requests).',
  },
  jira: {
    where:
      'Jira Cloud: id.atlassian.com → Security → API tokens → Create API token with scopes. Data Center: Profile → Personal access tokens (no scopes; it may what its user may). Scopes:',
    tick: ['read:jira-work', 'read:jira-user', 'The user needs Browse projects in each project, and nothing more'],
    webhook:
      'Jira → System → WebHooks: the same secret as here, events Issue created, updated, deleted; Worklog created, updated, deleted; Version released, updated.',
  },
}
