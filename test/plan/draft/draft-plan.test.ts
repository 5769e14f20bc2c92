import { describe, expect, test } from 'vitest'
import type { Milestone } from '../../../src/model/work-item.ts'
import { idFrom } from '../../../src/plan/draft/blank-plan.ts'
import { draftPlan } from '../../../src/plan/draft/draft-plan.ts'
import type { TrackedItem, TrackedSource } from '../../../src/plan/draft/tracked-work.ts'
import { exportSetup } from '../../../src/plan/setup/export-setup.ts'
import { parseSetup } from '../../../src/plan/setup/parse-setup.ts'
import { EMPTY_SETUP } from '../../../src/plan/setup/setup.ts'
import { trackers } from '../setup/trackers.ts'

const request = { id: 'checkout', name: 'Checkout', zone: 'Europe/Berlin', today: '2026-05-04' }

const milestone = (title: string, given: Partial<Milestone> = {}): Milestone => ({
  id: title,
  title,
  url: null,
  start: null,
  due: null,
  closedAt: null,
  state: 'open',
  ...given,
})

const item = (key: string, given: Partial<TrackedItem> = {}): TrackedItem => ({
  key,
  title: `Item ${key}`,
  type: null,
  state: 'todo',
  createdAt: '2026-03-02T09:00:00Z',
  closedAt: null,
  milestones: [],
  parent: null,
  points: null,
  estimateSeconds: null,
  due: null,
  ...given,
})

const source = (id: string, milestones: readonly Milestone[], items: readonly TrackedItem[]): TrackedSource => ({
  id,
  milestones,
  items,
})

describe('phases from milestones', () => {
  const web = source(
    'web',
    [milestone('v2.0', { due: '2026-06-26' }), milestone('v1.0', { due: '2026-03-31', start: '2026-02-02' })],
    [
      item('web#1', { milestones: ['v1.0'], state: 'done' }),
      item('web#2', { milestones: ['v2.0'] }),
      item('web#3', { milestones: ['v2.0'], state: 'dropped' }),
      item('web#4'),
    ],
  )
  const core = source('core', [milestone('V2.0', { due: '2026-07-03' })], [item('CORE-1', { milestones: ['V2.0'] })])
  const draft = draftPlan([web, core], request)

  test('stand in the order of their due days, one per title across trackers', () => {
    expect(draft.plan.phases.map(({ id, name, start, finish, map }) => ({ id, name, start, finish, map }))).toEqual([
      {
        id: 'v1.0',
        name: 'v1.0',
        start: '2026-02-02',
        finish: '2026-03-31',
        map: [{ source: ['web'], milestone: ['v1.0'] }],
      },
      {
        id: 'v2.0',
        name: 'v2.0',
        start: '2026-04-01',
        finish: '2026-07-03',
        map: [
          { source: ['web'], milestone: ['v2.0'] },
          { source: ['core'], milestone: ['V2.0'] },
        ],
      },
    ])
  })

  test('tell what stands behind them, without what was dropped', () => {
    expect(draft.evidence).toEqual([
      { phase: 'v1.0', items: 1, done: 1, size: 1, unestimated: 0 },
      { phase: 'v2.0', items: 2, done: 0, size: 2, unestimated: 0 },
    ])
  })

  test('say what was guessed and why', () => {
    expect(draft.remarks).toEqual([
      'Unit items: every item counts as one, because none has an estimate in points.',
      '"v2.0" has no start date; taken is 2026-04-01, the day after "v1.0" is due.',
      '1 item of 4 belong to none of these phases; they stay listed as unmapped until a rule takes them.',
    ])
  })

  test('can be written, edited and read back as a set-up', () => {
    const text = exportSetup({ ...EMPTY_SETUP, plans: [draft.plan] })
    const present = {
      ...EMPTY_SETUP,
      sources: ['web', 'core'].map((id) => ({ id, connection: 'acme', settings: {} })),
    }
    expect(parseSetup([{ name: 'draft.yaml', text }], {}, { trackers, present }).plans).toEqual([draft.plan])
  })
})

describe('the unit', () => {
  const unitOf = (items: readonly TrackedItem[]) => {
    const { plan, remarks } = draftPlan([source('web', [], items)], request)
    return { unit: plan.unit, missingSize: plan.missingSize, remark: remarks[0] }
  }

  test('is points when more than half of the items have them; the rest weigh the median', () => {
    expect(unitOf([item('1', { points: 2 }), item('2', { points: 3 }), item('3', { points: 8 }), item('4')])).toEqual({
      unit: 'points',
      missingSize: 3,
      remark: 'Unit points: 3 of 4 items are estimated in points. The others weigh 3, the median, and stay flagged.',
    })
  })

  test('is hours when only times are estimated', () => {
    expect(unitOf([item('1', { estimateSeconds: 7200 }), item('2', { estimateSeconds: 14400 })])).toMatchObject({
      unit: 'hours',
      missingSize: 2,
    })
  })

  test('is items when half or fewer are estimated', () => {
    expect(unitOf([item('1', { points: 2 }), item('2')])).toEqual({
      unit: 'items',
      missingSize: 1,
      remark: 'Unit items: every item counts as one, because only 1 of 2 have an estimate in points.',
    })
  })

  test('a parent of items is no item to estimate', () => {
    expect(unitOf([item('epic'), item('1', { points: 2, parent: 'epic' })])).toMatchObject({ unit: 'points' })
  })
})

describe('phases from epics', () => {
  const children = (count: number, given: Partial<TrackedItem> = {}) =>
    Array.from({ length: count }, (_, index) => item(`CORE-${index + 2}`, { parent: 'CORE-1', ...given }))
  const titles = (items: readonly TrackedItem[], milestones: readonly Milestone[] = []) =>
    draftPlan([source('core', milestones, items)], request).plan.phases.map(({ name }) => name)
  const epic = item('CORE-1', { title: 'Payments', due: '2026-06-30' })

  test('an epic with three free items is a phase with a rule for its children', () => {
    const { plan } = draftPlan([source('core', [], [epic, ...children(3)])], request)
    expect(plan.phases).toMatchObject([
      {
        id: 'payments',
        name: 'Payments',
        start: '2026-03-02',
        finish: '2026-06-30',
        map: [{ source: ['core'], epic: ['CORE-1'] }],
      },
    ])
  })

  test('an epic whose items have milestones already is none', () => {
    expect(titles([epic, ...children(3, { milestones: ['v1'] })], [milestone('v1')])).toEqual(['v1'])
  })

  test('a parent of two is a task, and a parent inside an epic is a story', () => {
    expect(titles([epic, ...children(2)])).toEqual(['core'])
    const story = item('CORE-9', { parent: 'CORE-1', title: 'Story' })
    const subtasks = [10, 11, 12].map((no) => item(`CORE-${no}`, { parent: 'CORE-9' }))
    expect(titles([epic, ...children(3), story, ...subtasks])).toEqual(['Payments'])
  })
})

describe('what trackers do not tell', () => {
  test('stays empty and is said', () => {
    const { plan, remarks } = draftPlan([source('web', [milestone('Someday')], [])], request)
    expect(plan.phases).toMatchObject([{ id: 'someday', start: null, finish: null, size: null }])
    expect(remarks.slice(1)).toEqual([
      '"Someday" has no due date: write its finish, or it has no planned value.',
      '"Someday" has no items yet: write its size, or nothing can be earned until they exist.',
      '"Someday" has no start date: write its start, or it has no planned value.',
    ])
  })

  test('a source without milestones and epics is one phase', () => {
    expect(draftPlan([source('web', [], [item('web#1')])], request).plan.phases).toMatchObject([
      { id: 'web', start: '2026-03-02', finish: null, map: [{ source: ['web'] }] },
    ])
  })

  test('nothing at all is a plan without phases', () => {
    expect(draftPlan([source('web', [], [])], request).plan.phases).toEqual([])
  })
})

describe('too many phases', () => {
  test('what closed more than a year ago is left out, and so are the smallest closed ones', () => {
    const closed = (no: number, day: string) =>
      milestone(`v${no}`, { state: 'closed', closedAt: `${day}T12:00:00Z`, due: day })
    const many = Array.from({ length: 30 }, (_, no) => closed(no, `2026-01-${String(no + 1).padStart(2, '0')}`))
    const items = many.flatMap(({ title }, no) =>
      Array.from({ length: no + 1 }, (_, index) => item(`${title}-${index}`, { milestones: [title], state: 'done' })),
    )
    const ancient = item('old', { milestones: ['v99'], state: 'done' })
    const { plan, remarks } = draftPlan(
      [source('web', [...many, closed(99, '2024-01-31')], [...items, ancient])],
      request,
    )
    expect(plan.phases.map(({ name }) => name)).toEqual(Array.from({ length: 24 }, (_, index) => `v${index + 6}`))
    expect(remarks).toContain('1 phase closed more than a year ago is left out.')
    expect(remarks).toContain(
      'Only the 24 open and largest of 30 possible phases are drafted; add rules for the others if they belong to the plan.',
    )
  })
})

test.each([
  { title: 'Größe & Gewicht 2.0', id: 'grosse-gewicht-2.0' },
  { title: '  v2.0-beta  ', id: 'v2.0-beta' },
  { title: '決済', id: 'phase' },
])('the id of "$title" is $id', ({ title, id }) => {
  expect(idFrom(title, new Set())).toBe(id)
})

test('the same title twice gets two ids', () => {
  const taken = new Set<string>()
  expect([idFrom('Beta', taken), idFrom('beta!', taken)]).toEqual(['beta', 'beta-2'])
})
