import { describe, expect, test } from 'vitest'
import { missingFact } from '../../src/ledger/missing-fact.ts'
import { projectItem } from '../../src/ledger/project-item.ts'
import { type PullTimes, reconcileFacts } from '../../src/ledger/reconcile-facts.ts'
import type { Fact, PulledItem } from '../../src/model/fact.ts'
import { BLANK_FIELDS, type ItemFields } from '../../src/model/work-item.ts'
import { changed, created, state, worked } from './build.ts'

const at = (day: string, time = '12:00:00') => `${day}T${time}.000Z`
const OPEN = { name: 'todo', state: 'todo' } as const
const DONE = { name: 'done', state: 'done' } as const

const pulled = (
  snapshot: Partial<ItemFields>,
  history: readonly Fact[] = [],
  given: Partial<PulledItem> = {},
): PulledItem => ({
  externalId: 'id-7',
  key: 'acme/web#7',
  url: 'https://tracker.test/7',
  createdAt: at('2026-03-01'),
  updatedAt: at('2026-03-01'),
  snapshot: { ...BLANK_FIELDS, title: 'Pay', status: OPEN, ...snapshot },
  history,
  completeHistory: [],
  ...given,
})

const first: PullTimes = { startedAt: at('2026-03-20'), previousStartedAt: null }
const second: PullTimes = { startedAt: at('2026-03-21'), previousStartedAt: at('2026-03-20') }

/** Active facts after a pull. */
const activeAfter = (stored: readonly Fact[], item: PulledItem, pull: PullTimes): readonly Fact[] => {
  const { assert, retract } = reconcileFacts(stored, item, pull)
  const gone = new Set(retract.map(({ key }) => key))
  return [...stored.filter(({ key }) => !gone.has(key)), ...assert]
}
const told = (facts: readonly Fact[], field: string) =>
  facts
    .filter((fact) => fact.field === field)
    .map(({ occurredAt, value, assumed }) => [occurredAt, value, ...(assumed ? ['assumed'] : [])])

describe('What no history tells is what a pull saw', () => {
  test('a first value counts since the item was created, and is marked assumed', () => {
    const facts = activeAfter([], pulled({ points: 5 }), first)
    expect(told(facts, 'points')).toEqual([[at('2026-03-01'), 5, 'assumed']])
    expect(told(facts, 'created')).toEqual([[at('2026-03-01'), null]])
  })

  test('a first value of a field whose history is complete is known, not assumed', () => {
    const facts = activeAfter([], pulled({ points: 5 }, [], { completeHistory: ['points'] }), first)
    expect(told(facts, 'points')).toEqual([[at('2026-03-01'), 5]])
  })

  test('a change is dated at the updated time of the tracker when that is newer than the last pull', () => {
    const stored = activeAfter([], pulled({ points: 5 }), first)
    const facts = activeAfter(stored, pulled({ points: 8 }, [], { updatedAt: at('2026-03-20', '18:30:00') }), second)
    expect(told(facts, 'points')).toEqual([
      [at('2026-03-01'), 5, 'assumed'],
      [at('2026-03-20', '18:30:00'), 8],
    ])
  })

  test('and at the pull when the tracker did not count it as an update', () => {
    const stored = activeAfter([], pulled({ points: 5 }), first)
    expect(told(activeAfter(stored, pulled({ points: 8 }), second), 'points').at(-1)).toEqual([at('2026-03-21'), 8])
  })

  test('a first value that appears at a later pull is a change, not a birth', () => {
    const stored = activeAfter([], pulled({ points: null }), first)
    expect(told(stored, 'points')).toEqual([])
    expect(told(activeAfter(stored, pulled({ points: 8 }), second), 'points')).toEqual([[at('2026-03-21'), 8]])
  })
})

describe('Clocks and births', () => {
  test('a change that the tracker dates before what is known comes directly after it', () => {
    const history = [changed('2026-03-25', 'points', 5)]
    const stored = activeAfter([], pulled({ points: 5 }, history), first)
    const facts = activeAfter(
      stored,
      pulled({ points: 8 }, history, { updatedAt: at('2026-03-20', '18:00:00') }),
      second,
    )
    expect(projectItem(facts).points).toBe(8)
    expect(told(facts, 'points').at(-1)).toEqual([at('2026-03-25'), 8])
  })

  test('an item is born once, also when its history tells the birth under a key of its own', () => {
    const birth: Fact = { ...created('2026-02-28'), key: 'event-1' }
    const facts = activeAfter([], pulled({}, [birth]), first)
    expect(told(facts, 'created')).toEqual([[at('2026-02-28'), null]])
  })
})

describe('History beats what a pull saw', () => {
  const seenDone = () => {
    const stored = activeAfter([], pulled({ status: OPEN }), {
      startedAt: at('2026-03-10', '09:00:00'),
      previousStartedAt: null,
    })
    return activeAfter(stored, pulled({ status: DONE }, [], { updatedAt: at('2026-03-10', '09:58:00') }), {
      startedAt: at('2026-03-10', '10:00:00'),
      previousStartedAt: at('2026-03-10', '09:00:00'),
    })
  }

  test('seen done at 09:58, changelog says 09:57:30: one completion, at 09:57:30', () => {
    const stored = seenDone()
    expect(projectItem(stored).closedAt).toBe(at('2026-03-10', '09:58:00'))
    const history = [state(at('2026-03-10', '09:57:30'), 'done')]
    const facts = activeAfter(stored, pulled({ status: DONE }, history, { updatedAt: at('2026-03-10', '09:58:00') }), {
      startedAt: at('2026-03-10', '11:00:00'),
      previousStartedAt: at('2026-03-10', '10:00:00'),
    })
    expect(projectItem(facts).closedAt).toBe(at('2026-03-10', '09:57:30'))
    expect(told(facts, 'status')).toEqual([
      [at('2026-03-01'), OPEN, 'assumed'],
      [at('2026-03-10', '09:57:30'), DONE],
    ])
  })

  test('the changelog may also be a little later than the update', () => {
    const facts = activeAfter(seenDone(), pulled({ status: DONE }, [state(at('2026-03-10', '09:58:30'), 'done')]), {
      startedAt: at('2026-03-10', '11:00:00'),
      previousStartedAt: at('2026-03-10', '10:00:00'),
    })
    expect(projectItem(facts).closedAt).toBe(at('2026-03-10', '09:58:30'))
  })

  test('a complete history replaces everything that was only seen', () => {
    const history = [state('2026-03-01', 'todo'), state('2026-03-05', 'done')]
    const facts = activeAfter(seenDone(), pulled({ status: OPEN }, history, { completeHistory: ['status'] }), second)
    expect(told(facts, 'status')).toEqual([
      [at('2026-03-01'), OPEN],
      [at('2026-03-05'), DONE],
    ])
  })
})

describe('A pull restates the whole history', () => {
  const history = [
    created('2026-03-01'),
    state('2026-03-04', 'doing'),
    state('2026-03-10', 'done'),
    worked('2026-03-05', '1', 3600),
  ]
  const item = pulled({ status: DONE, points: 5, labels: ['api'] }, history)

  test('pulling the same thing twice says nothing new, though a database may have reordered keys', () => {
    const stored = activeAfter([], item, first)
    const reordered = stored.map((fact) =>
      fact.field === 'status' ? { ...fact, value: { state: fact.value.state, name: fact.value.name } } : fact,
    )
    expect(stored.length).toBeGreaterThan(6)
    expect(reconcileFacts(reordered, item, second)).toEqual({ retract: [], assert: [] })
  })

  test('what it no longer tells is taken back', () => {
    const stored = activeAfter([], item, first)
    const { retract, assert } = reconcileFacts(
      stored,
      pulled({ status: DONE, points: 5, labels: ['api'] }, history.slice(0, 3)),
      second,
    )
    expect(retract.map(({ key }) => key)).toEqual(['worklog:1'])
    expect(assert).toEqual([])
  })

  test('a worklog that was edited keeps its key and changes its value', () => {
    const stored = activeAfter([], item, first)
    const edited = [...history.slice(0, 3), worked('2026-03-05', '1', 7200)]
    const change = reconcileFacts(stored, { ...item, history: edited }, second)
    expect(change.retract.map(({ key, value }) => [key, value])).toEqual([
      ['worklog:1', expect.objectContaining({ seconds: 3600 })],
    ])
    expect(change.assert.map(({ key, value }) => [key, value])).toEqual([
      ['worklog:1', expect.objectContaining({ seconds: 7200 })],
    ])
    expect(projectItem(activeAfter(stored, { ...item, history: edited }, second)).loggedSeconds).toBe(7200)
  })

  test('a pull begun at 10:00 (open) that arrives after one begun at 10:01 (done) takes nothing back', () => {
    const newer = { startedAt: at('2026-03-20', '10:01:00'), previousStartedAt: null }
    const older = { startedAt: at('2026-03-20', '10:00:00'), previousStartedAt: at('2026-03-20', '10:01:00') }
    const stored = activeAfter([], item, newer)
    const open = pulled({ status: OPEN, labels: [] }, [created('2026-03-01'), state('2026-03-03', 'doing')])
    const change = reconcileFacts(stored, open, older)
    expect(change.retract).toEqual([])
    expect(change.assert.map(({ field, occurredAt }) => [field, occurredAt])).toEqual([['status', at('2026-03-03')]])
    expect(projectItem(activeAfter(stored, open, older)).status).toEqual(DONE)
  })
})

describe('An item that is gone', () => {
  test('is gone since the pull that did not find it, and back when a pull finds it again', () => {
    const stored = activeAfter([], pulled({}), first)
    const gone = [...stored, missingFact('invisible', at('2026-03-21'))]
    expect(projectItem(gone).presence).toBe('invisible')
    const back = activeAfter(gone, pulled({}), { startedAt: at('2026-03-22'), previousStartedAt: at('2026-03-21') })
    expect(told(back, 'presence')).toEqual([
      [at('2026-03-21'), 'invisible'],
      [at('2026-03-22'), 'present'],
    ])
  })
})

describe('The present row of an item', () => {
  test('closed on 03-10, renamed to another done status on 04-20: closed since 03-10', () => {
    const facts = [
      created('2026-03-01'),
      changed('2026-03-10', 'status', DONE),
      changed('2026-04-20', 'status', { name: 'Closed', state: 'done' }),
    ]
    expect(projectItem(facts)).toMatchObject({
      createdAt: at('2026-03-01'),
      closedAt: at('2026-03-10'),
      status: { name: 'Closed' },
    })
  })
  test('reopened it is not closed; closed again it is closed since then', () => {
    const facts = [created('2026-03-01'), state('2026-03-10', 'done'), state('2026-03-12', 'todo')]
    expect(projectItem(facts).closedAt).toBeNull()
    expect(projectItem([...facts, state('2026-03-15', 'dropped')]).closedAt).toBe(at('2026-03-15'))
  })
  test('time logged is the sum of what still stands', () => {
    expect(
      projectItem([created('2026-03-01'), worked('2026-03-02', 'a', 60), worked('2026-03-03', 'b', null)])
        .loggedSeconds,
    ).toBe(60)
  })
})
