import { syncHealth } from '../../../reports/sync-health.ts'
import { packageVersion } from '../../node.ts'
import type { SyncHealth } from '../../../reports/shapes/sync-health.ts'
import { askService } from '../ask-service.ts'
import { CommandFailed } from '../command-failed.ts'
import { checkBooks } from '../doctor/check-books.ts'
import { checkConnections } from '../doctor/check-connections.ts'
import { checkSources } from '../doctor/check-sources.ts'
import { type Finding, findingLine, fine, remark } from '../doctor/finding.ts'
import { open } from '../open.ts'
import { serviceOf } from '../running-service.ts'
import { syncTools } from '../sync-tools.ts'
import type { Cli } from '../cli.ts'

export const doctor = async (cli: Cli): Promise<void> => {
  const url = await serviceOf(cli)
  await tell(cli, url === null ? await lookHere(cli) : await lookThere(url))
}

/** The service holds the database: it tells how the reading goes; the books wait until it is stopped. */
const lookThere = async (url: string): Promise<readonly Finding[]> => [
  fine('Plumbline', `${packageVersion()} on Node ${process.versions.node}`),
  fine('service', `runs at ${url} and holds the database`),
  ...checkSources(await askService<SyncHealth>(url, { path: '/sources' })),
  remark('connections, books and audit trail', 'not looked at while the service runs: stop it and ask again'),
]

const lookHere = async (cli: Cli): Promise<readonly Finding[]> => {
  const opened = await open(cli)
  try {
    const tools = syncTools(cli, opened)
    return [
      fine('Plumbline', `${packageVersion()} on Node ${process.versions.node}`),
      fine('database', `${opened.place}, every migration applied`),
      ...(await checkConnections(tools)),
      ...checkSources(await syncHealth(opened.store, { now: cli.now(), pollSeconds: opened.config.pollSeconds })),
      ...(await checkBooks(opened.store.db)),
    ]
  } finally {
    await opened.close()
  }
}

const tell = async (cli: Cli, findings: readonly Finding[]): Promise<void> => {
  await cli.terminal.data(findings.map(findingLine).join(''))
  const wrong = findings.filter(({ verdict }) => verdict === 'wrong').length
  if (wrong === 0) {
    cli.terminal.say('Nothing is wrong.')
    return
  }
  cli.terminal.say(wrong === 1 ? 'One thing is wrong.' : `${wrong} things are wrong.`)
  throw new CommandFailed()
}
