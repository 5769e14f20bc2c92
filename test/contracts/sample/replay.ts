import type { SampleEvent } from '../../../demo/sample/events.ts'

/** An item as the events left it. */
export interface ReplayedItem {
  readonly ref: string
  readonly createdAt: string
  key: string
  container: string
  title: string
  type: string
  points: number | null
  labels: string[]
  components: readonly string[]
  milestone: string | null
  parent: string | null
  assignee: string | null
  state: 'todo' | 'doing' | 'done' | 'dropped'
  doneAt: string | null
  gone: boolean
}

export interface Logged {
  readonly item: string
  readonly person: string
  readonly startedAt: string
  readonly seconds: number
}

export interface Replay {
  readonly items: Map<string, ReplayedItem>
  /** `container/title` -> closed at, or `null`. */
  readonly milestones: Map<string, string | null>
  readonly logged: Logged[]
}

/** Acts the events out until `before`; complains where one speaks of something that is not there at that time. */
export const replay = (events: readonly SampleEvent[], before = '9999'): Replay => {
  const world: Replay = { items: new Map(), milestones: new Map(), logged: [] }
  for (const event of events) if (event.at < before) act(world, event)
  return world
}

const act = (world: Replay, event: SampleEvent): void => {
  const complain = (what: string): never => {
    throw new Error(`${event.at} ${event.kind} ${'item' in event ? event.item : event.milestone}: ${what}`)
  }
  const mustHaveMilestone = (title: string): void => {
    if (!world.milestones.has(`${event.container}/${title}`)) complain(`there is no milestone ${title}`)
  }
  if (event.kind === 'createMilestone') {
    if (world.milestones.has(`${event.container}/${event.milestone}`)) complain('it exists already')
    world.milestones.set(`${event.container}/${event.milestone}`, null)
    return
  }
  if (event.kind === 'rescheduleMilestone' || event.kind === 'closeMilestone') {
    mustHaveMilestone(event.milestone)
    if (event.kind === 'closeMilestone') world.milestones.set(`${event.container}/${event.milestone}`, event.at)
    return
  }
  if (event.kind === 'create') {
    if (world.items.has(event.item)) complain('it exists already')
    if (event.milestone !== null) mustHaveMilestone(event.milestone)
    if (event.parent !== null && !world.items.has(event.parent)) complain(`there is no parent ${event.parent}`)
    const { kind, at, item, tracker, actor, text, due, labels, ...fields } = event
    world.items.set(item, {
      ...fields,
      ref: item,
      createdAt: at,
      labels: [...labels],
      state: 'todo',
      doneAt: null,
      gone: false,
    })
    return
  }
  const item = world.items.get(event.item) ?? complain('there is no such item')
  if (item.gone) complain('it was deleted')
  if (item.container !== event.container) complain(`it is in ${item.container}`)
  if (event.at < item.createdAt) complain('it is not created yet')
  const open = item.state === 'todo' || item.state === 'doing'
  switch (event.kind) {
    case 'estimate':
      if (item.points === event.points) complain('the estimate is the same')
      item.points = event.points
      break
    case 'start':
      if (item.state !== 'todo') complain(`it is ${item.state}`)
      item.state = 'doing'
      break
    case 'review':
      if (!open) complain(`it is ${item.state}`)
      item.state = 'doing'
      break
    case 'complete':
      if (!open) complain(`it is ${item.state}`)
      Object.assign(item, { state: 'done', doneAt: event.at })
      break
    case 'drop':
      if (!open) complain(`it is ${item.state}`)
      if ((event.reason === 'duplicate') !== (event.duplicateOf !== null)) complain('a duplicate has an original')
      if (event.duplicateOf !== null && !world.items.has(event.duplicateOf)) complain('its original is not there')
      item.state = 'dropped'
      break
    case 'reopen':
      if (open) complain('it is open')
      Object.assign(item, { state: 'todo', doneAt: null })
      break
    case 'setMilestone':
      if (event.milestone !== null) mustHaveMilestone(event.milestone)
      if (event.milestone === item.milestone) complain('the milestone is the same')
      item.milestone = event.milestone
      break
    case 'setParent': {
      const parent = event.parent === null ? null : world.items.get(event.parent)
      if (parent === undefined || parent?.gone || (parent && parent.container !== item.container))
        complain('its parent is not there')
      item.parent = event.parent
      break
    }
    case 'label':
      if (item.labels.includes(event.label)) complain('it has that label')
      item.labels.push(event.label)
      break
    case 'unlabel':
      if (!item.labels.includes(event.label)) complain('it does not have that label')
      item.labels = item.labels.filter((label) => label !== event.label)
      break
    case 'assign':
      item.assignee = event.person
      break
    case 'rename':
      item.title = event.title
      break
    case 'logWork':
      if (event.tracker !== 'jira') complain('GitHub knows no hours')
      if (event.startedAt > event.at) complain('logged before it was done')
      world.logged.push({ item: event.item, person: event.person, startedAt: event.startedAt, seconds: event.seconds })
      break
    case 'delete':
      item.gone = true
      break
    case 'move':
      Object.assign(item, { container: event.to, key: event.key, milestone: null, parent: null, components: [] })
      break
  }
}
