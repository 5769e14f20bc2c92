import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { finishVarianceDays, startVarianceDays } from '../../src/measures/date-variance.ts'
import { type PhaseOutlook, expectedFinish } from '../../src/measures/expected-finish.ts'
import { leafLinks } from '../../src/measures/leaf-links.ts'
import { pace, paceWindow, plannedDaysLeft } from '../../src/measures/pace.ts'
import { scheduleOnCalendar } from '../../src/measures/schedule-on-calendar.ts'
import { workingRuler } from '../../src/measures/working-ruler.ts'
import { MONDAY_TO_FRIDAY, addWorkingDays, isWorkingDay } from '../../src/model/calendar.ts'
import type { PhaseLink } from '../../src/model/plan.ts'
import { known, unknown } from '../../src/model/reason.ts'
import { addDays } from '../../src/model/time.ts'

const calendar = MONDAY_TO_FRIDAY
const asOf = '2026-03-06' // a Friday
const link = (phase: string, type: PhaseLink['type'] = 'FS', lagDays = 0): PhaseLink => ({ phase, type, lagDays })

const outlook = (id: string, given: Partial<PhaseOutlook> = {}): PhaseOutlook => ({
  id,
  after: [],
  remaining: known(10),
  pacePerDay: 2,
  plannedDaysLeft: null,
  plannedStart: '2026-03-02',
  actualStart: null,
  finishedOn: null,
  ...given,
})
const at = (phases: readonly PhaseOutlook[]) => expectedFinish(phases, { calendar, asOf })
const finishOf = (phases: readonly PhaseOutlook[], id: string) => at(phases).phases.get(id)!.finish

describe('expected finish', () => {
  test('what is left goes on after the status date at the pace: 10 at 2 a day is the next Friday', () => {
    expect(finishOf([outlook('a', { actualStart: '2026-03-02' })], 'a')).toEqual(known('2026-03-13'))
  })

  test('part of a day takes the day, and holidays take none', () => {
    const phases = [outlook('a', { remaining: known(9), actualStart: '2026-03-02' })]
    expect(finishOf(phases, 'a')).toEqual(known('2026-03-13'))
    const holiday = { ...calendar, exceptions: { '2026-03-10': 0 } }
    const dates = expectedFinish(phases, { calendar: holiday, asOf }).phases.get('a')!
    expect(dates.finish).toEqual(known('2026-03-16'))
  })

  test('not started: not before its planned start, nor in the past', () => {
    expect(finishOf([outlook('a', { plannedStart: '2026-03-16' })], 'a')).toEqual(known('2026-03-20'))
    expect(at([outlook('a')]).phases.get('a')!.start).toEqual(known('2026-03-09'))
  })

  test('not started: it waits for what it depends on, lag in working days', () => {
    const phases = [outlook('a', { actualStart: '2026-03-02' }), outlook('b', { after: [link('a', 'FS', 2)] })]
    expect(at(phases).phases.get('b')).toMatchObject({
      start: known('2026-03-18'),
      finish: known('2026-03-24'),
      critical: known(true),
    })
    expect(at(phases).finish).toEqual(known('2026-03-24'))
  })

  test('started: it goes on whatever its links say', () => {
    const phases = [outlook('a'), outlook('b', { after: [link('a')], actualStart: '2026-03-03', remaining: known(2) })]
    expect(finishOf(phases, 'b')).toEqual(known('2026-03-09'))
  })

  test('finished: the day it was finished, without float', () => {
    const phases = [
      outlook('a', { finishedOn: '2026-03-04', actualStart: '2026-03-02' }),
      outlook('b', { after: [link('a')] }),
    ]
    expect(at(phases).phases.get('a')).toEqual({
      start: known('2026-03-02'),
      finish: known('2026-03-04'),
      totalFloatDays: unknown('alreadyFinished'),
      critical: known(false),
    })
  })

  test('float is counted in working days up to the end of the plan', () => {
    const phases = [outlook('a'), outlook('b', { after: [link('a')] }), outlook('c', { remaining: known(4) })]
    expect(at(phases).phases.get('c')).toMatchObject({ totalFloatDays: known(8), critical: known(false) })
    expect(at(phases).phases.get('a')).toMatchObject({ totalFloatDays: known(0), critical: known(true) })
  })

  test('without any dependency there is no float to tell', () => {
    expect(at([outlook('a'), outlook('b')]).phases.get('a')).toMatchObject({
      totalFloatDays: unknown('noLinks'),
      critical: unknown('noLinks'),
    })
  })

  test('without a size or a pace the plan’s own days count', () => {
    const planned = { plannedDaysLeft: 5 }
    expect(finishOf([outlook('a', { remaining: unknown('noSize'), ...planned })], 'a')).toEqual(known('2026-03-13'))
    expect(finishOf([outlook('a', { pacePerDay: null, ...planned })], 'a')).toEqual(known('2026-03-13'))
  })

  test('a phase that nothing can be told of makes those that wait for it unknown, and no others', () => {
    const phases = [
      outlook('a', { pacePerDay: null }),
      outlook('b', { after: [link('a')] }),
      outlook('c', { after: [link('b')] }),
      outlook('d'),
    ]
    const result = at(phases)
    expect(result.unknown).toEqual(['a', 'b', 'c'])
    expect(result.phases.get('a')!.finish).toEqual(unknown('noPace'))
    expect(result.phases.get('c')!.finish).toEqual(unknown('partsUnknown'))
    expect(result.phases.get('d')!.finish).toEqual(known('2026-03-13'))
    expect(result.finish).toEqual(known('2026-03-13'))
    expect(at([phases[0]!]).finish).toEqual(unknown('noPace'))
  })

  test('what has started does not wait for a phase that nothing can be told of', () => {
    const phases = [outlook('a', { pacePerDay: null }), outlook('b', { after: [link('a')], actualStart: '2026-03-03' })]
    expect(at(phases).unknown).toEqual(['a'])
    expect(finishOf(phases, 'b')).toEqual(known('2026-03-13'))
  })

  test('more work, a slower pace or another dependency never bring the plan’s finish forward', () => {
    const size = fc.integer({ min: 0, max: 200 })
    const speed = fc.integer({ min: 1, max: 20 })
    const plans = fc.array(fc.tuple(size, speed, fc.nat(40), fc.option(fc.nat())), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(plans, fc.nat(), size, (rows, pick, more) => {
        const phases = rows.map(([remaining, pacePerDay, start, before], index) =>
          outlook(String(index), {
            remaining: known(remaining),
            pacePerDay,
            plannedStart: addDays('2026-02-20', start),
            after: index > 0 && before !== null ? [link(String(before % index))] : [],
          }),
        )
        const chosen = pick % phases.length
        const change = (given: (phase: PhaseOutlook) => Partial<PhaseOutlook>) =>
          at(phases.map((phase, index) => (index === chosen ? { ...phase, ...given(phase) } : phase))).finish.value!
        const finish = at(phases).finish.value!
        expect(change((phase) => ({ remaining: known(phase.remaining.value! + more) })) >= finish).toBe(true)
        expect(change((phase) => ({ pacePerDay: phase.pacePerDay! / 2 })) >= finish).toBe(true)
        if (chosen > 0) expect(change((phase) => ({ after: [...phase.after, link('0')] })) >= finish).toBe(true)
      }),
    )
  })
})

describe('pace', () => {
  test('five completions in the window make a measured pace, four do not', () => {
    const window = { doneSize: 60, workingDays: 40, plannedPerDay: 2 }
    expect(pace({ ...window, completions: 5 })).toEqual({ perDay: 1.5, basis: 'measured' })
    expect(pace({ ...window, completions: 4 })).toEqual({ perDay: 2, basis: 'planned' })
    expect(pace({ ...window, completions: 4, plannedPerDay: null })).toBeNull()
  })

  test('when more was reopened than done, the plan’s pace counts', () => {
    expect(pace({ doneSize: -3, completions: 9, workingDays: 40, plannedPerDay: 2 })?.basis).toBe('planned')
  })

  test('the window holds 40 working days, or those since the start', () => {
    expect(paceWindow(calendar, asOf, null)).toEqual({ from: '2026-01-12', to: asOf, workingDays: 40 })
    expect(paceWindow(calendar, '2026-03-08', null)).toEqual({ from: '2026-01-12', to: '2026-03-08', workingDays: 40 })
    expect(paceWindow(calendar, asOf, '2026-03-03')).toEqual({ from: '2026-03-03', to: asOf, workingDays: 4 })
  })

  test('planned days left: all before the start, those after the status date once started', () => {
    const plan = { start: '2026-03-02', finish: '2026-03-13', asOf }
    expect(plannedDaysLeft(calendar, { ...plan, started: false })).toBe(10)
    expect(plannedDaysLeft(calendar, { ...plan, started: true })).toBe(5)
    expect(plannedDaysLeft(calendar, { ...plan, asOf: '2026-03-13', started: true })).toBeNull()
    expect(plannedDaysLeft(calendar, { ...plan, finish: null, started: false })).toBeNull()
  })
})

describe('variances in days: positive = late', () => {
  test.each([
    { baseline: '2026-03-06', finish: '2026-03-10', days: 2, because: 'Friday to Tuesday' },
    { baseline: '2026-03-06', finish: '2026-03-07', days: 0, because: 'Saturday is Friday’s end' },
    { baseline: '2026-03-10', finish: '2026-03-06', days: -2, because: 'early' },
    { baseline: '2026-03-07', finish: '2026-03-09', days: 1, because: 'a baseline finish on a day off' },
  ])('finish $finish against $baseline: $days, $because', ({ baseline, finish, days }) => {
    expect(finishVarianceDays(calendar, baseline, finish)).toBe(days)
  })

  // utf8proj variance tests; the early start falls on a Saturday: −3 calendar days, −1 working day.
  test('starts are the beginnings of days', () => {
    expect(startVarianceDays(calendar, '2026-01-06', '2026-01-08')).toBe(2)
    expect(startVarianceDays(calendar, '2026-01-06', '2026-01-03')).toBe(-1)
    expect(startVarianceDays(calendar, '2026-01-06', '2026-01-06')).toBe(0)
  })
})

describe('the ruler of working minutes', () => {
  const ruler = workingRuler(calendar, '2026-03-04') // Wednesday

  test('17:00 and the next working 08:00 are the same minute, read as a finish or as a start', () => {
    const friday = ruler.atEnd('2026-03-06')
    expect(friday).toBe(3 * 480)
    expect(ruler.atStart('2026-03-09')).toBe(friday)
    expect(ruler.finishDate(friday)).toBe('2026-03-06')
    expect(ruler.startDate(friday)).toBe('2026-03-09')
  })

  test('it reaches back before its origin', () => {
    expect(ruler.atStart('2026-03-02')).toBe(-960)
    expect(ruler.startDate(-960)).toBe('2026-03-02')
    expect(ruler.finishDate(-480)).toBe('2026-03-02')
    expect(ruler.finishDate(0)).toBe('2026-03-03')
  })

  test('any working day comes back from its minutes', () => {
    fc.assert(
      fc.property(fc.integer({ min: -900, max: 900 }), (offset) => {
        const date = addDays('2026-03-04', offset)
        fc.pre(isWorkingDay(calendar, date))
        expect(ruler.startDate(ruler.atStart(date))).toBe(date)
        expect(ruler.finishDate(ruler.atEnd(date))).toBe(date)
        expect(ruler.finishDate(ruler.atStart(date) + 1)).toBe(date)
      }),
    )
  })
})

// MPXJ test data, mspdirelations.xml: all four relations as Microsoft Project computed them.
test('Microsoft Project’s dates for FS, SS + 1 d, FF and SF', () => {
  const day = (id: string, ...links: readonly PhaseLink[]) => ({ id, durationMinutes: 480, after: links })
  const schedule = scheduleOnCalendar(
    [day('1'), day('2', link('1')), day('3', link('2', 'SS', 1)), day('4', link('3', 'FF')), day('5', link('4', 'SF'))],
    { calendar, projectStart: '2006-09-21' },
  )
  expect(schedule.finish).toBe('2006-09-25')
  expect(schedule.critical).toEqual(['1', '2', '3', '4'])
  expect(schedule.tasks.get('3')).toMatchObject({
    earlyStart: '2006-09-25',
    lateFinish: '2006-09-25',
    totalFloatDays: 0,
  })
  expect(schedule.tasks.get('5')).toMatchObject({
    earlyStart: '2006-09-22',
    lateStart: '2006-09-25',
    totalFloatDays: 1,
  })
})

test('a deadline on a calendar lowers float, and a milestone stands at the end of the day before it', () => {
  const schedule = scheduleOnCalendar(
    [
      { id: 'a', durationMinutes: 5 * 480, after: [], deadline: '2026-03-05' },
      { id: 'm', durationMinutes: 0, after: [link('a')] },
    ],
    { calendar, projectStart: '2026-03-02' },
  )
  expect(schedule.tasks.get('a')).toMatchObject({
    earlyFinish: '2026-03-06',
    lateFinish: '2026-03-05',
    totalFloatDays: -1,
  })
  expect(schedule.tasks.get('m')).toMatchObject({ earlyStart: '2026-03-06', earlyFinish: '2026-03-06' })
})

test('one task of any length ends where counting working days says', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), fc.nat(60), (days, offset) => {
      const start = addDays('2026-03-02', offset)
      const { finish } = scheduleOnCalendar([{ id: 'a', durationMinutes: days * 480, after: [] }], {
        calendar,
        projectStart: start,
      })
      expect(finish).toBe(addWorkingDays(calendar, start, days))
    }),
  )
})

describe('links between leaves', () => {
  const phase = (id: string, parent: string | null, ...links: readonly PhaseLink[]) => ({ id, parent, after: links })

  test('a link from or to a parent holds for each of its leaves', () => {
    const links = leafLinks([
      phase('plan', null),
      phase('build', null, link('plan')),
      phase('api', 'build'),
      phase('web', 'build', link('api', 'SS', 3)),
      phase('launch', null, link('build', 'FS', 1)),
    ])
    expect(Object.fromEntries(links)).toEqual({
      plan: [],
      api: [link('plan')],
      web: [link('api', 'SS', 3), link('plan')],
      launch: [link('api', 'FS', 1), link('web', 'FS', 1)],
    })
  })

  test('a phase does not wait for its own parent', () => {
    expect(leafLinks([phase('a', null), phase('b', 'a', link('a'))]).get('b')).toEqual([])
    const family = [phase('a', null, link('b')), phase('b', 'a'), phase('c', 'a')]
    expect(leafLinks(family).get('c')).toEqual([])
  })
})
