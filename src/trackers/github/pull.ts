import { Fault } from '../../model/fault.ts'
import type { Pulled } from '../tracker.ts'
import { type Caller, wasTooHeavy } from './call.ts'
import { type MilestoneTitles, listMilestones, titlesOf } from './milestones.ts'
import { normalise } from './normalise.ts'
import { parseAnswer } from './parse.ts'
import { ITEMS, ITEMS_A_CALL, MORE_EVENTS } from './queries.ts'
import type { GitHubSource } from './settings.ts'
import { type ItemNode, type TimelineEvent, anyNodes, itemNode, moreEvents } from './shapes.ts'

/** Milestone titles that a client has learnt, per repository; asked again when an event names one it has not met. */
export type TitleMemory = Map<string, { readonly titles: MilestoneTitles; readonly unknown: Set<string> }>

/**
 * Items by node id, with their whole history: one call for 50, and one more for every further 100 events of an item.
 * Pull requests are `missing` in a source that does not want them.
 */
export const pull = async (
  caller: Caller,
  source: GitHubSource,
  externalIds: readonly string[],
  memory: TitleMemory,
): Promise<Pulled> => {
  const nodes = new Map<string, ItemNode>()
  for (let from = 0; from < externalIds.length; from += ITEMS_A_CALL) {
    const ids = externalIds.slice(from, from + ITEMS_A_CALL)
    for (const [id, node] of await askInParts(caller, source, ids)) nodes.set(id, node)
  }
  const found = [...nodes.values()]
  const titles = await knownTitles(caller, source, found, memory)
  return {
    items: found.map((node) => normalise(node, source, titles)),
    missing: externalIds.filter((id) => !nodes.has(id)),
  }
}

/** Items with very long histories can be too much for one query: then half as many, down to a few. */
const askInParts = async (
  caller: Caller,
  source: GitHubSource,
  ids: readonly string[],
): Promise<Map<string, ItemNode>> => {
  try {
    return await askFor(caller, source, ids)
  } catch (error) {
    if (!wasTooHeavy(error) || ids.length <= FEWEST_ITEMS_A_CALL) throw error
    const half = Math.ceil(ids.length / 2)
    const first = await askInParts(caller, source, ids.slice(0, half))
    return new Map([...first, ...(await askInParts(caller, source, ids.slice(half)))])
  }
}

const FEWEST_ITEMS_A_CALL = 7

const askFor = async (caller: Caller, source: GitHubSource, ids: readonly string[]): Promise<Map<string, ItemNode>> => {
  const { data } = await caller.graphql('Items', ITEMS, { ids })
  const { nodes } = parseAnswer(anyNodes, data, 'the list of items')
  if (nodes.length !== ids.length) {
    throw new Fault('unavailable', `github: ${ids.length} items asked, ${nodes.length} answered, retry later`)
  }
  const found = new Map<string, ItemNode>()
  for (const [index, raw] of nodes.entries()) {
    if (raw?.__typename !== 'Issue' && !(raw?.__typename === 'PullRequest' && source.pullRequests)) continue
    const node = parseAnswer(itemNode, raw, 'an item')
    refuseTruncated(node)
    found.set(ids[index]!, await withWholeTimeline(caller, node))
  }
  return found
}

const withWholeTimeline = async (caller: Caller, node: ItemNode): Promise<ItemNode> => {
  const events: TimelineEvent[] = [...node.timelineItems.nodes]
  let { pageInfo } = node.timelineItems
  while (pageInfo.hasNextPage) {
    const { data } = await caller.graphql('MoreEvents', MORE_EVENTS, { id: node.id, after: pageInfo.endCursor })
    const more = parseAnswer(moreEvents, data, 'a timeline').node
    if (more === null)
      throw new Fault('unavailable', `github: item=${node.id} went away while it was read, retry later`)
    events.push(...more.timelineItems.nodes)
    pageInfo = more.timelineItems.pageInfo
  }
  return { ...node, timelineItems: { pageInfo, nodes: events } }
}

/** GitHub allows 100 labels and 10 assignees an item; should that ever grow, nothing is cut off in silence. */
const refuseTruncated = (node: ItemNode): void => {
  if (node.labels?.pageInfo.hasNextPage || node.assignees.pageInfo.hasNextPage) {
    throw new Fault('invalid', `github: more than 100 labels or assignees: item=${node.url}; remove some`)
  }
}

const knownTitles = async (
  caller: Caller,
  source: GitHubSource,
  nodes: readonly ItemNode[],
  memory: TitleMemory,
): Promise<MilestoneTitles> => {
  const key = `${source.owner}/${source.repo}`.toLowerCase()
  const remembered = memory.get(key)
  const named = nodes.flatMap((node) => node.timelineItems.nodes.map((event) => event.milestoneTitle ?? ''))
  const strange = named.filter(
    (title) => title !== '' && !remembered?.titles.has(title) && !remembered?.unknown.has(title),
  )
  if (strange.length === 0) return remembered?.titles ?? new Map()
  const titles = titlesOf(await listMilestones(caller, source))
  const unknown = new Set([...(remembered?.unknown ?? []), ...strange].filter((title) => !titles.has(title)))
  memory.set(key, { titles, unknown })
  return titles
}
