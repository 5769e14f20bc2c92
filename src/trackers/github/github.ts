import type { Tracker } from '../tracker.ts'
import { createCaller } from './call.ts'
import { discover, identify } from './discover.ts'
import { listChanged } from './list-changed.ts'
import { listMilestones } from './milestones.ts'
import { type TitleMemory, pull } from './pull.ts'
import { receive } from './receive.ts'
import { checkConnection, checkSource, connectionKeys, readSource, sourceKeys } from './settings.ts'

/** GitHub.com and GitHub Enterprise Server: issues, pull requests if asked for, milestones. */
export const github: Tracker = {
  kind: 'github',
  title: 'GitHub',
  connectionKeys,
  sourceKeys,
  checkConnection,
  checkSource,
  receive,
  connect: (connection, secrets, tools) => {
    const caller = createCaller(connection, secrets, tools)
    const memory: TitleMemory = new Map()
    return {
      identify: () => identify(caller),
      discover: () => discover(caller),
      concerns: (source, scope) =>
        scope === null || scope.toLowerCase() === String(source.settings.repository).toLowerCase(),
      listChanged: (source, cursor) => listChanged(caller, readSource(source), cursor),
      pull: (source, externalIds) => pull(caller, readSource(source), externalIds, memory),
      listMilestones: (source) => listMilestones(caller, readSource(source)),
    }
  },
}
