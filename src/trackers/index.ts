import { github } from './github/github.ts'
import { jira } from './jira/jira.ts'
import type { Tracker } from './tracker.ts'

/** Every tracker that Plumbline speaks to. A third one is a folder and a line here. */
export const trackers: readonly Tracker[] = [github, jira]
