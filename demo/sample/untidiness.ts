import { addDays } from '../../src/model/time.ts'
import { type Act, doneAt, type Life, lastInstant, withAct, workingMoment } from './life.ts'
import type { Random } from './random.ts'
import { momentOf, shiftWorkdays } from './working-days.ts'
import type { Story } from './write-items.ts'

/** Real trackers are untidy: things are renamed, re-filed, handed on, closed twice, deleted. */
export const untidied = (lives: readonly Life[], story: Story): readonly Life[] => {
  const random = story.random.fork('untidiness')
  const changed = new Map(lives.map((life) => [life.ref, life]))
  const touched = new Set<string>()
  /** Acts on `count` lives that fit, each life once, on the day that `on` names. */
  const some = (count: number, fits: (life: Life) => boolean, act: (life: Life) => Act): void => {
    const fitting = random.shuffled([...changed.values()].filter((life) => !touched.has(life.ref) && fits(life)))
    for (const life of fitting.slice(0, count)) {
      touched.add(life.ref)
      changed.set(life.ref, withAct(life, act(life), story.horizon))
    }
  }
  const soonAfter = (life: Life, actor: string, deed: Act['deed']): Act => ({
    at: between(life, story, random),
    actor,
    deed,
  })
  const lately = (actor: string, deed: Act['deed'], daysAgo: number): Act => ({
    at: workingMoment(random, shiftWorkdays(addDays(story.anchor, -daysAgo), 0), null),
    actor,
    deed,
  })
  const waits = (life: Life): boolean =>
    life.acts.length === 0 && life.createdAt < momentOf(addDays(story.anchor, -45), 0)
  const quiet = (life: Life): boolean => life.origin !== 'epic' && roomFor(life, story)
  const inPhase = (phase: string) => (life: Life) => life.phase === phase && quiet(life)
  const github = (life: Life): boolean => life.container.includes('/')

  some(5, inPhase('cart'), (life) => soonAfter(life, 'ana', { kind: 'setMilestone', milestone: 'Hardening' }))
  some(
    1,
    (life) => inPhase('payments')(life) && life.parent === 'epic/payment-methods',
    (life) => soonAfter(life, 'mira', { kind: 'setParent', parent: 'epic/addresses' }),
  )
  some(
    6,
    (life) => inPhase('payments')(life) && life.parent === 'epic/payment-methods',
    (life) => soonAfter(life, 'mira', { kind: 'setParent', parent: 'epic/settlement' }),
  )
  some(2, inPhase('ingest'), (life) => soonAfter(life, 'tomas', { kind: 'setMilestone', milestone: 'Warehouse 1.0' }))
  some(
    2,
    (life) => life.phase === 'membership' && waits(life),
    () => lately('chloe', { kind: 'setMilestone', milestone: 'Alpha' }, 17),
  )
  some(
    2,
    (life) => life.phase === 'hardening' && quiet(life) && !github(life),
    (life) => soonAfter(life, 'priya', { kind: 'unlabel', label: 'checkout' }),
  )
  some(
    14,
    (life) => quiet(life) && life.origin !== 'stray',
    (life) => soonAfter(life, 'lena', { kind: 'rename', title: `${life.title}, ${random.pick(CLARIFIED)}` }),
  )
  some(
    10,
    (life) => quiet(life) && github(life),
    (life) => soonAfter(life, 'lena', { kind: 'label', label: 'customer feedback' }),
  )
  some(
    4,
    (life) => quiet(life) && life.labels.includes('accessibility'),
    (life) => soonAfter(life, 'ana', { kind: 'unlabel', label: 'accessibility' }),
  )
  some(
    6,
    (life) => quiet(life) && life.phase === 'ingest',
    (life) => soonAfter(life, 'lena', { kind: 'assign', person: 'noor' }),
  )
  some(
    5,
    (life) => quiet(life) && life.phase === 'shopping',
    (life) => soonAfter(life, 'lena', { kind: 'assign', person: 'chloe' }),
  )
  some(
    4,
    (life) => life.phase === 'metrics' && life.points !== null && waits(life),
    (life) => lately('yusuf', { kind: 'estimate', points: (life.points ?? 0) + 5 }, random.integer(3, 26)),
  )
  some(
    1,
    (life) => life.phase === 'warehouse' && doneAt(life) !== null && life.points !== null,
    (life) => lately('ines', { kind: 'estimate', points: (life.points ?? 0) + 2 }, 11),
  )
  some(
    1,
    (life) => life.phase === 'warehouse' && waits(life),
    () => lately('ines', { kind: 'delete' }, 20),
  )
  some(
    1,
    (life) => life.phase === 'shopping' && waits(life),
    () => lately('felix', { kind: 'delete' }, 31),
  )
  for (const [phase, count] of Object.entries({ warehouse: 2, metrics: 1, shopping: 1, membership: 1 }))
    some(
      count,
      (life) => life.phase === phase && waits(life),
      (life) => {
        const original = [...changed.values()].find(
          (other) => other.container === life.container && other.phase === phase && other.createdAt < life.createdAt,
        )
        return lately(
          'lena',
          { kind: 'drop', reason: 'duplicate', duplicateOf: original?.ref ?? null },
          random.integer(4, 40),
        )
      },
    )
  const parent = [...changed.values()].find((life) => life.phase === 'offline' && waits(life) && !touched.has(life.ref))
  if (parent) {
    touched.add(parent.ref)
    some(
      2,
      (life) => life.phase === 'offline' && waits(life),
      () => lately('chloe', { kind: 'setParent', parent: parent.ref }, 24),
    )
  }
  // The numbers after a move are given when all items are numbered.
  some(
    1,
    (life) => life.ref === 'stray/CORE/2',
    () => lately('lena', { kind: 'move', to: 'DATA', key: '' }, 9),
  )
  some(
    1,
    (life) => life.ref === 'stray/acme/web/2',
    () => lately('lena', { kind: 'move', to: 'acme/mobile', key: '' }, 34),
  )
  return [...changed.values()]
}

const CLARIFIED = [
  'as agreed with finance',
  'first version',
  'without the old theme',
  'as legal asked',
  'for all brands',
  'behind a switch',
]

/** Whether at least three quiet days lie between the item's creation and what happens to it first. */
const roomFor = (life: Life, story: Story): boolean => {
  const first = life.acts[0]?.at ?? story.horizon
  return Date.parse(first) - Date.parse(life.createdAt) > 8 * 86_400_000 && first < momentOf(story.liveFrom, 0)
}

/** A working moment between the item's creation and what happens to it first. */
const between = (life: Life, story: Story, random: Random): string => {
  const first = life.acts[0]?.at ?? lastInstant({ createdAt: story.horizon, acts: [] })
  const days = Math.floor((Date.parse(first) - Date.parse(life.createdAt)) / 86_400_000)
  const day = shiftWorkdays(addDays(life.createdAt.slice(0, 10), random.integer(1, Math.max(1, days - 6))), 0)
  return workingMoment(random, day, life.createdAt)
}
