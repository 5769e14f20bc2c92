import { setTimeout as pause } from 'node:timers/promises'
import type { SampleTrackers } from './sample-trackers.ts'

const DAY_MS = 86_400_000

/** The simulated day on which the trackers stand: that of the last event, or the one before the live weeks. */
export const simulatedDay = ({ events, firstLive }: SampleTrackers, played: number, anchor: string): string => {
  if (played >= events.length) return anchor
  if (played > firstLive) return dayOf(events[played - 1]!.at)
  return dayBefore(dayOf(events[firstLive]!.at))
}

/**
 * Lets the live weeks happen, event by event, each day's spread over the same time; days without events pass at once.
 *
 * @param terms.before called before each event with the number of events that will then have happened, so that after
 *                     a crash the trackers are never behind what was sent
 * @param terms.stop   ends it between two events
 */
export const playLiveWeeks = async (
  trackers: SampleTrackers,
  terms: {
    readonly played: number
    readonly secondsPerDay: number
    readonly before: (played: number, day: string) => void
    readonly stop: AbortSignal
  },
): Promise<void> => {
  const { events } = trackers
  const perDay = new Map<string, number>()
  for (const { at } of events) perDay.set(dayOf(at), (perDay.get(dayOf(at)) ?? 0) + 1)
  for (let index = terms.played; index < events.length && !terms.stop.aborted; index += 1) {
    const day = dayOf(events[index]!.at)
    terms.before(index + 1, day)
    trackers.play(index + 1)
    const ms = (terms.secondsPerDay * 1000) / perDay.get(day)!
    await pause(ms, undefined, { signal: terms.stop }).catch(() => {})
  }
  if (!terms.stop.aborted) await trackers.delivered()
}

/** People of the sample work by day, in a zone whose days are those of UTC then. */
const dayOf = (instant: string): string => instant.slice(0, 10)

const dayBefore = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) - DAY_MS).toISOString().slice(0, 10)
