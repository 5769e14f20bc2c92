import { userObject } from './rest-objects.ts'
import { type GitHubState, fullName, hash } from './state.ts'

/** `GET /repos/{owner}/{repo}`, and the `repository` of every webhook. */
export const repositoryObject = (state: GitHubState) => {
  const name = fullName(state)
  const url = `${state.address.api}/repos/${name}`
  const web = `${state.address.web}/${name}`
  let open = 0
  let pushedAt = state.createdAt
  for (const issue of state.issues.values()) {
    if (issue.state === 'open') open += 1
    if (issue.updatedAt > pushedAt) pushedAt = issue.updatedAt
  }
  const addresses = Object.fromEntries(
    Object.entries(PATHS).map(([key, path]) => [`${key}_url`, `${url}/${path}`]),
  ) as Record<`${keyof typeof PATHS}_url`, string>
  return {
    ...addresses,
    id: state.repositoryId,
    node_id: `R_${state.repositoryId}`,
    name: state.repo,
    full_name: name,
    private: true,
    owner: userObject(state, { login: state.owner, id: 1 + hash(state.owner) }),
    html_url: web,
    description: null,
    fork: false,
    url,
    created_at: state.createdAt,
    updated_at: pushedAt,
    pushed_at: pushedAt,
    git_url: `git:${web.replace(/^https?:/, '')}.git`,
    ssh_url: `git@github.test:${name}.git`,
    clone_url: `${web}.git`,
    svn_url: web,
    homepage: null,
    size: 0,
    stargazers_count: 0,
    watchers_count: 0,
    language: null,
    has_issues: true,
    has_projects: true,
    has_downloads: true,
    has_wiki: false,
    has_pages: false,
    has_discussions: false,
    forks_count: 0,
    mirror_url: null,
    archived: false,
    disabled: false,
    open_issues_count: open,
    license: null,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [],
    visibility: 'private' as const,
    forks: 0,
    open_issues: open,
    watchers: 0,
    default_branch: 'main',
  }
}

/** Only a single repository is told with these. */
export const fullRepositoryObject = (state: GitHubState) => ({
  ...repositoryObject(state),
  network_count: 0,
  subscribers_count: 0,
})

const PATHS = {
  archive: '{archive_format}{/ref}',
  assignees: 'assignees{/user}',
  blobs: 'git/blobs{/sha}',
  branches: 'branches{/branch}',
  collaborators: 'collaborators{/collaborator}',
  comments: 'comments{/number}',
  commits: 'commits{/sha}',
  compare: 'compare/{base}...{head}',
  contents: 'contents/{+path}',
  contributors: 'contributors',
  deployments: 'deployments',
  downloads: 'downloads',
  events: 'events',
  forks: 'forks',
  git_commits: 'git/commits{/sha}',
  git_refs: 'git/refs{/sha}',
  git_tags: 'git/tags{/sha}',
  hooks: 'hooks',
  issue_comment: 'issues/comments{/number}',
  issue_events: 'issues/events{/number}',
  issues: 'issues{/number}',
  keys: 'keys{/key_id}',
  labels: 'labels{/name}',
  languages: 'languages',
  merges: 'merges',
  milestones: 'milestones{/number}',
  notifications: 'notifications{?since,all,participating}',
  pulls: 'pulls{/number}',
  releases: 'releases{/id}',
  stargazers: 'stargazers',
  statuses: 'statuses/{sha}',
  subscribers: 'subscribers',
  subscription: 'subscription',
  tags: 'tags',
  teams: 'teams',
  trees: 'git/trees{/sha}',
} as const
