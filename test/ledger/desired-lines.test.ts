import { describe, expect, test } from 'vitest'
import { desiredLines } from '../../src/ledger/desired-lines.ts'
import { ledgerContext } from '../../src/ledger/ledger-context.ts'
import type { Fact } from '../../src/model/fact.ts'
import type { PlanDocument } from '../../src/model/plan.ts'
import { BUILD, LAUNCH, born, changed, created, item, phase, plan, state, told } from './build.ts'

const TWO_PHASES = plan([BUILD, LAUNCH])
const lines = (facts: readonly Fact[], of: PlanDocument = TWO_PHASES) =>
  desiredLines(item(7, facts), ledgerContext(of)).map(told)

describe('An item tells its life in lines of one cause each', () => {
  test('it is added with its first estimate, started and completed', () => {
    expect(
      lines([...born('2026-03-02', 'build', 5), state('2026-03-04', 'doing'), state('2026-03-10', 'done')]),
    ).toEqual([
      '2026-03-02 1 added: items +1, size +5',
      '2026-03-04 1 started: doing +1',
      '2026-03-10 1 completed: doing -1, done +1, doneSize +5',
    ])
  })

  test('an item that no rule takes has no lines', () => {
    expect(lines(born('2026-03-02', 'other', 5))).toEqual([])
  })

  test('an estimate that comes later is an estimate, whatever order the facts are in', () => {
    const facts = [
      ...born('2026-03-01', 'build', null),
      changed('2026-03-03', 'points', 5),
      changed('2026-03-02', 'points', 3),
    ]
    const expected = [
      '2026-03-01 1 added: items +1, unestimated +1, size +1',
      '2026-03-02 1 estimated: unestimated -1, size +2',
      '2026-03-03 1 estimated: size +2',
    ]
    expect(lines(facts)).toEqual(expected)
    expect(lines([...facts].reverse())).toEqual(expected)
  })

  test('an estimate of 0 is an estimate', () => {
    expect(lines(born('2026-03-01', 'build', 0))).toEqual(['2026-03-01 1 added: items +1'])
  })

  test('in hours the time estimate counts, in items every item is one', () => {
    const facts = [...born('2026-03-01', 'build', 5), changed('2026-03-01', 'estimateSeconds', 5400)]
    expect(lines(facts, plan([BUILD], { unit: 'hours' }))).toEqual(['2026-03-01 1 added: items +1, size +1.5'])
    expect(lines(facts, plan([BUILD], { unit: 'items', missingSize: 3 }))).toEqual([
      '2026-03-01 1 added: items +1, size +1',
    ])
  })

  test('reopened gives back, done again counts again', () => {
    expect(
      lines([
        ...born('2026-03-02', 'build', 5),
        state('2026-03-03', 'done'),
        state('2026-03-05', 'doing'),
        state('2026-03-09', 'done'),
      ]),
    ).toEqual([
      '2026-03-02 1 added: items +1, size +5',
      '2026-03-03 1 completed: done +1, doneSize +5',
      '2026-03-05 1 reopened: doing +1, done -1, doneSize -5',
      '2026-03-09 1 completed: doing -1, done +1, doneSize +5',
    ])
  })

  test('done on 03-10 and closed on 04-20, both of them done: it is done since 03-10', () => {
    const facts = [
      ...born('2026-03-02', 'build', 5),
      changed('2026-03-10', 'status', { name: 'Done', state: 'done' }),
      changed('2026-04-20', 'status', { name: 'Closed', state: 'done' }),
    ]
    expect(lines(facts).at(-1)).toBe('2026-03-10 1 completed: done +1, doneSize +5')
  })

  test('dropped leaves scope and earns nothing; reopened brings it back', () => {
    expect(
      lines([...born('2026-03-02', 'build', 5), state('2026-03-04', 'dropped'), state('2026-03-06', 'todo')]),
    ).toEqual([
      '2026-03-02 1 added: items +1, size +5',
      '2026-03-04 1 dropped: items -1, dropped +1, size -5',
      '2026-03-06 1 reopened: items +1, dropped -1, size +5',
    ])
  })

  test('done and then declared dropped is reopened first, so that completions minus reopenings count it once', () => {
    expect(
      lines([...born('2026-03-02', 'build', 5), state('2026-03-04', 'done'), state('2026-03-06', 'dropped')]).slice(2),
    ).toEqual(['2026-03-06 1 reopened: done -1, doneSize -5', '2026-03-06 1 dropped: items -1, dropped +1, size -5'])
  })

  test('an item that is already done when it appears is added and completed', () => {
    expect(lines([...born('2026-03-02', 'build', 5), state('2026-03-02', 'done')])).toEqual([
      '2026-03-02 1 added: items +1, size +5',
      '2026-03-02 1 completed: done +1, doneSize +5',
    ])
  })

  test('work that was done before it came into the plan counts from the day it came, and tells when it was done', () => {
    const closing = state('2026-03-04', 'done')
    const facts = [...born('2026-03-02', 'other', 5), closing, changed('2026-04-01', 'labels', ['build'])]
    expect(lines(facts)).toEqual([
      '2026-04-01 1 added: items +1, size +5',
      '2026-04-01 1 completed: done +1, doneSize +5',
    ])
    const completed = desiredLines(item(7, facts), ledgerContext(TWO_PHASES)).at(-1)
    expect([completed?.occurredAt, completed?.factKey]).toEqual([closing.occurredAt, closing.key])
  })

  test('closed and reopened within the same second are both told, in the order of the tracker', () => {
    const at = '2026-03-04T10:00:00.000Z'
    const closed: Fact = { ...state(at, 'done'), sequence: 1, key: 'e2' }
    const reopened: Fact = { ...state(at, 'todo'), sequence: 2, key: 'e1' }
    expect(lines([...born('2026-03-02', 'build', 5), reopened, closed]).slice(1)).toEqual([
      '2026-03-04 1 completed: done +1, doneSize +5',
      '2026-03-04 1 reopened: done -1, doneSize -5',
    ])
  })
})

describe('An item that moves takes its state with it', () => {
  test('with two lines, and no addition or removal', () => {
    expect(
      lines([
        ...born('2026-03-02', 'build', 5),
        changed('2026-04-01', 'labels', ['launch']),
        state('2026-04-20', 'done'),
      ]),
    ).toEqual([
      '2026-03-02 1 added: items +1, size +5',
      '2026-04-01 1 moved: items -1, size -5',
      '2026-04-01 2 moved: items +1, size +5',
      '2026-04-20 2 completed: done +1, doneSize +5',
    ])
  })

  test('out of every rule it is removed', () => {
    expect(lines([...born('2026-03-02', 'build', 5), changed('2026-04-01', 'labels', [])]).at(-1)).toBe(
      '2026-04-01 1 removed: items -1, size -5',
    )
  })

  test('by a rule that is dated, on the day the rule says', () => {
    const reorganised = plan([phase(2, 'launch', { map: [{ label: ['build'], from: '2026-05-10' }] }), BUILD])
    const facts = [...born('2026-03-02', 'build', 5), state('2026-03-10', 'done')]
    expect(lines(facts, reorganised)).toEqual([
      '2026-03-02 1 added: items +1, size +5',
      '2026-03-10 1 completed: done +1, doneSize +5',
      '2026-05-10 1 moved: items -1, done -1, size -5, doneSize -5',
      '2026-05-10 2 moved: items +1, done +1, size +5, doneSize +5',
    ])
  })

  test('by a rule that is not dated, it was always there: rules are knowledge', () => {
    const refiled = plan([phase(2, 'launch', { map: [{ label: ['build'] }] })])
    expect(lines([...born('2026-03-02', 'build', 5), state('2026-03-10', 'done')], refiled)).toEqual([
      '2026-03-02 2 added: items +1, size +5',
      '2026-03-10 2 completed: done +1, doneSize +5',
    ])
  })
})

describe('What the tracker no longer shows', () => {
  test.each(['deleted', 'moved', 'archived', 'invisible'] as const)(
    '%s before it was done leaves scope',
    (presence) => {
      expect(lines([...born('2026-03-02', 'build', 5), changed('2026-06-01', 'presence', presence)]).at(-1)).toBe(
        '2026-06-01 1 deleted: items -1, size -5',
      )
    },
  )
  test('deleted after it was done stays done: a June clean-up does not take April back', () => {
    const facts = [...born('2026-03-02', 'build', 5), state('2026-04-10', 'done')]
    expect(lines([...facts, changed('2026-06-01', 'presence', 'deleted')])).toEqual(lines(facts))
  })
  test('seen again it is added again', () => {
    const gone = [...born('2026-03-02', 'build', 5), changed('2026-06-01', 'presence', 'invisible')]
    expect(lines([...gone, changed('2026-06-05', 'presence', 'present')]).at(-1)).toBe(
      '2026-06-05 1 added: items +1, size +5',
    )
  })
})

describe('The day of a line', () => {
  test('is the day in the zone of the plan', () => {
    const facts = [created('2026-03-02T23:30:00.000Z'), changed('2026-03-02T23:30:00.000Z', 'labels', ['build'])]
    expect(lines(facts, plan([BUILD], { zone: 'Europe/Berlin' }))[0]).toMatch(/^2026-03-03/)
    expect(lines(facts, plan([BUILD], { zone: 'America/New_York' }))[0]).toMatch(/^2026-03-02/)
  })
})
