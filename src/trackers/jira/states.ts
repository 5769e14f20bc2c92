import type { Status, WorkState } from '../../model/work-item.ts'
import { textOf } from './raw.ts'

/** Resolutions that close an item without its being done, unless a source lists its own. */
export const DROPPED_RESOLUTIONS = [
  "Won't Do",
  "Won't Fix",
  'Duplicate',
  'Cannot Reproduce',
  'Invalid',
  'Not A Problem',
  'Obsolete',
  'Incomplete',
  'Declined',
  'Abandoned',
  'Cancelled',
  'Canceled',
  'Rejected',
  'Withdrawn',
  'Superseded',
  'Out of Scope',
  'Not A Bug',
  'Works For Me',
  'As Designed',
  'Works As Designed',
  "Can't Reproduce",
  'Unable To Reproduce',
  'Will Not Do',
  'Will Not Fix',
  'Later',
  'Deferred',
  'Postponed',
] as const

export interface KnownStatus {
  readonly name: string
  readonly category: WorkState
}

/** What the statuses of a site mean. By id where the id is known, else by name: past statuses may be gone. */
export interface StatusBook {
  readonly byId: Map<string, KnownStatus>
  readonly byName: Map<string, KnownStatus>
}

export const emptyStatusBook = (): StatusBook => ({ byId: new Map(), byName: new Map() })

/** Learns a status object as Jira gives it. What is known already stays. */
export const learnStatus = (book: StatusBook, status: unknown): void => {
  if (typeof status !== 'object' || status === null) return
  const { id, name, statusCategory } = status as {
    id?: unknown
    name?: unknown
    statusCategory?: { key?: unknown } | null
  }
  const category = CATEGORIES[String(statusCategory?.key)]
  if (category === undefined || typeof name !== 'string') return
  const known = { name: textOf(name), category }
  if (id !== undefined && !book.byId.has(String(id))) book.byId.set(String(id), known)
  if (!book.byName.has(normalName(name))) book.byName.set(normalName(name), known)
}

/**
 * What a status with a resolution means. The category decides; a done item is dropped when its resolution (or, for
 * projects without resolutions, the name of the status itself) says that it was not done.
 */
export const statusOf = (
  book: StatusBook,
  dropped: ReadonlySet<string>,
  status: { readonly id: string | null; readonly name: string },
  resolution: string | null,
): Status => {
  const known = (status.id === null ? undefined : book.byId.get(status.id)) ?? book.byName.get(normalName(status.name))
  const name = known?.name ?? status.name
  const category = known?.category ?? guessFromName(status.name)
  const notDone = dropped.has(normalName(name)) || (resolution !== null && dropped.has(normalName(resolution)))
  return { name, state: category === 'done' && notDone ? 'dropped' : category }
}

/** `Won’t  Do`, `wont do` and `WON'T DO` are one name. */
export const normalName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/['’`´]/g, '')
    .replace(/[\s_-]+/g, ' ')
    .trim()

const CATEGORIES: Readonly<Record<string, WorkState>> = {
  new: 'todo',
  undefined: 'todo',
  indeterminate: 'doing',
  done: 'done',
}

/** A status that was deleted since and that no present item has: its name is all that is left of it. */
const guessFromName = (name: string): WorkState =>
  /\b(done|closed?|resolved|completed?|released|finished|verified|deployed)\b/i.test(name)
    ? 'done'
    : /progress|review|doing|develop|test|\bqa\b|implement|started|blocked/i.test(name)
      ? 'doing'
      : 'todo'
