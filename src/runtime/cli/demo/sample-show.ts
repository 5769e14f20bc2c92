import { setTimeout as pause } from 'node:timers/promises'
import { playLiveWeeks, simulatedDay } from '../../../../demo/run/live-weeks.ts'
import { startSampleTrackers } from '../../../../demo/run/sample-trackers.ts'
import { plural } from '../../../../web/components/format.ts'
import { countDeliveries } from '../../../store/inbox.ts'
import type { Service } from '../../serve.ts'
import type { Cli } from '../cli.ts'
import type { DemoFolder } from './demo-folder.ts'
import type { Show } from './show.ts'

const LOOK_AGAIN_MS = 100

/** The sample portfolio, whose last four weeks arrive as signed webhooks. */
export const sampleShow = async (cli: Cli, folder: DemoFolder, secondsPerDay: number): Promise<Show> => {
  const { state } = folder
  const trackers = await startSampleTrackers(state)
  const { events, firstLive, ports, environment } = trackers
  folder.save({ ...state, ports })
  const played = state.played ?? firstLive
  const left = events.length - played
  let day = simulatedDay(trackers, played, state.anchor)
  return {
    trackers,
    hasMoved: folder.isKnown && Object.entries(ports).some(([name, port]) => state.ports[name] !== port),
    remarks: [
      `GitHub is played at ${environment.GITHUB_URL}, Jira at ${environment.JIRA_URL}.`,
      ...(left === 0
        ? []
        : [
            `${played === firstLive ? 'Four weeks' : 'The rest of four weeks'} of work now arrive as webhooks: ${plural(left, 'event')}, one simulated day in ${secondsPerDay} s. Ctrl-C ends the demo.`,
          ]),
    ],
    today: () => day,
    play: async (service, stop) => {
      trackers.subscribe(service.url)
      await playLiveWeeks(trackers, {
        played,
        secondsPerDay,
        stop,
        before: (next, today) => {
          folder.save({ ...state, ports, played: next })
          if (today !== day) cli.terminal.say(`It is ${today}.`)
          day = today
        },
      })
      await untilDigested(service, stop)
      if (stop.aborted) return
      day = state.anchor
      cli.terminal.say(
        `It is ${day}: the four weeks have passed. The demo stays up; Ctrl-C ends it, --fresh starts it over.`,
      )
    },
  }
}

/** The door answers before anything is read: what was sent is on the page when nothing is due any more. */
const untilDigested = async (service: Service, stop: AbortSignal): Promise<void> => {
  while (!stop.aborted) {
    const counts = await countDeliveries(service.store.db)
    if (counts.every(({ due }) => due === 0)) return
    service.wake()
    await pause(LOOK_AGAIN_MS, undefined, { signal: stop }).catch(() => {})
  }
}
