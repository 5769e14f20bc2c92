import type { Recordings } from '../../../../demo/real/open-recordings.ts'
import { date } from '../../../../web/components/format.ts'
import type { DemoFolder } from './demo-folder.ts'
import type { Show } from './show.ts'

/**
 * Real trackers as somebody recorded them: every milestone and version a phase, its due date the baseline's finish.
 */
export const recordedShow = async (folder: DemoFolder, recordings: Recordings): Promise<Show> => {
  const { setup, baselines, asOf, remarks, start } = recordings
  const { environment, close } = await start()
  return {
    trackers: { setup, baselines, environment, ports: {}, close },
    // Their replays take other ports each time.
    hasMoved: folder.isKnown,
    remarks: [...remarks, `The pages look at ${date(asOf)}; ask for another status date there. Ctrl-C ends the demo.`],
    today: () => asOf,
    play: async () => {},
  }
}
