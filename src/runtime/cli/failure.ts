import { Fault } from '../../model/fault.ts'

/** Exit codes: 0 all of it worked, 1 something did not, 2 the command line is wrong, 70 Plumbline is at fault. */
export const EXIT = { done: 0, failed: 1, usage: 2, bug: 70 } as const

/** What is said of a failure, and the exit code that it gives. */
export const describeFailure = (error: unknown): { readonly text: string; readonly code: number } => {
  if (error instanceof Fault) {
    const problems = error.problems.map(({ at, message }) => `${at}: ${message}`)
    return { text: withoutRepeats(error.message, problems).join('\n'), code: EXIT.failed }
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return {
    text: `Sorry: this is a mistake in Plumbline, not in what you did. Please report it with the lines below.\n${stack}`,
    code: EXIT.bug,
  }
}

/** A message may end with its first problem, or tell them all: each is to be read once. */
const withoutRepeats = (message: string, problems: readonly string[]): readonly string[] => {
  const ending = `: ${problems[0]}`
  const isCut = problems.length > 1 && message.endsWith(ending)
  const head = isCut ? message.slice(0, -ending.length) : message
  return [sentence(head), ...problems.filter((problem) => !head.includes(problem))]
}

/** Messages begin with the room that they come from, which says nothing to who types a command; a tracker's name does. */
const sentence = (message: string): string => {
  const text = message.replace(/^(?:access|cli|http|ledger|plan|reports|runtime|settle|store|sync): /, '')
  const isWord = /^[a-z]+[\s,:]/.test(text)
  return `${isWord ? text.slice(0, 1).toUpperCase() + text.slice(1) : text}.`.replace(/([.?!])\.$/, '$1')
}
