import type { SampleEvent, TrackerName } from './events.ts'
import type { Life } from './life.ts'

/** The keys that the trackers will give: numbers follow the order in which items enter a repository or project. */
export interface ItemKeys {
  /** Key at the time of creation. */
  readonly created: ReadonlyMap<string, string>
  /** Key after a move, for items that moved. */
  readonly moved: ReadonlyMap<string, string>
}

export const numberItems = (lives: readonly Life[]): ItemKeys => {
  const arrivals = lives.flatMap((life) => [
    { at: life.createdAt, ref: life.ref, container: life.container, by: 'creation' as const },
    ...life.acts.flatMap(({ at, deed }) =>
      deed.kind === 'move' ? [{ at, ref: life.ref, container: deed.to, by: 'move' as const }] : [],
    ),
  ])
  // At the same instant the order of the lives counts, as in the sample's events.
  arrivals.sort((a, b) => compare(a.at, b.at))
  const last = new Map<string, number>()
  const created = new Map<string, string>()
  const moved = new Map<string, string>()
  for (const { ref, container, by } of arrivals) {
    const number = (last.get(container) ?? 0) + 1
    last.set(container, number)
    const keys = by === 'creation' ? created : moved
    keys.set(ref, container.includes('/') ? `${container}#${number}` : `${container}-${number}`)
  }
  return { created, moved }
}

export const trackerOf = (container: string): TrackerName => (container.includes('/') ? 'github' : 'jira')

/** An item's life as events of its tracker, in order. */
export const eventsOf = (life: Life, keys: ItemKeys): readonly SampleEvent[] => {
  let container = life.container
  const tracker = trackerOf(container)
  const events: SampleEvent[] = [
    {
      at: life.createdAt,
      tracker,
      container,
      actor: life.reporter,
      kind: 'create',
      item: life.ref,
      key: keys.created.get(life.ref)!,
      title: life.title,
      text: life.text,
      type: life.type,
      points: life.points,
      labels: life.labels,
      components: life.components,
      milestone: life.milestone,
      parent: life.parent,
      assignee: life.assignee,
      due: life.due,
    },
  ]
  for (const { at, actor, deed } of life.acts) {
    const stamp = { at, tracker, container, actor, item: life.ref }
    if (deed.kind === 'move') {
      events.push({ ...stamp, ...deed, key: keys.moved.get(life.ref)! })
      container = deed.to
    } else events.push({ ...stamp, ...deed })
  }
  return events
}

/** Order of text and instants. */
export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
