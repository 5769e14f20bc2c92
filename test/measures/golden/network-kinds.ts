import { expect } from 'vitest'
import { cycleIn, scheduleNetwork } from '../../../src/measures/schedule-network.ts'
import type { NetworkTask } from '../../../src/measures/network-task.ts'
import { scheduleOnCalendar } from '../../../src/measures/schedule-on-calendar.ts'
import { MONDAY_TO_FRIDAY } from '../../../src/model/calendar.ts'
import type { LinkType } from '../../../src/model/plan.ts'
import { type GoldenCase, type GoldenKind, agree, has } from './case.ts'

const shortDates = (network: ReturnType<typeof scheduleNetwork>) =>
  Object.fromEntries(
    [...network.tasks].map(([id, task]) => [
      id,
      {
        es: task.earlyStart,
        ef: task.earlyFinish,
        ls: task.lateStart,
        lf: task.lateFinish,
        total_float: task.totalFloat,
        free_float: task.freeFloat,
      },
    ]),
  )

const activitiesOf = (found: GoldenCase): readonly NetworkTask[] => found.inputs.activities as readonly NetworkTask[]

interface MinuteActivity {
  readonly id: string
  readonly duration_minutes: number
  readonly predecessors: readonly { readonly id: string; readonly type: LinkType; readonly lag_minutes: number }[]
}

export const networkKinds: readonly GoldenKind[] = [
  {
    name: 'network in abstract units',
    fits: ({ inputs, expected }) => has(inputs, 'activities') && has(expected, 'duration', 'schedule'),
    check: (found) => {
      const network = scheduleNetwork(activitiesOf(found))
      agree(network.finish, found.expected.duration, found, 'duration')
      agree(shortDates(network), found.expected.schedule, found)
      if (has(found.expected, 'critical_activities'))
        expect([...network.critical].sort()).toEqual([...(found.expected.critical_activities as string[])].sort())
      if (has(found.expected, 'min_total_float')) {
        const floats = [...network.tasks.values()].map((task) => task.totalFloat!)
        agree(Math.min(...floats), found.expected.min_total_float, found, 'min_total_float')
      }
    },
  },
  {
    name: 'cycle',
    fits: ({ expected }) => expected.error === 'cycle',
    check: (found) => {
      expect([...cycleIn(activitiesOf(found))!].sort()).toEqual([...(found.expected.cycle_members as string[])].sort())
      expect(() => scheduleNetwork(activitiesOf(found))).toThrow(/cycle/)
    },
  },
  {
    name: 'PSPLIB instance',
    fits: ({ inputs, expected }) => has(inputs, 'durations', 'successors') && has(expected, 'total_float', 'es'),
    check: (found) => {
      const durations = found.inputs.durations as number[]
      const successors = found.inputs.successors as number[][]
      const tasks = durations.map((duration, job) => ({
        id: String(job + 1),
        duration,
        predecessors: successors.flatMap((after, before) =>
          after.includes(job + 1) ? [{ id: String(before + 1), type: 'FS' as const, lag: 0 }] : [],
        ),
      }))
      const network = scheduleNetwork(tasks)
      const dates = tasks.map(({ id }) => network.tasks.get(id)!)
      const actual = {
        duration: network.finish,
        critical_activities: network.critical.map(Number),
        total_float: dates.map((task) => task.totalFloat),
        sum_total_float: dates.reduce((sum, task) => sum + task.totalFloat!, 0),
        es: dates.map((task) => task.earlyStart),
      }
      agree(actual, found.expected, found)
    },
  },
  {
    name: 'network that grows link by link',
    fits: ({ inputs, expected }) => has(inputs, 'durations') && has(expected, 'steps'),
    check: (found) => {
      const links: [string, string][] = []
      for (const step of found.expected.steps as { add?: [string, string]; duration?: number }[]) {
        if (step.add) links.push(step.add)
        if (step.duration === undefined) continue
        const tasks = (found.inputs.durations as number[]).map((duration, index) => ({
          id: String(index + 1),
          duration,
          predecessors: links
            .filter(([, to]) => to === String(index + 1))
            .map(([id]) => ({ id, type: 'FS' as const, lag: 0 })),
        }))
        agree(scheduleNetwork(tasks).finish, step.duration, found, `after ${links.length} links`)
      }
    },
  },
  {
    name: 'network on working hours',
    fits: ({ inputs, expected }) => has(inputs, 'project_start', 'activities') && has(expected, 'tasks'),
    check: (found) => {
      const activities = found.inputs.activities as readonly MinuteActivity[]
      const schedule = scheduleOnCalendar(
        activities.map((activity) => ({
          id: activity.id,
          durationMinutes: activity.duration_minutes,
          after: activity.predecessors.map(({ id, type, lag_minutes }) => ({
            phase: id,
            type,
            lagDays: lag_minutes / 480,
          })),
        })),
        { calendar: MONDAY_TO_FRIDAY, projectStart: String(found.inputs.project_start).slice(0, 10) },
      )
      expect(schedule.finish).toBe(String(found.expected.project_finish).slice(0, 10))
      const minutes = shortDates(schedule.minutes)
      const expected = found.expected.tasks as Record<string, Record<string, unknown>>
      for (const [id, task] of Object.entries(expected)) {
        const dates = schedule.tasks.get(id)!
        agree(minutes[id], task.working_minutes, found, id)
        agree(minutes[id]!.total_float, task.total_float_minutes, found, `${id} total float`)
        agree(minutes[id]!.free_float, task.free_float_minutes, found, `${id} free float`)
        expect(dates.critical).toBe(task.critical)
        expect(dates.earlyStart, id).toBe(String(task.early_start).slice(0, 10))
        // 17:00 and 08:00 of the next working day are one instant: only a printed 17:00 names the day here.
        if (String(task.early_finish).endsWith('17:00:00'))
          expect(dates.earlyFinish, id).toBe(String(task.early_finish).slice(0, 10))
        expect(dates.lateStart, id).toBe(String(task.late_start).slice(0, 10))
        expect(dates.lateFinish, id).toBe(String(task.late_finish).slice(0, 10))
      }
    },
  },
  {
    name: 'free float before several successors',
    fits: ({ inputs, expected }) => has(inputs, 'ef', 'successor_es') && has(expected, 'free_float'),
    check: (found) => {
      const before: NetworkTask = { id: 'before', duration: found.inputs.ef as number, predecessors: [] }
      const successors = (found.inputs.successor_es as number[]).map((earliestStart, index) => ({
        id: String(index),
        duration: 1,
        earliestStart,
        predecessors: [{ id: 'before', type: 'FS' as const, lag: 0 }],
      }))
      const { tasks } = scheduleNetwork([before, ...successors])
      agree(tasks.get('before')!.freeFloat, found.expected.free_float, found)
    },
  },
]
