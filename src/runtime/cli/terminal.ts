import { createInterface } from 'node:readline/promises'

/** Where a command reads and writes. stdout carries data and nothing else; messages go to stderr. */
export interface Terminal {
  /** Data, to stdout. Resolves when it is on its way, so that a slow reader slows the writer. */
  readonly data: (text: string) => Promise<void>
  /** One message, to stderr. */
  readonly say: (text: string) => void
  /** A line that replaces the one before it; only where somebody watches. */
  readonly redraw: ((text: string) => void) | null
  /** A question that is answered with yes or no; `null` = nobody is there to answer. */
  readonly ask: (question: string) => Promise<boolean | null>
}

export const machineTerminal = (): Terminal => {
  let drawn = false
  const clear = () => {
    if (drawn) process.stderr.write('\r\u001b[K')
    drawn = false
  }
  return {
    data: (text) =>
      new Promise((resolve, reject) => {
        clear()
        process.stdout.write(text, (error) => (error ? reject(error) : resolve()))
      }),
    say: (text) => {
      clear()
      process.stderr.write(`${text}\n`)
    },
    redraw: process.stderr.isTTY
      ? (text) => {
          process.stderr.write(`\r\u001b[K${text.slice(0, Math.max(20, (process.stderr.columns ?? 80) - 1))}`)
          drawn = true
        }
      : null,
    ask: async (question) => {
      if (!process.stdin.isTTY) return null
      clear()
      const reader = createInterface({ input: process.stdin, output: process.stderr })
      try {
        return /^y(es)?$/i.test((await reader.question(`${question} [y/N] `)).trim())
      } finally {
        reader.close()
      }
    },
  }
}
