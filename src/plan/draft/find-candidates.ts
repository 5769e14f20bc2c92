import type { MappingRule } from '../../model/plan.ts'
import type { IsoDate } from '../../model/time.ts'
import { type Zone, dayInZone } from '../../model/zone.ts'
import type { TrackedItem, TrackedSource } from './tracked-work.ts'

/** Something in the trackers that could be a phase. */
export interface Candidate {
  readonly title: string
  readonly start: IsoDate | null
  readonly finish: IsoDate | null
  /** The day on which it was closed; `null` = open. */
  readonly closed: IsoDate | null
  readonly rules: readonly MappingRule[]
  readonly items: readonly TrackedItem[]
}

/** An epic with fewer items is a task. */
const FEWEST_CHILDREN = 3

/**
 * Milestones, one candidate per title across sources (a release that two trackers know is one phase), then epics most
 * of whose items have no milestone. Without either, each source is one candidate.
 */
export const findCandidates = (sources: readonly TrackedSource[], zone: Zone): readonly Candidate[] => {
  const found = [...fromMilestones(sources, zone), ...fromEpics(sources, zone)].filter(
    // Closed without ever holding an item: nothing to hold against a plan.
    ({ items, closed }) => items.length > 0 || closed === null,
  )
  return found.length > 0 ? found : sources.filter(({ items }) => items.length > 0).map(fromSource)
}

const fromMilestones = (sources: readonly TrackedSource[], zone: Zone): readonly Candidate[] => {
  const all = sources.flatMap((source) =>
    source.milestones.filter(({ title }) => title.trim() !== '').map((milestone) => ({ source, milestone })),
  )
  const byTitle = Map.groupBy(all, ({ milestone }) => milestone.title.trim().toLowerCase())
  return [...byTitle.values()].map((same): Candidate => {
    const starts = same.flatMap(({ milestone }) => milestone.start ?? []).sort()
    const dues = same.flatMap(({ milestone }) => milestone.due ?? []).sort()
    const closings = same.flatMap(({ milestone }) => milestone.closedAt ?? []).sort()
    const isClosed = same.every(({ milestone }) => milestone.state === 'closed')
    const last = closings.at(-1)
    return {
      title: same[0]!.milestone.title.trim(),
      start: starts[0] ?? null,
      finish: dues.at(-1) ?? null,
      closed: !isClosed ? null : last === undefined ? (dues.at(-1) ?? null) : dayInZone(last, zone),
      rules: same.map(({ source, milestone }) => ({ source: [source.id], milestone: [milestone.title] })),
      items: same.flatMap(({ source, milestone }) =>
        source.items.filter((item) => item.milestones.includes(milestone.title)),
      ),
    }
  })
}

const fromEpics = (sources: readonly TrackedSource[], zone: Zone): readonly Candidate[] =>
  sources.flatMap((source) => {
    const byKey = new Map(source.items.map((item) => [item.key, item]))
    const byParent = Map.groupBy(
      source.items.filter(({ parent }) => parent !== null),
      ({ parent }) => parent ?? '',
    )
    return [...byParent].flatMap(([key, children]): Candidate[] => {
      const epic = byKey.get(key)
      // A parent inside another one is a story with sub-tasks.
      if (epic === undefined || epic.parent !== null || epic.state === 'dropped') return []
      const free = children.filter(({ milestones }) => milestones.length === 0)
      if (children.length < FEWEST_CHILDREN || free.length * 2 <= children.length) return []
      const dues = children.flatMap(({ due }) => due ?? []).sort()
      const [created] = children.map(({ createdAt }) => dayInZone(createdAt, zone)).sort()
      const finish = epic.due ?? dues.at(-1) ?? null
      return [
        {
          title: epic.title.trim() || key,
          start: created !== undefined && finish !== null && created <= finish ? created : null,
          finish,
          closed: epic.state === 'done' && epic.closedAt !== null ? dayInZone(epic.closedAt, zone) : null,
          rules: [{ source: [source.id], epic: [key] }],
          items: free,
        },
      ]
    })
  })

const fromSource = (source: TrackedSource): Candidate => ({
  title: source.id,
  start: null,
  finish: null,
  closed: null,
  rules: [{ source: [source.id] }],
  items: source.items,
})
