/** What the caller should do about each kind of fault. Only the HTTP room knows status codes. */
export const REMEDY = {
  rateLimited: 'retry',
  unavailable: 'retry',
  unauthenticated: 'reject',
  forbidden: 'reject',
  invalid: 'reject',
  notFound: 'reject',
  conflict: 'reject',
  misconfigured: 'stop',
} as const

export type FaultKind = keyof typeof REMEDY

/** One thing that is wrong with an input, where it stands, and what to do about it. */
export interface Problem {
  /** File, path or field, e.g. `plan.yaml:12:5` or `plans.checkout.phases[0].start`. */
  readonly at: string
  readonly message: string
}

/**
 * An expected failure. The message names the room, what failed and `key=value` context, never a secret,
 * and ends with what to do. Anything thrown that is not a `Fault` is a bug.
 */
export class Fault extends Error {
  readonly kind: FaultKind
  /** When trying again makes sense (kinds whose remedy is `retry`). */
  readonly retryAt: Date | null
  readonly problems: readonly Problem[]

  constructor(
    kind: FaultKind,
    message: string,
    options: { retryAt?: Date; cause?: unknown; problems?: readonly Problem[] } = {},
  ) {
    super(message, { cause: options.cause })
    this.name = 'Fault'
    this.kind = kind
    this.retryAt = options.retryAt ?? null
    this.problems = options.problems ?? []
  }
}
