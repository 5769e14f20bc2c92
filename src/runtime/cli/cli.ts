import type { Terminal } from './terminal.ts'

/** What every command is given by the entrance. */
export interface Cli {
  readonly terminal: Terminal
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly now: () => Date
  /** Who is named in the audit trail. */
  readonly actor: string
}
