import { createHmac, randomUUID } from 'node:crypto'
import { repositoryObject } from './repository-object.ts'
import { issueObject, labelObject, milestoneObject, userObject } from './rest-objects.ts'
import { type GitHubState, type Happening, userOf } from './state.ts'

/** Where deliveries go, as entered in the repository's settings. */
export interface Subscription {
  readonly url: string
  readonly secret: string
}

/** One signed call: the same body and id again is a redelivery. */
export interface StandInDelivery {
  readonly id: string
  readonly event: string
  readonly action: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What GitHub would send for one mutation; pull requests are left out, their payloads are another forty fields. */
export const deliveryOf = (state: GitHubState, happening: Happening, to: Subscription): StandInDelivery | null => {
  if (happening.event === 'pull_request') return null
  return signed(to, happening.event, happening.action, payloadOf(state, happening))
}

/** What GitHub sends when a webhook is created. */
export const pingOf = (state: GitHubState, to: Subscription, sender: string): StandInDelivery => {
  const config = { content_type: 'json', insecure_ssl: '0', secret: '********', url: to.url }
  const hook = {
    type: 'Repository',
    id: 1,
    name: 'web',
    active: true,
    events: ['issues', 'milestone', 'sub_issues'],
    config,
    created_at: state.createdAt,
    updated_at: state.createdAt,
  }
  const payload = {
    zen: 'Keep it logically awesome.',
    hook_id: 1,
    hook,
    repository: repositoryObject(state),
    sender: userObject(state, userOf(state, sender)),
  }
  return signed(to, 'ping', '', payload)
}

export const send = async (delivery: StandInDelivery): Promise<number> => {
  const { url, headers, body } = delivery
  const response = await fetch(url, { method: 'POST', headers, body })
  await response.arrayBuffer()
  return response.status
}

const signed = (to: Subscription, event: string, action: string, payload: object): StandInDelivery => {
  const body = JSON.stringify(payload)
  const id = randomUUID()
  const headers = {
    accept: '*/*',
    'content-type': 'application/json',
    'user-agent': 'GitHub-Hookshot/044aadd',
    'x-github-delivery': id,
    'x-github-event': event,
    'x-github-hook-id': '1',
    'x-github-hook-installation-target-id': '1',
    'x-github-hook-installation-target-type': 'repository',
    'x-hub-signature': `sha1=${createHmac('sha1', to.secret).update(body).digest('hex')}`,
    'x-hub-signature-256': `sha256=${createHmac('sha256', to.secret).update(body).digest('hex')}`,
  }
  return { id, event, action, url: to.url, headers, body }
}

const payloadOf = (state: GitHubState, happening: Happening): object => {
  const { event, action, issue, milestone, label, assignee, parent, previousTitle, transferredTo } = happening
  const common = {
    action,
    repository: repositoryObject(state),
    sender: userObject(state, userOf(state, happening.actor)),
  }
  if (event === 'milestone' && milestone) {
    return { ...common, milestone: milestoneObject(state, milestone), ...(action === 'edited' ? { changes: {} } : {}) }
  }
  if (event === 'sub_issues' && issue && parent) {
    return {
      ...common,
      sub_issue_id: issue.id,
      sub_issue: issueObject(state, issue),
      parent_issue_id: parent.id,
      parent_issue: issueObject(state, parent),
      parent_issue_repo: repositoryObject(state),
    }
  }
  return {
    ...common,
    ...(issue ? { issue: issueObject(state, issue) } : {}),
    ...(milestone ? { milestone: milestoneObject(state, milestone) } : {}),
    ...(label === undefined ? {} : { label: labelObject(state, label) }),
    ...(assignee === undefined ? {} : { assignee: userObject(state, userOf(state, assignee)) }),
    ...(previousTitle === undefined ? {} : { changes: { title: { from: previousTitle } } }),
    ...(issue && transferredTo !== undefined
      ? { changes: transferOf(state, issueObject(state, issue), transferredTo) }
      : {}),
  }
}

const transferOf = (state: GitHubState, issue: ReturnType<typeof issueObject>, to: string) => {
  const [owner = '', repo = ''] = to.split('/')
  const there = { ...state, owner, repo }
  const address = `${state.address.api}/repos/${to}`
  return {
    new_issue: { ...issue, id: issue.id + 500_000, node_id: `${issue.node_id}T`, number: 1, repository_url: address },
    new_repository: repositoryObject(there),
  }
}
