import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { projectItem } from '../../src/ledger/project-item.ts'
import { reconcileFacts } from '../../src/ledger/reconcile-facts.ts'
import { canonical } from '../../src/ledger/same-value.ts'
import { type Fact, type PulledItem, byOccurrence } from '../../src/model/fact.ts'
import { BLANK_FIELDS, type ItemField, type ItemFields, type WorkState } from '../../src/model/work-item.ts'
import { changed, created, state, worked } from './build.ts'

const minute = (n: number) =>
  `2026-03-02T${String(Math.floor(n / 60)).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}:00.000Z`

/** What really happened to an item, minute by minute; the tracker tells all of it or hides the history of some fields. */
const lives = fc
  .array(
    fc.oneof(
      fc.constantFrom<WorkState>('todo', 'doing', 'done', 'dropped').map((to) => (at: string) => state(at, to)),
      fc.constantFrom(null, 1, 2, 3).map((points) => (at: string) => changed(at, 'points', points)),
      fc.constantFrom(['a'], ['b'], []).map((labels) => (at: string) => changed(at, 'labels', labels)),
      fc.nat(2).map((id) => (at: string) => worked(at, String(id), Number(at.slice(14, 16)) * 60)),
    ),
    { maxLength: 12 },
  )
  .map((events) => [created(minute(0)), ...events.map((happens, index) => happens(minute(10 * index + 5)))])

/** The item as a pull begun at a minute finds it: the snapshot is true, the history leaves out hidden fields. */
const pullAt = (life: readonly Fact[], at: number, hidden: readonly ItemField[]): PulledItem => {
  const past = life.filter(({ occurredAt }) => occurredAt <= minute(at))
  const logged = new Map(past.filter(({ field }) => field === 'worklog').map((fact) => [fact.key, fact]))
  let snapshot: ItemFields = BLANK_FIELDS
  for (const fact of past)
    if (fact.field !== 'created' && fact.field !== 'worklog') snapshot = { ...snapshot, [fact.field]: fact.value }
  return {
    externalId: 'id-1',
    key: 'acme/web#1',
    url: 'https://tracker.test/1',
    createdAt: minute(0),
    updatedAt: past.at(-1)!.occurredAt,
    snapshot,
    history: [
      ...past.filter(({ field }) => field !== 'worklog' && !hidden.some((name) => name === field)),
      ...logged.values(),
    ],
    completeHistory: (['status', 'points', 'labels'] as const).filter((field) => !hidden.includes(field)),
  }
}

/** Active facts after pulls that began at these minutes were stored in this order. */
const afterPulls = (
  life: readonly Fact[],
  minutes: readonly number[],
  hidden: readonly ItemField[],
): readonly Fact[] => {
  let stored: readonly Fact[] = []
  let newest: number | null = null
  for (const at of minutes) {
    const pull = { startedAt: minute(at), previousStartedAt: newest === null ? null : minute(newest) }
    const { assert, retract } = reconcileFacts(stored, pullAt(life, at, hidden), pull)
    if (newest !== null && at < newest) expect(retract).toEqual([])
    const gone = new Set(retract.map(({ key }) => key))
    stored = [...stored.filter(({ key }) => !gone.has(key)), ...assert]
    expect(new Set(stored.map(({ key }) => key)).size, 'one active fact per key').toBe(stored.length)
    newest = Math.max(newest ?? 0, at)
  }
  return stored
}

const minutes = fc.array(fc.integer({ min: 1, max: 130 }), { maxLength: 8 })
const NOW = 131

describe('Facts converge on what the tracker tells', () => {
  test('with a whole history, pulls in any order end in the same facts as one pull', () => {
    fc.assert(
      fc.property(lives, minutes, (life, earlier) => {
        const facts = (pulls: readonly number[]) => [...afterPulls(life, pulls, [])].sort(byOccurrence).map(canonical)
        expect(facts([...earlier, NOW])).toEqual(facts([NOW]))
      }),
      { numRuns: 300 },
    )
  })

  test('with a hidden history, the present is still what the newest pull saw, and pulling again says nothing', () => {
    fc.assert(
      fc.property(lives, minutes, fc.subarray<ItemField>(['status', 'points', 'labels']), (life, earlier, hidden) => {
        const pulled = pullAt(life, NOW, hidden)
        const stored = afterPulls(life, [...earlier, NOW], hidden)
        const { status, points, labels } = projectItem(stored)
        expect({ status, points, labels }).toEqual({
          status: pulled.snapshot.status,
          points: pulled.snapshot.points,
          labels: pulled.snapshot.labels,
        })
        const again = { startedAt: minute(NOW + 1), previousStartedAt: minute(NOW) }
        expect(reconcileFacts(stored, pulled, again)).toEqual({ retract: [], assert: [] })
      }),
      { numRuns: 300 },
    )
  })
})
