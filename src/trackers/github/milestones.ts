import { z } from 'zod'
import { isoInstant } from '../../model/time.ts'
import type { Milestone, Reference } from '../../model/work-item.ts'
import type { Caller } from './call.ts'
import { dueDate } from './due-date.ts'
import { parseAnswer } from './parse.ts'
import type { GitHubSource } from './settings.ts'
import { listedMilestone } from './shapes.ts'

/** Every milestone of the repository, open or closed. GitHub's milestones have no start. */
export const listMilestones = async (caller: Caller, source: GitHubSource): Promise<readonly Milestone[]> => {
  const milestones: Milestone[] = []
  for (let page = 1; ; page += 1) {
    const parameters = { owner: source.owner, repo: source.repo, state: 'all', per_page: 100, page }
    const { data, headers } = await caller.get('/repos/{owner}/{repo}/milestones', parameters)
    for (const listed of parseAnswer(z.array(listedMilestone), data, 'the milestone list')) {
      milestones.push({
        id: listed.node_id,
        title: listed.title,
        url: listed.html_url ?? null,
        start: null,
        due: listed.due_on ? dueDate(listed.due_on) : null,
        closedAt: listed.closed_at ? isoInstant(listed.closed_at) : null,
        state: listed.state,
      })
    }
    if (!/rel="next"/.test(String(headers.link ?? ''))) return milestones
  }
}

/** Milestones by title: events tell a milestone by the title it had, not by its id. */
export type MilestoneTitles = ReadonlyMap<string, Reference>

export const titlesOf = (milestones: readonly Milestone[]): MilestoneTitles =>
  new Map(milestones.map(({ id, title }) => [title, { id, key: title }]))
