import { Command } from 'commander'
import { syncHealth } from '../../../reports/sync-health.ts'
import { packageVersion } from '../../node.ts'
import type { Cli } from '../cli.ts'
import { CommandFailed } from '../command-failed.ts'
import { checkBooks } from '../doctor/check-books.ts'
import { checkConnections } from '../doctor/check-connections.ts'
import { checkSources } from '../doctor/check-sources.ts'
import { type Finding, findingLine, fine } from '../doctor/finding.ts'
import { open } from '../open.ts'
import { syncTools } from '../sync-tools.ts'

/** `plumbline doctor`: looks at everything that can be wrong. */
export const doctorCommand = (cli: Cli): Command =>
  new Command('doctor')
    .description('check trackers, sources, books and database, and say what to do about what is wrong')
    .action(() => doctor(cli))

const doctor = async (cli: Cli): Promise<void> => {
  const opened = await open(cli)
  try {
    const tools = syncTools(cli, opened)
    const findings: readonly Finding[] = [
      fine('Plumbline', `${packageVersion()} on Node ${process.versions.node}`),
      fine('database', `${opened.place}, every migration applied`),
      ...(await checkConnections(tools)),
      ...checkSources(await syncHealth(opened.store, { now: cli.now(), pollSeconds: opened.config.pollSeconds })),
      ...(await checkBooks(opened.store.db)),
    ]
    await cli.terminal.data(findings.map(findingLine).join(''))
    const wrong = findings.filter(({ verdict }) => verdict === 'wrong').length
    if (wrong > 0) {
      cli.terminal.say(wrong === 1 ? 'One thing is wrong.' : `${wrong} things are wrong.`)
      throw new CommandFailed()
    }
    cli.terminal.say('Nothing is wrong.')
  } finally {
    await opened.close()
  }
}
