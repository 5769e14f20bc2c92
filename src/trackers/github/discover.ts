import { z } from 'zod'
import { isoInstant } from '../../model/time.ts'
import type { Discovered, Identity } from '../tracker.ts'
import type { Caller } from './call.ts'
import { parseAnswer } from './parse.ts'
import { listedRepository, user } from './shapes.ts'

const MOST_PAGES = 3

/** Repositories that the token may see, last pushed to first, at most 300. */
export const discover = async (caller: Caller): Promise<readonly Discovered[]> => {
  const found: Discovered[] = []
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const parameters = { sort: 'pushed', direction: 'desc', per_page: 100, page }
    const { data, headers } = await caller.get('/user/repos', parameters)
    for (const repository of parseAnswer(z.array(listedRepository), data, 'the repository list')) {
      if (repository.has_issues === false || repository.archived) continue
      found.push({
        title: repository.full_name,
        settings: { repository: repository.full_name },
        lastActivity: repository.pushed_at ? isoInstant(repository.pushed_at) : null,
      })
    }
    if (!/rel="next"/.test(String(headers.link ?? ''))) break
  }
  return found
}

/** Whose token it is. Classic tokens tell their scopes; fine-grained ones do not. */
export const identify = async (caller: Caller): Promise<Identity> => {
  const { data, headers } = await caller.get('/user', {})
  const { login } = parseAnswer(user, data, 'the account')
  const told = headers['x-oauth-scopes']
  const scopes =
    typeof told === 'string'
      ? told
          .split(',')
          .map((scope) => scope.trim())
          .filter(Boolean)
      : null
  const writing = (scopes ?? []).filter((scope) => WRITING.test(scope))
  const remarks =
    writing.length === 0
      ? []
      : [
          `The token may also write (${writing.join(', ')}). Plumbline only reads: a fine-grained token with read access to Issues and Metadata is enough.`,
        ]
  return { name: login, scopes, remarks }
}

/** Classic scopes that allow more than reading: `repo` has no read-only form. */
const WRITING =
  /^(repo|public_repo|workflow|gist|user|project|delete_repo|codespace|notifications|(write|admin|delete|manage_\w+):.*)$/
