import { CommanderError } from 'commander'
import { CommandFailed } from './command-failed.ts'
import { EXIT, describeFailure } from './failure.ts'
import { plumblineProgram } from './program.ts'
import { machineTerminal } from './terminal.ts'
import { packageVersion } from './version.ts'

/** The entrance for the command line: `plumbline …`. */
const main = async (): Promise<number> => {
  const terminal = machineTerminal()
  const cli = { terminal, environment: process.env, now: () => new Date(), actor: 'command line' }
  try {
    await plumblineProgram(cli, packageVersion()).parseAsync(process.argv)
    return EXIT.done
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage
    if (error instanceof CommandFailed) return EXIT.failed
    const failure = describeFailure(error)
    terminal.say(failure.text)
    return failure.code
  }
}

// Whoever reads the output may leave early (`| head`): that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.done)
  throw error
})

process.exitCode = await main()
