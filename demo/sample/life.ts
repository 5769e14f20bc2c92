import type { IsoDate, IsoInstant } from '../../src/model/time.ts'
import type { ItemEvent, ItemType } from './events.ts'
import type { Random } from './random.ts'
import { momentOf } from './working-days.ts'

/** What happens to an item after it was created, without the item's name. */
export type Deed = ItemEvent extends infer E
  ? E extends { kind: 'create' }
    ? never
    : E extends unknown
      ? Omit<E, 'item'>
      : never
  : never

export interface Act {
  readonly at: IsoInstant
  readonly actor: string
  readonly deed: Deed
}

/** One item of the sample from its first day to its last. */
export interface Life {
  readonly ref: string
  readonly plan: string
  /** Phase in whose name it was written; `null` = belongs to no plan. */
  readonly phase: string | null
  readonly origin: 'listed' | 'wave' | 'added' | 'stray' | 'epic'
  readonly container: string
  readonly title: string
  readonly text: string
  readonly type: ItemType
  readonly points: number | null
  readonly labels: readonly string[]
  readonly components: readonly string[]
  readonly milestone: string | null
  readonly parent: string | null
  readonly assignee: string | null
  readonly reporter: string
  readonly due: IsoDate | null
  readonly createdAt: IsoInstant
  /** In order of time. */
  readonly acts: readonly Act[]
}

export const lastInstant = (life: Pick<Life, 'createdAt' | 'acts'>): IsoInstant =>
  life.acts.at(-1)?.at ?? life.createdAt

/** When the item was done for good; `null` = it is open, dropped or gone. */
export const doneAt = (life: Life): IsoInstant | null => {
  let done: IsoInstant | null = null
  for (const { at, deed } of life.acts) {
    if (deed.kind === 'complete') done = at
    if (deed.kind === 'reopen' || deed.kind === 'drop' || deed.kind === 'delete') done = null
  }
  return done
}

export const firstAct = (life: Life, kind: Deed['kind']): IsoInstant | null =>
  life.acts.find((act) => act.deed.kind === kind)?.at ?? null

/** A moment of a working day between nine and half past five, later than `after`. */
export const workingMoment = (random: Random, date: IsoDate, after: IsoInstant | null): IsoInstant => {
  const at = momentOf(date, random.integer(540, 1050) + random.integer(0, 59) / 60)
  if (after === null || at > after) return at
  return new Date(Date.parse(after) + random.integer(6, 55) * 60_000).toISOString()
}

/** The life with one more act; those that the story does not reach (`horizon`) are left out. */
export const withAct = (life: Life, act: Act, horizon: IsoInstant): Life =>
  act.at >= horizon
    ? life
    : { ...life, acts: [...life.acts, act].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)) }
